// Indexes that no constraint owns. A changed one is made again; one left INVALID by a failed build counts as changed.
import type { ObjectKind } from '../../engine/kind.js'
import { canonical, differing } from '../../engine/walk.js'
import { expressionName } from '../../model/expression-name.js'
import type { IndexConfig as IndexModel, SourceOf } from '../../model/model-config.js'
import { indexName } from '../../model/naming.js'
import { qualified, sql } from '../../sql/sql.js'
import { bareKey, comparableKeys, declaredKey, keyText } from '../index-keys.js'
import { heirsOf, includedUnderKeys, isPartitioned, type TableName } from '../relations.js'
import { type IndexRow, indexesQuery, readIndex } from './catalog.js'
import { configOf, createOf, type Index, type IndexOperation, indexOperations, of } from './operations.js'

const compared = [
  'table',
  'keys',
  'include',
  'unique',
  'method',
  'where',
  'nullsNotDistinct',
  'storage',
  'tablespace',
  'statistics',
  'only',
  'attached',
  'valid',
] as const satisfies readonly (keyof Index)[]

/** What an index can take in place. */
const alterable: readonly string[] = ['storage', 'tablespace', 'statistics', 'attached']

const bears =
  (all: readonly TableName[]) =>
  ({ schemaName, table }: TableName): boolean =>
    all.some((one) => one.schemaName === schemaName && one.table === table)

/** What the desired side leaves to PostgreSQL, or cannot mean (an index that is not valid), is no difference. */
const differences = (current: Index, desired: Index) =>
  differing(
    { ...current, keys: comparableKeys(current.keys, desired.keys) },
    { ...desired, keys: desired.keys.map(bareKey), ...(desired.valid ? {} : { valid: current.valid }) },
    compared,
  )

const declared = (
  schemaName: string,
  table: string,
  index: IndexModel,
  partitioned = false,
): Index & { readonly source?: SourceOf } => ({
  schemaName,
  table,
  name: index.name,
  keys: index.keys.map(declaredKey),
  include: index.include,
  unique: index.unique,
  method: index.method,
  where: index.where === undefined ? null : { expression: index.where },
  nullsNotDistinct: index.nullsNotDistinct,
  storage: index.storage,
  tablespace: index.tablespace,
  statistics: index.statistics,
  ...(partitioned ? { partitioned } : { attached: [] }),
  valid: true,
  renamedFrom: index.renamedFrom,
  source: index.source,
})

const defaultName = (index: Index): string =>
  indexName(index.table, [...index.keys.map((key) => key.column ?? expressionName(keyText(key))), ...index.include])

export const indexes: ObjectKind<Index, IndexOperation, IndexRow> = {
  name: 'index',
  partOfTable: true,
  takesOver: true,
  identify: (index) => ({ kind: 'index', schemaName: index.schemaName, table: index.table, name: index.name }),
  names: ({ schemaName, table, name, unique, where, keys }) => {
    const columns = keys.map((key) => key.column)
    const key =
      unique && !where && !columns.includes(undefined)
        ? [{ space: 'key', schemaName, table, name: [...columns].sort().join('\0') }]
        : []
    return [{ space: 'relation', schemaName, name }, ...key]
  },
  address: (index) => sql`index ${qualified(index.schemaName, index.name)}`,
  diesWith: ({ schemaName, table }) => [{ space: 'relation', schemaName, name: table }],
  dependsOn: ({ schemaName, table, keys, include }) => [
    { ref: { space: 'relation', schemaName, name: table }, strength: 'needs' as const },
    ...[...keys.flatMap((key) => key.column ?? []), ...include].map((name) => ({
      ref: { space: 'column', schemaName, table, name },
      strength: 'needs' as const,
    })),
    ...keys.flatMap(({ collation, collationSchema }) =>
      collation === null || collationSchema === undefined
        ? []
        : [{ ref: { space: 'collation', schemaName: collationSchema, name: collation }, strength: 'needs' as const }],
    ),
  ],
  givenParts: ({ only }) => only === true,
  freeInParts: ['storage', 'tablespace'],
  // A partition that is attached later would get one like it.
  madeAfter: ({ schemaName, table, only }) => (only ? [heirsOf({ schemaName, table })] : []),
  spoiledBy: ({ schemaName, table, only }) => (only ? [heirsOf({ schemaName, table })] : []),
  // Those of the partitions are named after their columns: two of one kind are not there at once, or the later one bears a number.
  implicitNames: (index) =>
    index.partitioned
      ? [{ space: 'index of partitions', schemaName: index.schemaName, table: index.table, name: defaultName(index) }]
      : [],
  defaultName,
  declare: (model) => [
    ...model.tables
      .filter((table) => table.managed)
      .flatMap(({ schemaName, name, indexes, partitionBy }) =>
        indexes.map((index) => declared(schemaName, name, index, partitionBy !== undefined)),
      ),
    ...model.further.flatMap(({ object, indexes = [] }) => {
      const { schemaName, name } = object as { readonly schemaName: string; readonly name: string }
      return indexes.map((index) => declared(schemaName, name, index))
    }),
  ],
  catalog: { query: indexesQuery, read: readIndex },
  differences,
  create: (index) => [createOf(of(index), configOf(index))],
  alter: (current, desired, changed, side) => {
    const [from, to] = [current.attached ?? [], desired.attached ?? []]
    const inPlace = (field: string) =>
      alterable.includes(field) && !(field === 'storage' && isPartitioned(desired, side))
    // What is attached stays so for good.
    if (!changed.every(inPlace) || !from.every(bears(to))) return 'recreate'
    const { attached: _had, ...was } = configOf(current)
    const { attached: _has, ...is } = configOf(desired)
    return [
      ...(changed.some((field) => field !== 'attached')
        ? [{ type: 'alter_index' as const, ...of(desired), from: was, to: is }]
        : []),
      ...to
        .filter((one) => !bears(from)(one))
        .map((attached) => ({ type: 'attach_index' as const, ...of(desired), attached })),
    ]
  },
  rename: (current, desired) => ({ type: 'rename_index', ...of(current), newName: desired.name }),
  drop: (index) => ({
    type: 'drop_index',
    ...of(index),
    was: configOf(index),
    ...(index.backing ? { cascade: true as const } : {}),
  }),
  // PostgreSQL rebuilds a plain index itself when the type of its column changes; an expression is parsed again only by us.
  survive: (index, around, _side, _desired, plan) =>
    around.desired !== undefined &&
    !around.remade &&
    !includedUnderKeys(indexes.identify(index), index.include, around.names, plan) &&
    !canonical(index).includes('"expression"') &&
    !around.names.some(({ space }) => space === 'collation')
      ? 'untouched'
      : 'recreate',
  operations: indexOperations,
}
