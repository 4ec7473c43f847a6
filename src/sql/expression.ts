// Expressions as PostgreSQL prints them, given back so that it prints them again: its own text of a list over varchar reads as another one.
import { withBetween } from './between.js'
import { raw, type Sql } from './sql.js'

const element = String.raw`(?:E?'(?:[^'\\]|''|\\.)*'|NULL)::character varying`
const list = `${element}(?:, ${element})*`
/** With all brackets, and with those alone that are needed. */
const full = new RegExp(String.raw`\b(ANY|ALL) \(\(ARRAY\[(${list})\]\)::text\[\]\)`, 'g')
const pretty = new RegExp(String.raw`\b(ANY|ALL) \(ARRAY\[(${list})\]::text\[\]\)`, 'g')
const elements = new RegExp(element, 'g')

/**
 * Text that PostgreSQL or the user wrote as SQL, an expression or a query. `status in ('a', 'b')` over varchar comes from the catalog as
 * `(status)::text = ANY ((ARRAY['a'::character varying, …])::text[])`, which becomes the same only where the array is not cast: PostgreSQL
 * takes a cast of ARRAY[…] for one of each element.
 * @example sql`check (${expression(check.expression)})`
 */
export function expression(text: string): Sql {
  const lists = text.includes('::text[])')
    ? text.replace(full, '$1 (ARRAY[$2])').replace(pretty, '$1 (ARRAY[$2])')
    : text
  return raw(withBetween(lists))
}

/** The text as it is after a dump is restored, where casts stand at each element. */
export function restored(text: string): string {
  if (!text.includes('::text[])')) return text
  const each = (items: string, cast: (item: string) => string) => items.replace(elements, cast)
  return text
    .replace(full, (_all, word: string, items: string) => `${word} (ARRAY[${each(items, (one) => `(${one})::text`)}])`)
    .replace(pretty, (_all, word: string, items: string) => `${word} (ARRAY[${each(items, (one) => `${one}::text`)}])`)
}
