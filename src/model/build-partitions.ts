// How a table is stored and partitioned: from options to configuration, and its partitions as tables of their own.
import { expressionOf } from './build-columns.js'
import { columnsOf } from './build-table.js'
import type { BuiltTable } from './built-table.js'
import type { PartitionOptions } from './draft.js'
import type { Issues, Place } from './issues.js'
import type { PartitionByConfig, TableConfig } from './model-config.js'
import { boundOf, boundProblem } from './partition-bounds.js'
import type { TakenNames } from './taken-names.js'

type Stored = Pick<
  TableConfig,
  | 'unlogged'
  | 'storage'
  | 'tablespace'
  | 'accessMethod'
  | 'rowSecurity'
  | 'forceRowSecurity'
  | 'replicaIdentity'
  | 'clusterOn'
  | 'partitionBy'
  | 'externalPartitions'
>

/** What the options say; what they leave open is not there. */
export function storedAs(table: BuiltTable, issues: Issues): Stored {
  const { options } = table.draft
  const { unlogged, storage, tablespace, accessMethod, rowSecurity, replicaIdentity, clusterOn } = options
  const partitionBy = partitionedBy(table, issues)
  return {
    ...(unlogged === undefined ? {} : { unlogged }),
    ...(storage === undefined
      ? {}
      : { storage: Object.fromEntries(Object.entries(storage).map(([name, value]) => [name, String(value)])) }),
    ...(tablespace === undefined ? {} : { tablespace }),
    ...(accessMethod === undefined ? {} : { accessMethod: accessMethod === 'heap' ? null : accessMethod }),
    ...(rowSecurity === undefined
      ? {}
      : { rowSecurity: rowSecurity !== false, forceRowSecurity: rowSecurity === 'forced' }),
    ...(replicaIdentity === undefined ? {} : { replicaIdentity }),
    ...(clusterOn === undefined ? {} : { clusterOn }),
    ...(partitionBy === undefined ? {} : { partitionBy }),
    ...(options.partitions === 'external' ? { externalPartitions: true } : {}),
  }
}

const placeOf = ({ draft }: BuiltTable): Place => ({ entity: draft.entity.name, source: draft.source })

function partitionedBy(table: BuiltTable, issues: Issues): PartitionByConfig | undefined {
  const { draft } = table
  const said = draft.options.partitionBy
  const place = placeOf(table)
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
  const ways = Object.entries(said) as [PartitionByConfig['strategy'], (typeof said)[keyof typeof said]][]
  const [strategy, keys] = ways[0] ?? ['range', []]
  const listed = keys as readonly unknown[]
  if (ways.length !== 1 || listed.length === 0 || (strategy === 'list' && listed.length > 1))
    issues.add(
      'OPTIONS_CONFLICT',
      place,
      ways.length !== 1
        ? 'A table is partitioned in one way: by range, list or hash.'
        : listed.length === 0
          ? 'The partition key is empty.'
          : 'A list of values is of one property or expression.',
      "For example partitionBy: { range: ['at'] }.",
    )
  return {
    strategy,
    keys: listed.flatMap((key): readonly PartitionByConfig['keys'][number][] => {
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

/** Those that the entity lists, with a mistake for each bound that cannot be. */
export function listedPartitions(table: BuiltTable, issues: Issues): readonly PartitionOptions[] {
  const { partitions, partitionBy } = table.draft.options
  if (partitions === undefined || partitions === 'external' || partitionBy === undefined) return []
  const [strategy, keys] = Object.entries(partitionBy)[0] as [PartitionByConfig['strategy'], readonly unknown[]]
  const bounds = new Map<string, string>()
  for (const partition of partitions) {
    const refuse = (message: string, hint: string) =>
      issues.add('OPTIONS_CONFLICT', placeOf(table), `The partition '${partition.name}' ${message}.`, hint)
    const problem = boundProblem(partition, strategy, keys.length)
    if (problem) {
      refuse(problem.message, problem.hint)
      continue
    }
    const bound = boundOf(partition)
    const other = bounds.get(bound)
    if (other !== undefined) refuse(`has the bound of '${other}'`, 'Give each partition values of its own.')
    bounds.set(bound, partition.name)
  }
  return partitions
}

/** Partitions are tables: their names are taken, and kept in 63 bytes. */
export function claimPartitions(table: BuiltTable, names: TakenNames): void {
  const { partitions } = table.draft.options
  if (partitions === undefined || partitions === 'external') return
  for (const { name, schema = table.schemaName } of partitions) {
    const what = `a partition of ${table.draft.entity.name}`
    if (!names.takeTable(schema, name, what, placeOf(table))) continue
    names.takeRelation(schema, name, what, placeOf(table))
    names.takeType(schema, name, what, placeOf(table))
  }
}

/** A unique index over all partitions is one over the partition key: PostgreSQL has no other. */
export function refusePartitionedKeys(config: TableConfig, table: BuiltTable, issues: Issues): void {
  const { partitionBy } = config
  if (partitionBy === undefined || !config.managed) return
  const unique = [
    ...(config.primaryKey ? [{ what: 'The primary key', of: config.primaryKey, keys: config.primaryKey.columns }] : []),
    ...config.uniques.map((of) => ({ what: `The unique constraint '${of.name}'`, of, keys: of.columns })),
    ...config.indexes
      .filter((index) => index.unique)
      .map((of) => ({ what: `The unique index '${of.name}'`, of, keys: of.keys.map(({ column }) => column) })),
  ]
  for (const { what, of, keys } of unique) {
    const missing = partitionBy.keys.flatMap(({ column }) =>
      column !== undefined && !keys.includes(column) ? [column] : [],
    )
    const computed = partitionBy.keys.some(({ column }) => column === undefined)
    if (missing.length === 0 && !computed) continue
    issues.add(
      'OPTIONS_CONFLICT',
      { entity: config.entity, source: of.source ?? table.draft.source },
      computed
        ? `${what} cannot be on a table that is partitioned by an expression.`
        : `${what} lacks ${missing.map((name) => `'${name}'`).join(' and ')}, by which the table is partitioned.`,
      computed
        ? 'Partition by a column, or declare the table keyless: true and put keys on its partitions.'
        : `Add ${missing.length === 1 ? 'it' : 'them'} to the key.`,
    )
  }
}
