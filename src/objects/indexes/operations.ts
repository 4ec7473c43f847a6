// An index as data and the operations on it: what they say, their SQL, their risks.
import type { Expression, OperationBase, OperationSpec } from '../../engine/kind.js'
import { id, join, qualified, raw, type Sql, sql } from '../../sql/sql.js'

export interface IndexKey {
  readonly column?: string
  readonly value?: Expression
  readonly opclass: string | null
  readonly opclassSchema?: string
  readonly collation: string | null
  readonly collationSchema?: string
  readonly order: 'asc' | 'desc'
  readonly nulls: 'first' | 'last'
  /** Current side only: the operator class and collation that it has without saying so. */
  readonly usual?: { readonly opclass: string | null; readonly collation: string | null }
}

export interface Index {
  readonly schemaName: string
  readonly table: string
  readonly name: string
  readonly keys: readonly IndexKey[]
  readonly include: readonly string[]
  readonly unique: boolean
  readonly method: string
  readonly where: Expression | null
  /** undefined in a model: it stays as it is. */
  readonly nullsNotDistinct?: boolean
  readonly valid: boolean
  readonly renamedFrom?: string
}

/** An index as operations carry it. */
export type IndexConfig = Omit<Index, 'schemaName' | 'table' | 'name' | 'valid' | 'renamedFrom'>

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
}
export interface RenameIndex extends OfIndex {
  readonly type: 'rename_index'
  readonly newName: string
}
export type IndexOperation = CreateIndex | DropIndex | RenameIndex

export const of = (index: Index) => ({ schemaName: index.schemaName, tableName: index.table, indexName: index.name })
const shown = (op: OfIndex) => (op.schemaName === 'public' ? op.indexName : `${op.schemaName}.${op.indexName}`)
export const keyText = (key: IndexKey) => key.column ?? key.value?.expression ?? ''
export const configOf = ({ keys, include, unique, method, where, nullsNotDistinct }: Index): IndexConfig => ({
  keys: keys.map(({ usual: _usual, ...key }) => key),
  include,
  unique,
  method,
  where,
  nullsNotDistinct,
})
export const createOf = (at: Omit<OfIndex, 'type'>, config: IndexConfig): CreateIndex => ({
  type: 'create_index',
  ...at,
  columns: config.keys.map(keyText),
  config,
})

function keySql(key: IndexKey, ordered: boolean): Sql {
  const parts = [
    key.column !== undefined ? id(key.column) : sql`(${raw(key.value?.expression ?? '')})`,
    ...(key.collation === null ? [] : [sql`collate ${qualified(key.collationSchema, key.collation)}`]),
    ...(key.opclass === null ? [] : [qualified(key.opclassSchema, key.opclass)]),
    ...(ordered && key.order === 'desc' ? [sql`desc`] : []),
    ...(ordered && key.nulls !== (key.order === 'desc' ? 'first' : 'last') ? [sql`nulls ${raw(key.nulls)}`] : []),
  ]
  return join(parts, ' ')
}

function indexSql(op: CreateIndex): Sql {
  const { config } = op
  const clauses = [
    sql`create ${config.unique ? sql`unique ` : sql``}index ${id(op.indexName)} on ${qualified(op.schemaName, op.tableName)} using ${id(config.method)} (${join(config.keys.map((key) => keySql(key, config.method === 'btree')))})`,
    ...(config.include.length > 0 ? [sql`include (${join(config.include.map(id))})`] : []),
    ...(config.nullsNotDistinct ? [sql`nulls not distinct`] : []),
    ...(config.where ? [sql`where ${raw(config.where.expression)}`] : []),
  ]
  return join(clauses, ' ')
}

/** The current side without what the desired side leaves to PostgreSQL. */

const shownKey = (key: IndexKey): string =>
  [
    key.column ?? key.value?.expression ?? '',
    ...(key.collation === null ? [] : [`collate ${key.collation}`]),
    ...(key.opclass === null ? [] : [key.opclass]),
    ...(key.order === 'desc' ? ['desc'] : []),
    ...((key.nulls === 'first') === (key.order === 'desc') ? [] : [`nulls ${key.nulls}`]),
  ].join(' ')

export const indexOperations: {
  readonly [T in IndexOperation['type']]: OperationSpec<Extract<IndexOperation, { type: T }>>
} = {
  create_index: {
    describe: (op) =>
      `Create ${op.config.unique ? 'unique ' : ''}index '${shown(op)}' on ${op.tableName}${op.config.method === 'btree' ? '' : ` using ${op.config.method}`} (${op.config.keys.map(shownKey).join(', ')})${op.config.where ? ` where ${op.config.where.expression}` : ''}`,
    sql: indexSql,
    risks: (op, facts) =>
      facts.madeHere({ kind: 'table', schemaName: op.schemaName, name: op.tableName })
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
    sql: (op) => sql`drop index ${qualified(op.schemaName, op.indexName)}`,
    inverse: (op) => [
      createOf({ schemaName: op.schemaName, tableName: op.tableName, indexName: op.indexName }, op.was),
    ],
  },
  rename_index: {
    describe: (op) => `Rename index '${shown(op)}' to '${op.newName}'`,
    sql: (op) => sql`alter index ${qualified(op.schemaName, op.indexName)} rename to ${id(op.newName)}`,
    inverse: (op) => [{ ...op, indexName: op.newName, newName: op.indexName }],
  },
}
