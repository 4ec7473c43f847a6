// How a value becomes one of another type: by a cast that PostgreSQL has, else over its text.
import { raw, type Sql, sql } from '../sql/sql.js'
import { parseType, type TypeName } from '../sql/types.js'
import { conversion } from './conversion.js'

const numbers = ['smallint', 'integer', 'bigint', 'real', 'double precision', 'numeric']

/** PostgreSQL's own casts between types that are no text; to and from text there is always one. */
const casts: Readonly<Record<string, readonly string[]>> = {
  smallint: numbers,
  integer: [...numbers, 'boolean', 'money', 'bit'],
  bigint: [...numbers, 'money', 'bit'],
  real: numbers,
  'double precision': numbers,
  numeric: [...numbers, 'money'],
  money: ['numeric'],
  bit: ['integer', 'bigint', 'varbit'],
  varbit: ['bit'],
  boolean: ['integer'],
  json: ['jsonb'],
  jsonb: [...numbers, 'boolean', 'json'],
  date: ['timestamp', 'timestamptz'],
  timestamp: ['date', 'time', 'timestamptz'],
  timestamptz: ['date', 'time', 'timetz', 'timestamp'],
  time: ['interval', 'timetz'],
  timetz: ['time'],
  interval: ['time'],
  cidr: ['inet'],
  inet: ['cidr'],
  macaddr: ['macaddr8'],
  macaddr8: ['macaddr'],
  box: ['point', 'lseg', 'polygon', 'circle'],
  circle: ['point', 'box', 'polygon'],
  lseg: ['point'],
  path: ['polygon'],
  point: ['box'],
  polygon: ['point', 'path', 'box', 'circle'],
  int4range: ['int4multirange'],
  int8range: ['int8multirange'],
  numrange: ['nummultirange'],
  tsrange: ['tsmultirange'],
  tstzrange: ['tstzmultirange'],
  daterange: ['datemultirange'],
}
const texts = new Set(['text', 'varchar', 'char', 'bpchar', 'xml'])
/** Types of extensions that bring casts of their own. */
const castsOfTheirOwn = new Set(['citext', 'hstore', 'geometry', 'geography', 'cube', 'vector', 'halfvec', 'ltree'])

function hasCast(from: TypeName, to: TypeName): boolean {
  if (castsOfTheirOwn.has(from.typeName) || castsOfTheirOwn.has(to.typeName)) return true
  const [own, other] = [from.schemaName === undefined, to.schemaName === undefined]
  if ((own && texts.has(from.typeName)) || (other && texts.has(to.typeName))) return true
  if (!own || !other) return false
  return from.typeName === to.typeName || (casts[from.typeName] ?? []).includes(to.typeName)
}

/**
 * `value::type`, over text where there is no cast; a single value becomes an array of one.
 * @example "c"::text::"public"."mood"
 */
export function castOf(value: Sql, fromText: string, toText: string): Sql {
  const [from, to] = [parseType(fromText), parseType(toText)]
  const type = raw(toText)
  const direct = hasCast(from, to)
  if (!from.dimensions && to.dimensions) {
    const one = direct ? value : sql`${value}::text`
    return sql`case when ${value} is not null then array[${one}]::${type} end`
  }
  if (from.dimensions && !to.dimensions)
    return texts.has(to.typeName) ? sql`${value}::${type}` : sql`${value}::text::${type}`
  if (direct) return sql`${value}::${type}`
  return from.dimensions ? sql`${value}::text[]::${type}` : sql`${value}::text::${type}`
}

const cut = new Set(['varchar', 'char', 'bpchar', 'bit', 'varbit'])

/** An explicit cast would cut what is too long; reading a value from its text refuses it. */
export function cuts(fromText: string, toText: string): boolean {
  const to = parseType(toText)
  if (!cut.has(to.typeName) || to.modifiers === undefined) return false
  return !['free', 'rewrite'].includes(conversion(fromText, toText).effect)
}

/** What becomes less where values are cast from one type to the other. */
export function lossOf(fromText: string, toText: string): readonly 'digits'[] {
  const { effect } = conversion(fromText, toText)
  return effect === 'loses' || effect === 'unknown' ? ['digits'] : []
}
