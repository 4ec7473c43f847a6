// Values as TypeScript writes them: formatted, single quotes, trailing commas.

/** A text in single quotes. */
export const quoted = (text: string): string =>
  `'${text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replace(/[\n\r\u2028\u2029]/g, (character) =>
      character === '\n' ? '\\n' : character === '\r' ? '\\r' : `\\u${character.charCodeAt(0).toString(16)}`,
    )}'`

/** SQL in the sql tag, which keeps backslashes as they are. */
export const tagged = (text: string): string => `sql\`${text.replaceAll('`', '\\`').replaceAll('${', '\\${')}\``

const plainKey = /^[A-Za-z_$][\w$]*$/

/** Plain data; on one line where it is short. */
export function literalOf(value: unknown, indent = ''): string {
  if (typeof value === 'string') return quoted(value)
  if (value === null || typeof value !== 'object') return String(value)
  const inner = `${indent}  `
  if (Array.isArray(value)) {
    const items = value.map((item) => literalOf(item, inner))
    return fitted('[', items, ']', indent)
  }
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .map(([key, field]) => `${plainKey.test(key) ? key : quoted(key)}: ${literalOf(field, inner)}`)
  return fields.length === 0 ? '{}' : fitted('{ ', fields, ' }', indent)
}

function fitted(open: string, items: readonly string[], close: string, indent: string): string {
  const line = `${open}${items.join(', ')}${close}`
  if (items.length === 0 || (indent.length + line.length <= 110 && !line.includes('\n'))) return line
  return `${open.trim()}\n${items.map((item) => `${indent}  ${item},`).join('\n')}\n${indent}${close.trim()}`
}

/** An options object whose values are code already; undefined ones are left out; nothing where none is left. */
export function options(fields: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(fields).filter(([, code]) => code !== undefined)
  return given.length === 0 ? '' : `{ ${given.map(([key, code]) => `${key}: ${code}`).join(', ')} }`
}
