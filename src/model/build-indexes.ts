// Indexes of a table, and the keys that they share with exclusion constraints: properties and expressions as columns and texts.
import { isSql, type Sql } from '../sql/sql.js'
import { type ColumnSurroundings, expressionOf } from './build-columns.js'
import { columnsOf } from './build-table.js'
import type { BuiltTable } from './built-table.js'
import { type IndexKey, said, storageOf } from './constraint-options.js'
import type { IndexDraft } from './draft.js'
import { expressionName } from './expression-name.js'
import { spelledKey } from './index-key.js'
import type { Place } from './issues.js'
import type { IndexConfig, IndexKeyConfig, SourceOf } from './model-config.js'
import type { TakenNames } from './taken-names.js'

const asKey = (key: string | Sql | IndexKey): IndexKey =>
  typeof key === 'string' ? { property: key } : isSql(key) ? { expression: key } : key

/** The key with its column or expression; undefined where it has neither. */
export function keyOf(
  table: BuiltTable,
  key: string | Sql | IndexKey,
  what: string,
  source: SourceOf,
  around: ColumnSurroundings,
): IndexKeyConfig | undefined {
  const place: Place = { entity: table.draft.entity.name, source }
  const { property, expression, order, nulls, opclass, opclassParameters, collation } = asKey(key)
  const [column] = property === undefined ? [] : columnsOf(table, [property], what, source, around)
  const text = property === undefined ? expressionOf(expression, 'index expression', place, around.issues) : undefined
  if (column === undefined && text === undefined) return undefined
  if (opclassParameters && opclass === undefined)
    around.issues.add(
      'OPTIONS_CONFLICT',
      place,
      `A key of ${what} has parameters, but no operator class that takes them.`,
      "Name it: { opclass: 'gist_trgm_ops', opclassParameters: { siglen: 32 } }.",
    )
  const columnNames = [...table.columns.values()].map(({ config }) => config.name)
  return {
    ...(column === undefined ? spelledKey(text ?? '', columnNames) : { column }),
    ...said({ opclass, collation, order, nulls }),
    ...(opclassParameters && Object.keys(opclassParameters).length > 0
      ? { opclassParameters: storageOf(opclassParameters) }
      : {}),
  }
}

/** The names that PostgreSQL makes an index's name of. */
export const keyNames = (keys: readonly IndexKeyConfig[]): readonly (string | undefined)[] =>
  keys.map((key) => key.column ?? expressionName(key.expression ?? ''))

/** A whole number from 0 to 10000, as SET STATISTICS takes it. */
const isTarget = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= 10000

export function buildIndex(
  table: BuiltTable,
  index: IndexDraft,
  around: ColumnSurroundings,
  names: TakenNames,
): IndexConfig {
  const { options, source } = index
  const place: Place = { entity: table.draft.entity.name, source }
  const conflict = (message: string, hint: string) => around.issues.add('OPTIONS_CONFLICT', place, message, hint)
  const pairs = index.keys.flatMap((given) => {
    const key = keyOf(table, given, 'an index', source, around)
    return key ? [{ key, target: asKey(given).statistics }] : []
  })
  const keys = pairs.map(({ key }) => key)
  const statistics: Record<string, number> = {}
  pairs.forEach(({ key, target }, position) => {
    if (target === undefined) return
    if (key.column !== undefined || !isTarget(target))
      conflict(
        key.column === undefined
          ? `The statistics target ${target} is none.`
          : `The statistics target of the key '${key.column}' is its column's.`,
        'Give an expression a whole number from 0 to 10000.',
      )
    else statistics[String(position + 1)] = target
  })
  const where = expressionOf(options.where, '`where` of the index', place, around.issues)
  const include = options.include ? columnsOf(table, options.include, 'an index', source, around) : []
  if (index.keys.length === 0)
    around.issues.add('UNKNOWN_PROPERTY', place, 'An index names no property.', 'Name at least one, or an expression.')
  if (options.nullsNotDistinct && !options.unique)
    conflict('NULLs can count as equal only in a unique index.', 'Add unique: true, or remove nullsNotDistinct.')
  return {
    name: names.relation(
      table,
      options.name,
      (suffix) => around.naming.index(table.name, [...keyNames(keys), ...include], suffix),
      source,
    ),
    keys,
    unique: options.unique === true,
    method: (options.method ?? 'btree').toLowerCase(),
    ...(where === undefined ? {} : { where }),
    include,
    ...said({
      nullsNotDistinct: options.nullsNotDistinct,
      storage: options.with && storageOf(options.with),
      tablespace: options.tablespace,
      statistics: Object.keys(statistics).length > 0 ? statistics : undefined,
      comment: options.comment,
      renamedFrom: options.renamedFrom,
    }),
    source,
  }
}
