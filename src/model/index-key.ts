// An index key that is written as SQL, as PostgreSQL keeps it: a bare column is a column, a COLLATE at its end is the key's collation.
import { tokens } from '../sql/tokens.js'

export interface SpelledKey {
  readonly column?: string
  readonly expression?: string
  readonly collation?: string
}

const collate = /^([\s\S]*\S)\s+collate\s+("(?:[^"]|"")+"|[a-z_]\w*)$/i

/** True where one pair of brackets spans from the first opening one to the end: `(…)`, `lower(…)`. */
function isOneTerm(text: string): boolean {
  let depth = 0
  const all = tokens(text)
  return all.every((token, index) => {
    if (token.kind === 'symbol' && token.text === '(') depth++
    if (token.kind === 'symbol' && token.text === ')') depth--
    return depth > 0 || index <= 1 || index === all.length - 1
  })
}

const unquoted = (name: string): string =>
  name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase()

/** @example spelledKey('lower(name) collate "C"', ['name'])   // { expression: 'lower(name)', collation: 'C' } */
export function spelledKey(text: string, columns: readonly string[]): SpelledKey {
  const [, term = '', collation] = collate.exec(text.trim()) ?? []
  const name = (part: string) => (/^("(?:[^"]|"")+"|[a-z_]\w*)$/i.test(part) ? unquoted(part) : undefined)
  if (collation !== undefined && (name(term) !== undefined || isOneTerm(term)))
    return { ...spelledKey(term, columns), collation: unquoted(collation) }
  let bare = text.trim()
  while (bare.startsWith('(') && isOneTerm(bare)) bare = bare.slice(1, -1).trim()
  const column = name(bare)
  return column !== undefined && columns.includes(column) ? { column } : { expression: text.trim() }
}
