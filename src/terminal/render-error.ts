// An error as people read it: what, where in the SQL, what next, and the stable code to look up.
import { redact } from '../client/redact.js'
import { ExecutionError, LockstepError } from '../errors.js'
import { caret } from '../execute/failure.js'
import { painter } from './colors.js'
import { printableLines } from './printable.js'
import type { RenderOptions } from './render.js'

const shown = (text: string): string => printableLines(redact(text))
const indented = (text: string): string =>
  text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n')

/**
 * Message, failing SQL with a caret, SQLSTATE, detail, hint and code. Secrets in URLs are replaced by `***`.
 * With `verbose` also the stack and the causes.
 */
export function renderError(error: unknown, options: RenderOptions = {}): string {
  const paint = painter(options.color)
  const lines = [`${paint.red('error')}: ${shown(messageOf(error))}`]
  if (error instanceof ExecutionError) {
    const { sql, position, sqlstate, detail } = error.failed
    if (sql !== undefined && !mentions(error.message, sql)) lines.push('', indented(shown(caret(sql, position))), '')
    if (sqlstate !== undefined && !error.message.includes(sqlstate)) lines.push(`  SQLSTATE ${shown(sqlstate)}`)
    if (detail !== undefined && !error.message.includes(detail)) lines.push(`  ${shown(detail)}`)
  }
  if (error instanceof LockstepError && error.hint !== undefined)
    lines.push(`${paint.cyan('hint')}: ${shown(error.hint)}`)
  lines.push(paint.dim(`code: ${codeOf(error)}`))
  if (options.verbose) lines.push('', paint.dim(shown(stackOf(error))))
  return lines.join('\n')
}

/** A message that shows the SQL already has its first line, indented or not. */
const mentions = (message: string, sql: string): boolean => message.includes(sql.split('\n', 1)[0] ?? sql)

/** The code of an error: its own, or UNEXPECTED for what is none of Lockstep's. */
export const codeOf = (error: unknown): string => (error instanceof LockstepError ? error.code : 'UNEXPECTED')

export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join('; ')
  return error.message === '' ? error.name : error.message
}

function stackOf(error: unknown): string {
  const lines: string[] = []
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    lines.push(`${depth > 0 ? 'caused by ' : ''}${at.stack ?? at.message}`)
  }
  return lines.join('\n')
}

/** The error as the one JSON document of `--json`: `{ "format": 1, "error": { "code", "message", "hint", … } }`. */
export function errorDocument(error: unknown, options: { readonly verbose?: boolean } = {}): unknown {
  const own = error instanceof LockstepError ? error.toJSON() : { code: 'UNEXPECTED', message: messageOf(error) }
  return redactAll({
    format: 1,
    error: { ...JSON.parse(JSON.stringify(own)), ...(options.verbose ? { stack: stackOf(error) } : {}) },
  })
}

function redactAll(value: unknown): unknown {
  if (typeof value === 'string') return redact(value)
  if (Array.isArray(value)) return value.map(redactAll)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, redactAll(inner)]))
}
