// A column of an operation as a call of the table builder: its type's word, then what it says of itself.
import { displayType, parseType } from '../../sql/types.js'
import { literalOf, options, quoted, tagged } from './literals.js'

/** What add_column and create_table carry of a column. */
export interface ColumnData {
  readonly type: string
  readonly nullable: boolean
  readonly default?: string
  readonly generated?: { readonly expression: string; readonly stored: boolean }
  readonly identity?: object
  readonly collation?: { readonly schemaName?: string; readonly collationName: string }
  readonly backfill?: string
}

const known = new Set(['type', 'nullable', 'default', 'generated', 'identity', 'collation', 'backfill'])
const plain: Readonly<Record<string, string>> = Object.fromEntries([
  ...[
    'smallint',
    'integer',
    'bigint',
    'real',
    'money',
    'text',
    'bytea',
    'boolean',
    'uuid',
    'json',
    'jsonb',
    'xml',
    'date',
    'inet',
    'cidr',
    'macaddr',
    'tsvector',
    'tsquery',
    'point',
    'interval',
    'timestamp',
    'timestamptz',
    'varchar',
    'time',
    'numeric',
  ].map((name) => [name, name]),
  ['double precision', 'doublePrecision'],
])
const sized = /^(varchar|char|numeric|timestamp|timestamptz|time)\(([\d,]+)\)$/

/** As the builder takes it: without quotes where none are needed, without the schema `public`. */
export function typeCode(type: string): string {
  const parsed = parseType(type)
  const simple = (name: string | undefined) => name === undefined || /^[a-z_][a-z0-9_]*$/.test(name)
  return simple(parsed.schemaName) &&
    simple(parsed.typeName) &&
    parsed.schemaName !== undefined &&
    parsed.schemaName !== 'public'
    ? type.replaceAll('"', '')
    : simple(parsed.typeName) && parsed.schemaName === 'public'
      ? displayType(parsed)
      : type
}

/** `t.varchar('name', 100).notNull()`; undefined where it says what the builder has no word for. */
export function columnCall(name: string, config: ColumnData): string | undefined {
  const chain = columnChain(config)
  if (chain === undefined) return undefined
  const [bare, array] = config.type.endsWith('[]') ? [config.type.slice(0, -2), '.array()'] : [config.type, '']
  const size = sized.exec(bare)
  const head = Object.hasOwn(plain, bare)
    ? `t.${plain[bare]}(${quoted(name)})`
    : size
      ? `t.${size[1]}(${quoted(name)}, ${size[2]?.replace(',', ', ')})`
      : `t.column(${quoted(name)}, ${quoted(typeCode(bare))})`
  return `${head}${array}${chain}`
}

/** What follows the type: `.notNull().default(0)`. */
export function columnChain(config: ColumnData): string | undefined {
  if (Object.entries(config).some(([key, value]) => !known.has(key) && value !== undefined)) return undefined
  const { identity, generated, collation, backfill } = config
  if (identity && 'sequence' in identity) return undefined
  return [
    identity ? identityCode({ ...identity }, config.type) : '',
    generated ? `.generated(${tagged(generated.expression)}${generated.stored ? '' : ', { stored: false }'})` : '',
    collation
      ? `.collate(${collation.schemaName === undefined ? quoted(collation.collationName) : literalOf({ schema: collation.schemaName, name: collation.collationName })})`
      : '',
    config.nullable || identity ? '' : '.notNull()',
    config.default === undefined ? '' : `.default(${defaultCode(config.default, config.type)})`,
    backfill === undefined ? '' : `.backfill(${tagged(backfill)})`,
  ].join('')
}

/** A number, a boolean, a text of the column's own type as they are; everything else is SQL. */
export function defaultCode(expression: string, type: string): string {
  if (/^(-?\d{1,15}|true|false)$/.test(expression)) return expression
  const text = /^'((?:[^'\\]|'')*)'(?:::(.+))?$/.exec(expression)
  // A text for a type that is none (jsonb, date) would be taken for a value of it.
  const typed =
    text &&
    /^(text|varchar|char)\b|^"/.test(type) &&
    !type.endsWith('[]') &&
    (text[2] === undefined || text[2] === type)
  return typed ? quoted((text[1] ?? '').replaceAll("''", "'")) : tagged(expression)
}

const largest: Readonly<Record<string, string>> = {
  smallint: '32767',
  integer: '2147483647',
  bigint: '9223372036854775807',
}

/** Only what is not usual for the type. */
function identityCode(identity: Readonly<Record<string, unknown>>, type: string): string {
  const text = (field: string, usual: string | undefined): string | undefined => {
    const value = identity[field]
    return value === undefined || value === null || value === usual ? undefined : quoted(String(value))
  }
  const given = options({
    start: text('start', '1'),
    increment: text('increment', '1'),
    minValue: text('minValue', '1'),
    maxValue: text('maxValue', largest[type]),
    cache: text('cache', '1'),
    cycle: identity.cycle === true ? 'true' : undefined,
  })
  const generation = quoted(String(identity.generation))
  if (given === '') return identity.generation === 'always' ? '.identity()' : `.identity(${generation})`
  return `.identity({ generation: ${generation}, ${given.slice(2)})`
}
