// How a table is stored and partitioned: from options to configuration, and its partitions as tables of their own.
import { isSql, literal } from '../sql/sql.js'
import { expressionOf } from './build-columns.js'
import { type BuiltTable, columnsOf } from './build-table.js'
import type { BoundValue, PartitionOptions } from './draft.js'
import type { Issues, Place } from './issues.js'
import type { PartitionByConfig, TableConfig } from './model-config.js'

type Stored = Pick<
  TableConfig,
  | 'unlogged'
  | 'storage'
  | 'tablespace'
  | 'rowSecurity'
  | 'forceRowSecurity'
  | 'replicaIdentity'
  | 'clusterOn'
  | 'partitionBy'
>

/** What the options say; what they leave open is not there. */
export function storedAs(table: BuiltTable, issues: Issues): Stored {
  const { options } = table.draft
  const { unlogged, storage, tablespace, rowSecurity, replicaIdentity, clusterOn } = options
  const partitionBy = partitionedBy(table, issues)
  return {
    ...(unlogged === undefined ? {} : { unlogged }),
    ...(storage === undefined
      ? {}
      : { storage: Object.fromEntries(Object.entries(storage).map(([name, value]) => [name, String(value)])) }),
    ...(tablespace === undefined ? {} : { tablespace }),
    ...(rowSecurity === undefined
      ? {}
      : { rowSecurity: rowSecurity !== false, forceRowSecurity: rowSecurity === 'forced' }),
    ...(replicaIdentity === undefined ? {} : { replicaIdentity }),
    ...(clusterOn === undefined ? {} : { clusterOn }),
    ...(partitionBy === undefined ? {} : { partitionBy }),
  }
}

function partitionedBy(table: BuiltTable, issues: Issues): PartitionByConfig | undefined {
  const { draft } = table
  const said = draft.options.partitionBy
  const place: Place = { entity: draft.entity.name, source: draft.source }
  if (said === undefined) {
    if (draft.options.partitions !== undefined)
      issues.add(
        'OPTIONS_CONFLICT',
        place,
        'The entity has partitions, but is not partitioned.',
        "Say by what: partitionBy: { range: ['…'] }.",
      )
    return undefined
  }
  const [strategy, keys] = Object.entries(said)[0] as [PartitionByConfig['strategy'], (typeof said)[keyof typeof said]]
  return {
    strategy,
    keys: (keys as readonly unknown[]).flatMap((key): readonly PartitionByConfig['keys'][number][] => {
      if (typeof key === 'string')
        return columnsOf(table, [key], 'the partition key', draft.source, { issues }).map((column) => ({ column }))
      const expression = expressionOf(key, 'partition key', place, issues)
      return expression === undefined ? [] : [{ expression }]
    }),
  }
}

/** Its partitions: tables that have all from it. */
export function partitionsOf(table: TableConfig, options: readonly PartitionOptions[]): readonly TableConfig[] {
  return options.map((partition) => ({
    schemaName: partition.schema ?? table.schemaName,
    name: partition.name,
    entity: table.entity,
    managed: table.managed,
    ignore: [],
    columns: table.columns.map(({ identity: _identity, comment: _comment, ...column }) => ({
      ...column,
      nullable: column.nullable,
    })),
    uniques: [],
    checks: [],
    excludes: [],
    indexes: [],
    foreignKeys: [],
    parents: [
      {
        schemaName: table.schemaName,
        table: table.name,
        columns: table.columns.map(({ name }) => name),
        bound: boundOf(partition),
      },
    ],
    ...(table.source ? { source: table.source } : {}),
  }))
}

function boundOf(partition: PartitionOptions): string {
  const list = (values: BoundValue | readonly BoundValue[]) =>
    `(${(Array.isArray(values) ? (values as readonly BoundValue[]) : [values as BoundValue]).map(valueText).join(', ')})`
  if ('default' in partition) return 'DEFAULT'
  if ('in' in partition) return `FOR VALUES IN ${list(partition.in)}`
  if ('modulus' in partition)
    return `FOR VALUES WITH (modulus ${Number(partition.modulus)}, remainder ${Number(partition.remainder)})`
  return `FOR VALUES FROM ${list(partition.from)} TO ${list(partition.to)}`
}

function valueText(value: BoundValue): string {
  if (isSql(value)) return value.text
  if (value === null) return 'NULL'
  if (value instanceof Date) return literal(value.toISOString()).text
  return typeof value === 'string' ? literal(value).text : String(value)
}
