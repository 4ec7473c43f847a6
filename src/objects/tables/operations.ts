// The operations on tables: what they say, their SQL, their risks, their inverses.
import { display } from '../../engine/identity.js'
import type { OperationBase, OperationSpec, Risk, Server } from '../../engine/kind.js'
import { differing, sameData } from '../../engine/walk.js'
import { id, join, qualified, type Sql, sql } from '../../sql/sql.js'
import { type ColumnConfig, columnClause } from '../columns/column.js'
import { notNullName, usualNotNull } from '../columns/not-null.js'
import { columnAfterwards, columnOperations } from '../columns/operations.js'
import { constraintClause } from '../constraints/constraint.js'
import { boundClause } from '../partition-bound.js'
import type { TableName } from '../relations.js'
import { requireVersion } from '../server-version.js'
import {
  parameterList,
  parameterNames,
  partitionByClause,
  shownPartitionBy,
  type Table,
  type TableSchema,
} from './table.js'

interface OfTable extends OperationBase {
  readonly schemaName: string
  readonly tableName: string
}
export interface CreateTable extends OfTable {
  readonly type: 'create_table'
  readonly schema: TableSchema
}
export interface AlterTable extends OfTable {
  readonly type: 'alter_table'
  readonly from: Table
  readonly to: Table
}
export interface RenameTable extends OfTable {
  readonly type: 'rename_table'
  readonly newName: string
}
export interface DropTable extends OfTable {
  readonly type: 'drop_table'
  readonly was: TableSchema
  /** The partitioned table that it is detached from first. */
  readonly detached?: TableName
  /** It is partitioned and made again, and whatever holds its rows stays. */
  readonly rowsStay?: true
}
export type TableOperation = CreateTable | AlterTable | RenameTable | DropTable

/** What is altered in place; a changed partition key makes the table anew. */
export const tableFields = [
  'unlogged',
  'parameters',
  'accessMethod',
  'tablespace',
  'rowSecurity',
  'forceRowSecurity',
] as const

const nameOf = (op: OfTable) => qualified(op.schemaName, op.tableName)
const shown = (op: OfTable) => display({ schemaName: op.schemaName, name: op.tableName })

/** The table, its toast table and that one's index, an index per key. */
const locksOf = (schema: TableSchema): number =>
  3 + schema.constraints.filter((constraint) => constraint.expression === undefined).length

const rowSecurity = (table: Sql, { rowSecurity: on, forceRowSecurity: force }: TableSchema): readonly Sql[] => {
  const actions = [...(on ? [sql`enable row level security`] : []), ...(force ? [sql`force row level security`] : [])]
  return actions.length === 0 ? [] : [sql`alter table ${table} ${join(actions)}`]
}

/** CREATE TABLE takes two keys of the same columns for one and forgets the second: that is added afterwards. */
function keysOnce(
  constraints: TableSchema['constraints'],
): readonly [TableSchema['constraints'], TableSchema['constraints']] {
  const seen = new Set<string>()
  const again = constraints.filter(({ columns }) => {
    const key = columns?.join('\0')
    const known = key !== undefined && seen.has(key)
    if (key !== undefined) seen.add(key)
    return known
  })
  return [constraints.filter((constraint) => !again.includes(constraint)), again]
}

/** Partitions that come from a former table of the name bear the usual name of its NOT NULL: PostgreSQL would choose another one. */
const said = (
  column: TableSchema['columns'][number],
  { schema, tableName }: CreateTable,
  server: Server,
): ColumnConfig =>
  schema.partitionBy && server.version >= 180000 && !column.nullable && !column.notNullConstraint
    ? { ...column, notNullConstraint: { ...usualNotNull, name: notNullName(tableName, column.name) } }
    : column

function createSql(op: CreateTable, server: Server): readonly Sql[] {
  const { schema } = op
  const [inside, apart] = keysOnce(schema.constraints)
  const parts = [
    ...(schema.partitionOf ? [] : schema.columns.map((column) => columnClause(column.name, said(column, op, server)))),
    ...inside.map((constraint) => constraintClause(constraint, server)),
  ]
  const list =
    parts.length === 0
      ? sql`()`
      : sql`(
  ${join(parts, ',\n  ')}
)`
  const { partitionOf, inherits, partitionBy, accessMethod, parameters, tablespace } = schema
  const clauses = [
    schema.unlogged ? sql`create unlogged table` : sql`create table`,
    nameOf(op),
    ...(partitionOf ? [sql`partition of ${qualified(partitionOf.schemaName, partitionOf.table)}`] : []),
    ...(partitionOf && parts.length === 0 ? [] : [list]),
    ...(partitionOf ? [boundClause(partitionOf.bound)] : []),
    ...(inherits && inherits.length > 0
      ? [sql`inherits (${join(inherits.map((parent) => qualified(parent.schemaName, parent.table)))})`]
      : []),
    ...(partitionBy ? [partitionByClause(partitionBy)] : []),
    ...(accessMethod === undefined ? [] : [sql`using ${id(accessMethod)}`]),
    ...(parameters ? [sql`with (${parameterList(parameters)})`] : []),
    ...(tablespace === undefined ? [] : [sql`tablespace ${id(tablespace)}`]),
  ]
  const settings = schema.columns.flatMap((column) =>
    columnAfterwards({ ...op, columnName: column.name }, column, server),
  )
  const overrides = (schema.overrides ?? []).flatMap(({ name, from, to }) =>
    columnOperations.alter_column.sql(
      { type: 'alter_column', schemaName: op.schemaName, tableName: op.tableName, columnName: name, from, to },
      server,
    ),
  )
  const keys = apart.map((constraint) => sql`alter table ${nameOf(op)} add ${constraintClause(constraint, server)}`)
  return [join(clauses, ' '), ...keys, ...settings, ...overrides, ...rowSecurity(nameOf(op), schema)]
}

function parametersSql(from: Table, to: Table): readonly Sql[] {
  const [was, is] = [from.parameters ?? {}, to.parameters ?? {}]
  const gone = Object.keys(was).filter((name) => !(name in is))
  const set = Object.fromEntries(Object.entries(is).filter(([name, value]) => was[name] !== value))
  const kept = Object.keys(was).filter((name) => name in is && !(name in set))
  // PostgreSQL keeps them in the order in which they were set, and shows them so.
  if ([...kept, ...Object.keys(set)].join() !== Object.keys(is).join() && kept.length > 0)
    return [sql`reset (${parameterNames(Object.keys(was))})`, sql`set (${parameterList(is)})`]
  return [
    ...(gone.length === 0 ? [] : [sql`reset (${parameterNames(gone)})`]),
    ...(Object.keys(set).length === 0 ? [] : [sql`set (${parameterList(set)})`]),
  ]
}

function alterSql({ from, to, ...op }: AlterTable, server: Server): readonly Sql[] {
  const changed = new Set<string>(differing(from, to, tableFields))
  const table = nameOf(op)
  if (changed.has('accessMethod')) requireVersion(server, 15, `Changing the access method of table '${shown(op)}'`)
  const alone = [
    ...(changed.has('unlogged') ? [to.unlogged ? sql`set unlogged` : sql`set logged`] : []),
    ...(changed.has('accessMethod') ? [sql`set access method ${id(to.accessMethod ?? 'heap')}`] : []),
    ...(changed.has('tablespace') ? [sql`set tablespace ${id(to.tablespace ?? 'pg_default')}`] : []),
  ]
  const together = [
    ...parametersSql(from, to),
    ...(changed.has('rowSecurity') ? [sql`${to.rowSecurity ? sql`enable` : sql`disable`} row level security`] : []),
    ...(changed.has('forceRowSecurity')
      ? [sql`${to.forceRowSecurity ? sql`force` : sql`no force`} row level security`]
      : []),
  ]
  return [...alone, ...(together.length === 0 ? [] : [join(together)])].map(
    (action) => sql`alter table ${table} ${action}`,
  )
}

function describeAlter({ from, to, ...op }: AlterTable): string {
  const changed: readonly string[] = differing(from, to, tableFields)
  const has = (field: string) => changed.includes(field)
  if (changed.length === 1 && has('unlogged')) return `Make table '${shown(op)}' ${to.unlogged ? 'unlogged' : 'logged'}`
  const [was, is] = [from.parameters ?? {}, to.parameters ?? {}]
  const parameters = [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((name) => was[name] !== is[name])
    .map((name) => (is[name] === undefined ? `no ${name}` : `${name} = ${is[name]}`))
  const parts = [
    ...(has('unlogged') ? [to.unlogged ? 'unlogged' : 'logged'] : []),
    ...parameters,
    ...(has('accessMethod') ? [`access method ${to.accessMethod ?? 'heap'}`] : []),
    ...(has('tablespace') ? [`tablespace ${to.tablespace ?? 'pg_default'}`] : []),
    ...(has('rowSecurity') ? [`row level security ${to.rowSecurity ? 'enabled' : 'disabled'}`] : []),
    ...(has('forceRowSecurity') ? [`row level security ${to.forceRowSecurity ? 'forced' : 'not forced'}`] : []),
  ]
  return `Alter table '${shown(op)}' (${parts.join(', ')})`
}

const counted = ({ columns }: TableSchema): string => (columns.length === 1 ? '1 column' : `${columns.length} columns`)

function describeCreate(op: CreateTable): string {
  const { partitionOf, partitionBy, inherits } = op.schema
  const what = partitionOf
    ? `partition of ${partitionOf.table}, ${boundClause(partitionOf.bound).text}`
    : counted(op.schema)
  const more = [
    ...(inherits && inherits.length > 0 ? [`inherits ${inherits.map(({ table }) => table).join(', ')}`] : []),
    ...(partitionBy ? [`partitioned ${shownPartitionBy(partitionBy)}`] : []),
  ]
  return `Create table '${shown(op)}' (${[what, ...more].join(', ')})`
}

const rewrites = ({ from, to, ...op }: AlterTable): readonly Risk[] =>
  (['unlogged', 'accessMethod', 'tablespace'] as const).some((field) => !sameData(from[field], to[field]))
    ? [
        {
          level: 'blocking',
          code: 'REWRITES_TABLE',
          reason: `Table '${shown(op)}' is rewritten; reads and writes wait.`,
        },
      ]
    : []

export const tableOperations: {
  readonly [T in TableOperation['type']]: OperationSpec<Extract<TableOperation, { type: T }>>
} = {
  create_table: {
    describe: describeCreate,
    sql: createSql,
    inverse: (op) => [{ type: 'drop_table', schemaName: op.schemaName, tableName: op.tableName, was: op.schema }],
    locks: (op) => locksOf(op.schema),
  },
  alter_table: {
    describe: describeAlter,
    sql: alterSql,
    risks: rewrites,
    inverse: (op) => [{ ...op, from: op.to, to: op.from }],
  },
  rename_table: {
    describe: (op) => `Rename table '${shown(op)}' to '${op.newName}'`,
    sql: (op) => sql`alter table ${nameOf(op)} rename to ${id(op.newName)}`,
    inverse: (op) => [
      { type: 'rename_table', schemaName: op.schemaName, tableName: op.newName, newName: op.tableName },
    ],
  },
  drop_table: {
    describe: (op) => `Drop table '${shown(op)}'`,
    sql: ({ detached, ...op }) => [
      ...(detached
        ? [sql`alter table ${qualified(detached.schemaName, detached.table)} detach partition ${nameOf(op)}`]
        : []),
      sql`drop table ${nameOf(op)}`,
    ],
    risks: (op) =>
      op.rowsStay
        ? []
        : [
            {
              level: 'data-loss',
              code: 'DROPS_TABLE',
              reason: `All rows of '${shown(op)}' are lost.`,
              measure: sql`select count(*) as rows from ${nameOf(op)}`,
            },
          ],
    inverse: (op) => [{ type: 'create_table', schemaName: op.schemaName, tableName: op.tableName, schema: op.was }],
    locks: (op) => locksOf(op.was) + 4,
  },
}
