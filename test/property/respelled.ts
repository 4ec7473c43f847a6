// The same schema with its expressions as people write them: other casing, casts, operators, spaces, `in`, `between`, `like`.
import { mapExpressions } from '../../src/engine/walk.js'
import { registry } from '../../src/objects/registry.js'

/** Strings, quoted names and comments stay as they are; everything else is passed through. */
const outsideQuotes = (text: string, change: (part: string) => string): string =>
  text
    .split(/('(?:[^']|'')*'|"(?:[^"]|"")*")/)
    .map((part, index) => (index % 2 === 1 ? part : change(part)))
    .join('')

type Rewrite = (text: string) => string

const statement = /^\s*(select|with|begin|return)\b/i

const rewrites: readonly Rewrite[] = [
  (text) => outsideQuotes(text, (part) => part.replaceAll('<>', '!=')),
  (text) => outsideQuotes(text, (part) => part.replace(/!~~ /g, 'not like ').replace(/ ~~ /g, ' like ')),
  (text) =>
    text.replace(
      /\((\w+)\)::text = ANY \(\(ARRAY\[((?:'[^']*'::character varying(?:, )?)+)\]\)::text\[\]\)/g,
      (_all, column, list: string) => `${column} in (${list.replaceAll('::character varying', '')})`,
    ),
  (text) =>
    text.replace(
      /(\w+) = ANY \(ARRAY\[([^[\]()]*)\]\)/g,
      (_all, column, list: string) => `${column} in (${list.replace(/'::[\w". ]+/g, "'")})`,
    ),
  (text) => text.replace(/\((\w+) >= (\d+)\) AND \(\1 <= (\d+)\)/g, '$1 between $2 and $3'),
  (text) => text.replace(/('(?:[^']|'')*')::([\w".]+(?: varying)?)(?![\w([.])/g, 'cast($1 as $2)'),
  (text) => text.replace(/\((\w+)\)::text (<>|~~|=) ('(?:[^']|'')*')::text/g, '$1 $2 $3'),
  (text) => text.replace(/(\w+ (?:<>|=|<|>|~~)) ('(?:[^']|'')*')::[\w".]+(?: varying)?(?![\w([.])/g, '$1 $2'),
  (text) => text.replace(/^('(?:[^']|'')*')::[\w".]+(?: varying)?(\[\])?$/, '$1'),
  (text) => text.replace(/\('([\w.]+)'::regclass\)/g, "('$1')"),
  (text) => outsideQuotes(text, (part) => part.replace(/ IS NOT NULL/gi, ' notnull').replace(/ IS NULL/gi, ' isnull')),
  (text) => outsideQuotes(text, (part) => part.replace(/\b(lower|upper|now|count)\(/gi, 'pg_catalog.$1(')),
  (text) => outsideQuotes(text, (part) => part.replace(/ (<|>|=|\+) /g, ' /* said */ $1\n  ')),
  (text) => outsideQuotes(text, (part) => part.replace(/,\s*/g, ' ,\t')),
  (text) => (statement.test(text) ? text.replace(/;\s*$/, ' ') : `((${text}))`),
  (text) => outsideQuotes(text, (part) => part.replace(/\bpublic\./g, '')),
  (text) => outsideQuotes(text, (part) => part.toUpperCase()),
]

/** A number from a text, always the same. */
function mixed(text: string, hand: number): number {
  let value = hand | 0
  for (const sign of text) value = Math.imul(value ^ sign.charCodeAt(0), 16777619)
  return (value ^ (value >>> 15)) >>> 0
}

/** About half of the rewrites, chosen by the hand and the text. */
export function spelled(text: string, hand: number): string {
  let chosen = mixed(text, hand)
  let out = text
  for (const rewrite of rewrites) {
    if (chosen % 2 === 1) out = rewrite(out)
    chosen = chosen < 2 ? mixed(out, hand + 1) : chosen >>> 1
  }
  return out
}

interface Snapshot {
  readonly objects: readonly { readonly kind: string; readonly object: Readonly<Record<string, unknown>> }[]
}

/** A snapshot as a model would say it: expressions by hand, and nothing of what only PostgreSQL can know. */
export function respelled(snapshot: unknown, hand: number): unknown {
  const { objects, ...rest } = snapshot as Snapshot
  return {
    ...rest,
    objects: objects.map(({ kind, object }) => {
      const unknown = Object.fromEntries((registry.kind(kind).derived ?? []).map((field) => [field, null]))
      return { kind, object: mapExpressions({ ...object, ...unknown }, (text) => spelled(text, hand)) }
    }),
  }
}
