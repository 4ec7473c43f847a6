// Names of types: PostgreSQL's aliases lead to one canonical name each; every other name is kept as it is.

/** A type as data. Without a schema it is PostgreSQL's own, or one that the search path finds. */
export interface TypeName {
  readonly typeName: string
  readonly schemaName?: string
  /** What stands in parentheses or after it: `10,2`, `3`, `year to month`. */
  readonly modifiers?: string
  /** An array; PostgreSQL does not keep how many dimensions were declared. */
  readonly dimensions?: 1
}

const aliases: Readonly<Record<string, string>> = {
  int2: 'smallint',
  int: 'integer',
  int4: 'integer',
  int8: 'bigint',
  float4: 'real',
  float8: 'double precision',
  float: 'double precision',
  decimal: 'numeric',
  dec: 'numeric',
  bool: 'boolean',
  'character varying': 'varchar',
  'char varying': 'varchar',
  'national character varying': 'varchar',
  character: 'char',
  nchar: 'char',
  'national char': 'char',
  'national char varying': 'varchar',
  'national character': 'char',
  'bit varying': 'varbit',
  'timestamp without time zone': 'timestamp',
  'timestamp with time zone': 'timestamptz',
  'time without time zone': 'time',
  'time with time zone': 'timetz',
}

/** The canonical name of a type without modifiers: `int4` → `integer`; others as they are. */
export const canonicalTypeName = (name: string): string =>
  Object.hasOwn(aliases, name) ? (aliases[name] as string) : name

/** Canonical names of the types that every server has. */
export const builtinTypes: ReadonlySet<string> = new Set(
  `smallint integer bigint numeric real|double precision|money text varchar char bpchar bytea boolean date time timetz timestamp timestamptz interval uuid json jsonb jsonpath xml inet cidr macaddr macaddr8 bit varbit
  point line lseg box path polygon circle tsvector tsquery int4range int8range numrange tsrange tstzrange daterange int4multirange int8multirange nummultirange tsmultirange tstzmultirange datemultirange
  oid regclass regproc regprocedure regoper regoperator regtype regrole regnamespace regconfig regdictionary regcollation pg_lsn pg_snapshot txid_snapshot name xid xid8 cid tid "char" oidvector int2vector refcursor`
    .split(/[\s|]+(?!precision)/)
    .map((name) => name.trim()),
)

/** Every way to write a built-in type, its aliases included. */
export const builtinTypeNames: readonly string[] = [...builtinTypes, ...Object.keys(aliases)]

/** The longest alias first, so that `timestamp with time zone` is not read as `timestamp`. */
const withModifiers = /^(timestamp|time)\s*\(\s*(\d+)\s*\)\s*(with|without)\s+time\s+zone$/

const parsed = new Map<string, TypeName>()

/**
 * Reads a type as SQL writes it. Types are repeated from column to column: each text is read once.
 * @example parseType('character varying(10)[]')   // { typeName: 'varchar', modifiers: '10', dimensions: 1 }
 * @example parseType('"My Schema".vector(3)')      // { schemaName: 'My Schema', typeName: 'vector', modifiers: '3' }
 */
export function parseType(text: string): TypeName {
  const known = parsed.get(text)
  if (known) return known
  if (parsed.size > 1000) parsed.clear()
  const type = readType(text)
  parsed.set(text, type)
  return type
}

function readType(text: string): TypeName {
  let rest = text.trim()
  const array = /(\s*\[\s*\d*\s*\])+$|\s+array(\s*\[\s*\d*\s*\])?$/i.exec(rest)
  if (array) rest = rest.slice(0, array.index).trim()
  const dimensions = array ? ({ dimensions: 1 } as const) : {}
  // How the catalog calls an array.
  if (array === null && /^_[a-z]/.test(rest) && builtinTypes.has(parseType(rest.slice(1)).typeName))
    return { ...parseType(rest.slice(1)), dimensions: 1 }
  const quoted = splitQualified(rest)
  if (quoted) return { ...quoted, ...dimensions }
  const lower = rest.toLowerCase().replace(/\s+/g, ' ')
  const timed = withModifiers.exec(lower)
  if (timed)
    return { typeName: `${timed[1]}${timed[3] === 'with' ? 'tz' : ''}`, modifiers: timed[2], ...dimensions } as TypeName
  const interval =
    /^interval(?:\s*\(\s*(\d+)\s*\))?(?: ((?:year|month|day|hour|minute|second)(?: to (?:month|hour|minute|second))?)(?:\s*\(\s*(\d+)\s*\))?)?$/.exec(
      lower,
    )
  if (interval)
    return { typeName: 'interval', ...intervalModifiers(interval[2], interval[1] ?? interval[3]), ...dimensions }
  const parts = /^(.*?)\s*(?:\(\s*([^)]*?)\s*\))?$/.exec(lower)
  const name = parts?.[1] ?? lower
  const modifiers = parts?.[2]?.replace(/\s*,\s*/g, ',')
  return { ...canonical(name, modifiers), ...dimensions }
}

function intervalModifiers(fields: string | undefined, precision: string | undefined): Pick<TypeName, 'modifiers'> {
  const modifiers = [fields, precision === undefined ? undefined : fields === undefined ? precision : `(${precision})`]
    .filter(Boolean)
    .join('')
  return modifiers === '' ? {} : { modifiers }
}

function canonical(name: string, modifiers: string | undefined): TypeName {
  if (name === 'float' && modifiers !== undefined)
    return { typeName: Number(modifiers) <= 24 ? 'real' : 'double precision' }
  const typeName = canonicalTypeName(name)
  if (typeName === 'char' || typeName === 'bit') return { typeName, modifiers: modifiers ?? '1' }
  if (typeName === 'bpchar' && modifiers !== undefined) return { typeName: 'char', modifiers }
  if (typeName === 'numeric' && modifiers !== undefined && !modifiers.includes(','))
    return { typeName, modifiers: `${modifiers},0` }
  return modifiers === undefined || modifiers === '' ? { typeName } : { typeName, modifiers }
}

/** `schema.name(modifiers)` or a quoted name; undefined for a plain one. */
function splitQualified(text: string): TypeName | undefined {
  if (!/["]|^[^(]*\./.test(text)) return undefined
  const match = /^(?:("(?:[^"]|"")*"|[^".\s]+)\s*\.\s*)?("(?:[^"]|"")*"|[^".(]+?)\s*(?:\(\s*([^)]*?)\s*\))?$/.exec(text)
  if (!match) return undefined
  const part = (name: string) => (name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase())
  const [, schema, name = '', modifiers] = match
  const schemaName = schema === undefined ? undefined : part(schema)
  if (schemaName === 'pg_catalog' || (schemaName === undefined && !name.startsWith('"'))) {
    if (part(name) === 'char' && name.startsWith('"')) return { typeName: '"char"' }
    return canonical(part(name), modifiers)
  }
  if (schemaName === undefined && name === '"char"') return { typeName: '"char"' }
  return {
    typeName: part(name),
    ...(schemaName === undefined ? {} : { schemaName }),
    ...(modifiers ? { modifiers: modifiers.replace(/\s*,\s*/g, ',') } : {}),
  }
}

const plain = /^[a-z_][a-z0-9_]*$/
const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** Canonical text that is valid SQL: built-in names as they are, others quoted and qualified. */
export function formatType(type: TypeName): string {
  const builtin = type.schemaName === undefined && builtinTypes.has(type.typeName)
  const name = builtin
    ? type.typeName
    : type.schemaName === undefined
      ? plain.test(type.typeName) && type.typeName !== 'any'
        ? type.typeName
        : quote(type.typeName)
      : `${quote(type.schemaName)}.${quote(type.typeName)}`
  return `${withModifier(name, type)}${type.dimensions ? '[]' : ''}`
}

/** For people: without quotes, without the schema where it is public. */
export function displayType(type: TypeName): string {
  const schema = type.schemaName === undefined || type.schemaName === 'public' ? '' : `${type.schemaName}.`
  return `${withModifier(schema + type.typeName, type)}${type.dimensions ? '[]' : ''}`
}

function withModifier(name: string, { typeName, modifiers }: TypeName): string {
  if (modifiers === undefined) return name
  if (typeName === 'interval' && /^[a-z]/.test(modifiers)) return `interval ${modifiers}`
  return `${name}(${modifiers})`
}

export interface CatalogType {
  /** Schema and pg_type.typname of the type, or of the element type of an array. */
  readonly namespace: string
  readonly typname: string
  /** format_type(atttypid, atttypmod) under an empty search_path. */
  readonly formatted: string
  readonly isArray: boolean
}

/** The same data from what the catalog has. */
export function typeFromCatalog({ namespace, typname, formatted, isArray }: CatalogType): TypeName {
  const dimensions: Pick<TypeName, 'dimensions'> = isArray ? { dimensions: 1 } : {}
  if (namespace === 'pg_catalog') {
    const type = parseType(formatted)
    if (type.schemaName === undefined && type.dimensions === dimensions.dimensions) return type
    const { dimensions: _array, schemaName: _schema, ...bare } = type
    return { ...bare, ...dimensions }
  }
  const modifiers = /\(([^()]*)\)(?:\[\])*$/.exec(formatted)?.[1]
  return { schemaName: namespace, typeName: typname, ...(modifiers ? { modifiers } : {}), ...dimensions }
}
