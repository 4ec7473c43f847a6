// What a run of migrations tells while it goes on: one line for each; in a terminal also what runs now, else progress line by line.
import type { MigrationEmitter } from '../migrations/events.js'
import { painter } from './colors.js'
import { bar, type LiveLine, shortened } from './live-line.js'
import { printable } from './printable.js'
import type { RenderOptions } from './render.js'

/** Between two lines about one migration's progress, where there is no terminal. */
const pause = 1_000

/** For stderr. `live`: the terminal's last line, where there is a terminal. */
export function migrationLines(
  events: MigrationEmitter,
  write: (line: string) => void,
  options: RenderOptions,
  live?: LiveLine,
): void {
  const paint = painter(options.color)
  let [at, total] = [0, 0]
  let progress: { readonly done: number; readonly total?: number } | undefined
  let told = Number.NEGATIVE_INFINITY
  const over = (line: string) => {
    live?.end()
    write(line)
  }
  events.on('lock', ({ state, holder }) => {
    if (state === 'waiting')
      write(
        `Waiting for the migration lock${holder ? ` (held by ${printable(holder.holder)}, backend ${holder.pid}, since ${holder.acquiredAt})` : ''} …`,
      )
    if (state === 'released') live?.end()
  })
  events.on('start', ({ migrations }) => {
    total = migrations.length
  })
  events.on('migration', ({ index, file }) => {
    at = index + 1
    progress = undefined
    told = Number.NEGATIVE_INFINITY
    live?.start((milliseconds, width) => {
      const line = (name: string, blocks: number) =>
        `[${at}/${total}] ${name}:${progress ? ` ${bar(progress.done, progress.total, blocks)}` : ''} ${(milliseconds / 1000).toFixed(1)} s`
      const name = printable(file)
      const blocks = Math.min(20, Math.max(0, width - line(name, 0).length - 1))
      return line(shortened(name, Math.max(8, width - line('', blocks).length)), blocks)
    })
  })
  events.on('applied', ({ file, milliseconds }) =>
    over(`${paint.green('✓')} [${at}/${total}] ${printable(file)}: ${milliseconds} ms`),
  )
  events.on('rolledBack', ({ file, milliseconds }) =>
    over(`${paint.yellow('↩')} [${at}/${total}] ${printable(file)}: ${milliseconds} ms`),
  )
  events.on('failed', ({ file }) => over(`${paint.red('✗')} [${at}/${total}] ${printable(file)}`))
  events.on('progress', (now) => {
    progress = now
    const last = now.total !== undefined && now.done >= now.total
    if (live || (performance.now() - told < pause && !last)) return
    told = performance.now()
    const all = now.total === undefined ? '' : `/${now.total}`
    write(paint.dim(`  ${printable(now.file)}: ${now.done}${all}`))
  })
  events.on('note', ({ message }) => write(`Note: ${printable(message)}`))
}
