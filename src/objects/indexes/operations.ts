// An index as data and the operations on it: what they say, their SQL, their risks.
import { display } from '../../engine/identity.js'
import type { Expression, OperationBase, OperationSpec, Server } from '../../engine/kind.js'
import { expression } from '../../sql/expression.js'
import { id, join, qualified, raw, type Sql, sql } from '../../sql/sql.js'
import { bareKey, type IndexKey, keySql, keyText, shownKey } from '../index-keys.js'
import { attachIndexSql, locksTable, type TableName } from '../relations.js'
import { requireVersion } from '../server-version.js'
import { hasStorage, type StorageParameters, shownStorage, storageChanges, storageList } from '../storage-parameters.js'

export interface Index {
  readonly schemaName: string
  readonly table: string
  readonly name: string
  readonly keys: readonly IndexKey[]
  readonly include: readonly string[]
  readonly unique: boolean
  readonly method: string
  readonly where: Expression | null
  /** What a model does not say of these stays as it is. */
  readonly nullsNotDistinct?: boolean
  readonly storage?: StorageParameters
  /** null for the database's own. */
  readonly tablespace?: string | null
  /** Statistics targets of expression keys: number of the key, from 1 → target. */
  readonly statistics?: Readonly<Record<string, number>>
  /** Of a partitioned table and not on all of its partitions. */
  readonly only?: boolean
  /** Of one that is not on all partitions: the indexes of partitions that belong to it. */
  readonly attached?: readonly TableName[]
  /** Its table is partitioned: each partition has such an index, under a name that PostgreSQL chooses. */
  readonly partitioned?: true
  /** False where a build was broken off; such an index is built again. */
  readonly valid: boolean
  /** Constraints of partitions rest on what it has there. */
  readonly backing?: true
  readonly renamedFrom?: string
}

/** An index as operations carry it. */
export type IndexConfig = Omit<
  Index,
  'schemaName' | 'table' | 'name' | 'valid' | 'renamedFrom' | 'tablespace' | 'only' | 'partitioned' | 'backing'
> & {
  readonly tablespace?: string
  readonly only?: true
}

interface OfIndex extends OperationBase {
  readonly schemaName: string
  readonly tableName: string
  readonly indexName: string
}
export interface CreateIndex extends OfIndex {
  readonly type: 'create_index'
  /** Column names, or expression texts, for reading; `config` has all of it. */
  readonly columns: readonly string[]
  readonly config: IndexConfig
}
export interface DropIndex extends OfIndex {
  readonly type: 'drop_index'
  readonly was: IndexConfig
  /** Constraints of partitions that rest on it go along. */
  readonly cascade?: true
}
export interface RenameIndex extends OfIndex {
  readonly type: 'rename_index'
  readonly newName: string
}
/** Storage parameters, tablespace and statistics targets. */
export interface AlterIndex extends OfIndex {
  readonly type: 'alter_index'
  readonly from: IndexConfig
  readonly to: IndexConfig
}
/** An index of a partition comes to belong to the one of the partitioned table. PostgreSQL has no way back. */
export interface AttachIndex extends OfIndex {
  readonly type: 'attach_index'
  readonly attached: TableName
}
export type IndexOperation = CreateIndex | DropIndex | RenameIndex | AlterIndex | AttachIndex

export const of = (index: Index) => ({ schemaName: index.schemaName, tableName: index.table, indexName: index.name })
const shown = (op: OfIndex) => display({ schemaName: op.schemaName, name: op.indexName })
export const configOf = (index: Index): IndexConfig => ({
  keys: index.keys.map(bareKey),
  include: index.include,
  unique: index.unique,
  method: index.method,
  where: index.where,
  nullsNotDistinct: index.nullsNotDistinct,
  ...(hasStorage(index.storage) ? { storage: index.storage } : {}),
  ...(index.tablespace ? { tablespace: index.tablespace } : {}),
  ...(Object.keys(index.statistics ?? {}).length > 0 ? { statistics: index.statistics } : {}),
  ...(index.only ? { only: true } : {}),
  ...(index.attached && index.attached.length > 0 ? { attached: index.attached } : {}),
})
export const createOf = (at: Omit<OfIndex, 'type'>, config: IndexConfig): CreateIndex => ({
  type: 'create_index',
  ...at,
  columns: config.keys.map(keyText),
  config,
})

function indexSql(op: CreateIndex, server: Server): readonly Sql[] {
  const { config } = op
  if (config.nullsNotDistinct) requireVersion(server, 15, `NULLS NOT DISTINCT of index '${shown(op)}'`)
  const clauses = [
    sql`create ${config.unique ? sql`unique ` : sql``}index ${id(op.indexName)} on ${config.only ? sql`only ` : sql``}${qualified(op.schemaName, op.tableName)} using ${id(config.method)} (${join(config.keys.map((key) => keySql(key, config.method)))})`,
    ...(config.include.length > 0 ? [sql`include (${join(config.include.map(id))})`] : []),
    ...(config.nullsNotDistinct ? [sql`nulls not distinct`] : []),
    ...(config.storage ? [sql`with ${storageList(config.storage)}`] : []),
    ...(config.tablespace ? [sql`tablespace ${id(config.tablespace)}`] : []),
    ...(config.where ? [sql`where ${expression(config.where.expression)}`] : []),
  ]
  return [
    join(clauses, ' '),
    ...(config.attached ?? []).map((one) => attachSql(op, one)),
    ...statisticsSql(op, {}, config.statistics),
  ]
}

const attachSql = (op: OfIndex, part: TableName): Sql =>
  attachIndexSql({ schemaName: op.schemaName, name: op.indexName }, part)

type Statistics = Readonly<Record<string, number>>

function statisticsSql(op: OfIndex, from: Statistics = {}, to: Statistics = {}): readonly Sql[] {
  const numbers = [...new Set([...Object.keys(from), ...Object.keys(to)])].filter((key) => from[key] !== to[key])
  return numbers
    .sort((a, b) => Number(a) - Number(b))
    .map(
      (key) =>
        sql`alter index ${qualified(op.schemaName, op.indexName)} alter column ${raw(String(Number(key)))} set statistics ${raw(String(Number(to[key] ?? -1)))}`,
    )
}

function changes({ from, to }: AlterIndex): string {
  const storage = (config: IndexConfig) => shownStorage(config.storage ?? {}) || 'none'
  const targets = (config: IndexConfig) =>
    Object.entries(config.statistics ?? {})
      .map(([key, target]) => `${key}: ${target}`)
      .join(', ') || 'default'
  return [
    ...(storage(from) === storage(to) ? [] : [`storage ${storage(from)} → ${storage(to)}`]),
    ...(from.tablespace === to.tablespace
      ? []
      : [`tablespace ${from.tablespace ?? 'default'} → ${to.tablespace ?? 'default'}`]),
    ...(targets(from) === targets(to) ? [] : [`statistics ${targets(from)} → ${targets(to)}`]),
  ].join(', ')
}

export const indexOperations: {
  readonly [T in IndexOperation['type']]: OperationSpec<Extract<IndexOperation, { type: T }>>
} = {
  create_index: {
    describe: (op) =>
      `Create ${op.config.unique ? 'unique ' : ''}index '${shown(op)}' on ${op.config.only ? 'only ' : ''}${op.tableName}${op.config.method === 'btree' ? '' : ` using ${op.config.method}`} (${op.config.keys.map(shownKey).join(', ')})${op.config.where ? ` where ${op.config.where.expression}` : ''}`,
    sql: indexSql,
    risks: (op, facts) =>
      facts.madeHere({ space: 'relation', schemaName: op.schemaName, name: op.tableName })
        ? []
        : [
            {
              level: 'blocking',
              code: 'BUILDS_INDEX',
              reason: `Writes to '${op.tableName}' wait while the index is built (SHARE).`,
            },
            ...(op.config.unique
              ? [
                  {
                    level: 'may-fail' as const,
                    code: 'ADDS_UNIQUE',
                    reason: `Rows of '${op.tableName}' that repeat a key of '${op.indexName}' stop the migration.`,
                  },
                ]
              : []),
          ],
    inverse: (op) => [
      {
        type: 'drop_index',
        schemaName: op.schemaName,
        tableName: op.tableName,
        indexName: op.indexName,
        was: op.config,
      },
    ],
  },
  drop_index: {
    describe: (op) => `Drop index '${shown(op)}'`,
    sql: (op) => sql`drop index ${qualified(op.schemaName, op.indexName)}${op.cascade ? sql` cascade` : sql``}`,
    inverse: (op) => [
      createOf({ schemaName: op.schemaName, tableName: op.tableName, indexName: op.indexName }, op.was),
    ],
  },
  rename_index: {
    describe: (op) => `Rename index '${shown(op)}' to '${op.newName}'`,
    sql: (op) => sql`alter index ${qualified(op.schemaName, op.indexName)} rename to ${id(op.newName)}`,
    inverse: (op) => [{ ...op, indexName: op.newName, newName: op.indexName }],
  },
  alter_index: {
    describe: (op) => `Alter index '${shown(op)}' (${changes(op)})`,
    sql: (op) => {
      const moved =
        op.from.tablespace === op.to.tablespace ? [] : [sql`set tablespace ${id(op.to.tablespace ?? 'pg_default')}`]
      return [
        ...[...storageChanges(op.from.storage, op.to.storage), ...moved].map(
          (change) => sql`alter index ${qualified(op.schemaName, op.indexName)} ${change}`,
        ),
        ...statisticsSql(op, op.from.statistics, op.to.statistics),
      ]
    },
    risks: (op) => (op.from.tablespace === op.to.tablespace ? [] : [locksTable(op.tableName)]),
    inverse: (op) => [{ ...op, from: op.to, to: op.from }],
  },
  attach_index: {
    describe: (op) =>
      `Attach index '${display({ schemaName: op.attached.schemaName, name: op.attached.table })}' to '${shown(op)}'`,
    sql: (op) => attachSql(op, op.attached),
    risks: (op) => [locksTable(op.tableName)],
  },
}
