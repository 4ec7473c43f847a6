// One line per step while a plan is applied, for stderr.
import type { RunEvent, RunListener } from '../execute/events.js'
import { painter } from './colors.js'
import { printable } from './printable.js'
import { count, type RenderOptions } from './render.js'

/** A listener that writes what a run does, line by line: `[2/5] Add column 'users.phone' (varchar(20)): 12 ms`. */
export function progressLines(write: (line: string) => void, options: RenderOptions = {}): RunListener {
  const paint = painter(options.color)
  let total = 0
  let running = ''
  return (event: RunEvent) => {
    switch (event.type) {
      case 'plan':
        total = event.plan.steps.length
        return
      case 'lock-waiting':
        return write(
          `Waiting for the migration lock${event.holder ? ` (held by ${printable(event.holder.holder)}, backend ${event.holder.pid}, since ${printable(event.holder.acquiredAt)})` : ''} …`,
        )
      case 'step-start':
        running = printable(event.description)
        return
      case 'step-done':
        return write(`${paint.green('✓')} [${event.step + 1}/${total}] ${running}: ${event.milliseconds} ms`)
      case 'hook-done':
        return write(`${paint.green('✓')} hook: ${event.milliseconds} ms`)
      case 'note':
        return write(`Note: ${printable(event.message)}`)
      case 'verified':
        return options.verbose ? write(paint.dim(`Read back: ${count(total, 'step')} verified.`)) : undefined
      case 'lock-acquired':
      case 'hook-start':
      case 'committed':
        return options.verbose ? write(paint.dim(event.type)) : undefined
    }
  }
}
