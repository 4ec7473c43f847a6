// Tables for people; the only importer of cli-table3.
import Table from 'cli-table3'
import { type Painter, painter } from './colors.js'
import { printable } from './printable.js'
import type { RenderOptions } from './render.js'

/** A cell: text from anywhere, escaped; or text with the colour that it shall have. */
export type Cell = string | { readonly text: string; readonly color: 'green' | 'red' | 'yellow' | 'dim' | 'cyan' }

const lines = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
}

/** Columns under their headings, without frames, so that it can be cut and searched. */
export function table(headings: readonly string[], rows: readonly (readonly Cell[])[], options: RenderOptions): string {
  const paint = painter(options.color)
  const made = new Table({
    head: headings.map((heading) => paint.bold(heading)),
    chars: lines,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  })
  made.push(...rows.map((row) => row.map((cell) => painted(cell, paint))))
  return made
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}

const painted = (cell: Cell, paint: Painter): string =>
  typeof cell === 'string' ? printable(cell) : paint[cell.color](printable(cell.text))
