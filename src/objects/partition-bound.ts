// The bound of a partition: as PostgreSQL writes it, as a clause, and when two of them mean the same.
import { raw, type Sql } from '../sql/sql.js'
import { type Token, tokens } from '../sql/tokens.js'

/** `FOR VALUES …` or `DEFAULT`, which PostgreSQL or the model wrote. */
export const boundClause = (bound: string): Sql =>
  raw(bound.replace(/'(?:[^']|'')*'|[A-Z]+/g, (part) => (part.startsWith("'") ? part : part.toLowerCase())))

/** The same values, however they are written: `'2024-01-01'` and `'2024-01-01 00:00:00+00'`, `10` and `'10'`; a list in any order. */
export function sameBound(a: string, b: string): boolean {
  return a === b || plain(a) === plain(b)
}

function plain(bound: string): string {
  const words: string[] = []
  let list: string[] | undefined
  const isList = /^\s*for\s+values\s+in\b/i.test(bound)
  for (const token of tokens(bound)) {
    const word = value(token)
    if (isList && token.text === '(') list = []
    else if (list && token.text === ')') words.push(...list.sort())
    else if (token.text !== ',') (list ?? words).push(word)
  }
  return words.join(' ').replaceAll('- ', '-')
}

const moment = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d)(?::(\d\d(?:\.\d+)?))?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?$/

/** A value without its quotes, numbers and moments (at UTC, as every run reads them) in one form. */
function value({ kind, text }: Token): string {
  if (kind !== 'string' && kind !== 'number') return text
  const bare = kind === 'string' ? text.replace(/^[^']*'|'$/g, '').replaceAll("''", "'") : text
  if (/^-?\d+(\.\d+)?$/.test(bare)) return bare.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '')
  const found = moment.exec(bare)
  if (!found) return kind === 'string' ? `'${bare}'` : bare
  const [, date, clock = '00:00', seconds = '00', zone = ''] = found
  const [whole, fraction = ''] = seconds.split('.')
  const at = Date.parse(`${date}T${clock}:${whole}${offset(zone)}`)
  return Number.isNaN(at) ? bare : `${at} ${fraction.replace(/0+$/, '')}`
}

const offset = (zone: string): string =>
  zone === '' || zone === 'Z' ? 'Z' : zone.length === 3 ? `${zone}:00` : zone.replace(/^(...):?(..)$/, '$1:$2')
