// What the model knows of PostgreSQL's built-in types beyond their names: the catalog's spelling, misspellings, which belong to one family.
import { builtinTypeNames, builtinTypes, canonicalTypeName } from '../sql/types.js'
import { nearest } from './suggest.js'

/** Where the catalog calls a type by another name than SQL does. */
const catalogNames: Readonly<Record<string, string>> = {
  smallint: 'int2',
  integer: 'int4',
  bigint: 'int8',
  real: 'float4',
  'double precision': 'float8',
  boolean: 'bool',
  char: 'bpchar',
}

/** Types of well-known extensions, so that none of them is taken for a misspelt built-in one. */
const extensionTypes = new Set(
  (
    'citext vector halfvec sparsevec hstore ltree lquery ltxtquery cube seg isbn isbn13 issn issn13 ismn ismn13 ean13 upc earth ' +
    'geometry geography raster box2d box3d box2df topogeometry ip4 ip4r ip6 ip6r ipaddress iprange prefix_range semver uri email ' +
    'query_int hll tdigest rum_distance_query roaringbitmap pg_uint128 uint2 uint4 uint8 ulid agtype bson'
  ).split(' '),
)

/** The bare name of a type text: no modifiers, brackets or schema, lower-cased unless quoted. */
export function bareTypeName(text: string): string {
  const withoutArray = text.replace(/(\s*\[\s*\d*\s*\])+\s*$/, '').replace(/\s+array(\s*\[\s*\d*\s*\])?\s*$/i, '')
  const withoutModifiers = withoutArray.replace(/\([^)]*\)/, ' ')
  return withoutModifiers.includes('"')
    ? withoutModifiers.trim()
    : withoutModifiers.trim().replace(/\s+/g, ' ').toLowerCase()
}

const found = new Map<string, string | undefined>()

/** The name in pg_type of a built-in type, or undefined. Types are repeated from column to column: each is looked up once. */
export function builtinType(text: string): string | undefined {
  if (found.has(text)) return found.get(text)
  if (found.size > 1000) found.clear()
  const type = lookUp(text)
  found.set(text, type)
  return type
}

function lookUp(text: string): string | undefined {
  const name = bareTypeName(text).replace(/^pg_catalog\./, '')
  if (name.startsWith('interval ')) return 'interval'
  const canonical = canonicalTypeName(name)
  if (!builtinTypes.has(canonical)) return undefined
  return Object.hasOwn(catalogNames, canonical) ? catalogNames[canonical] : canonical
}

/** A built-in type that `text` is probably a misspelling of; undefined for a right name and for one that resembles none. */
export function misspeltType(text: string): string | undefined {
  if (builtinType(text) !== undefined) return undefined
  const name = bareTypeName(text)
  // `_int4` is how the catalog calls an array.
  if (
    extensionTypes.has(name) ||
    /[".]/.test(name) ||
    (name.startsWith('_') && builtinType(name.slice(1)) !== undefined)
  )
    return undefined
  return nearest(name, [...builtinTypeNames, 'serial', 'bigserial', 'smallserial'], 2)
}

/** Types of one family share an equality operator; the later may be the target of a reference from the earlier where `widens`. */
const families: readonly { readonly types: readonly string[]; readonly widens?: true }[] = [
  { types: ['int2', 'int4', 'int8'] },
  { types: ['float4', 'float8'] },
  { types: ['text', 'varchar', 'bpchar', 'name'] },
  { types: ['date', 'timestamp', 'timestamptz'] },
  { types: ['inet', 'cidr'] },
  { types: ['bit', 'varbit'] },
  { types: ['time', 'timetz'], widens: true },
]

/** Whether a foreign key may lead from one built-in type to another: same family, or an implicit cast. */
export function comparableTypes(from: string, to: string): boolean {
  if (from === to) return true
  const family = families.find(({ types }) => types.includes(from) && types.includes(to))
  if (family) return !family.widens || family.types.indexOf(from) < family.types.indexOf(to)
  const isInteger = ['int2', 'int4', 'int8'].includes(from)
  if (isInteger) return ['numeric', 'float4', 'float8', 'oid'].includes(to)
  if (from === 'numeric') return to === 'float4' || to === 'float8'
  return from === 'oid' && to === 'int8'
}

export const collatable = (catalogName: string): boolean => ['text', 'varchar', 'bpchar', 'name'].includes(catalogName)
