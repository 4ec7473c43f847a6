// Ordinary tables. A table is created with its columns, primary key, unique and check constraints; foreign keys and indexes come after it.
import type { ObjectKind, OperationBase, Side } from '../../engine/kind.js'
import { differing } from '../../engine/walk.js'
import { id, join, qualified, sql } from '../../sql/sql.js'
import { type Column, type ColumnConfig, columnClause, columnKind, configOf } from '../columns/column.js'
import {
  type Constraint,
  type ConstraintConfig,
  constraintClause,
  constraintConfigOf,
  constraintKind,
} from '../constraints/constraint.js'
import { plainTable } from '../relations.js'

export interface Table {
  readonly schemaName: string
  readonly name: string
  readonly unlogged?: boolean
  readonly renamedFrom?: string
}

/** What create_table makes in one statement. */
export interface TableSchema {
  readonly unlogged?: boolean
  readonly columns: readonly ({ readonly name: string } & ColumnConfig)[]
  readonly constraints: readonly ConstraintConfig[]
}

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
}
export type TableOperation = CreateTable | AlterTable | RenameTable | DropTable

const of = ({ schemaName, name }: Table) => ({ schemaName, tableName: name })
const nameOf = (op: OfTable) => qualified(op.schemaName, op.tableName)
const shown = (op: OfTable) => (op.schemaName === 'public' ? op.tableName : `${op.schemaName}.${op.tableName}`)
const idOf = (table: Table) => ({ kind: 'table', schemaName: table.schemaName, name: table.name })

/** The table, its toast table and that one's index, an index per key. */
const locksOf = (schema: TableSchema): number =>
  3 + schema.constraints.filter((constraint) => constraint.expression === undefined).length

function schemaOf(table: Table, side: Side): TableSchema {
  const children = side.children(idOf(table))
  const columns = children.filter(({ id }) => id.kind === columnKind).map(({ object }) => object as Column)
  const constraints = children.filter(({ id }) => id.kind === constraintKind).map(({ object }) => object as Constraint)
  return {
    ...(table.unlogged ? { unlogged: true } : {}),
    columns: columns.map((column) => ({ name: column.name, ...configOf(column) })),
    constraints: constraints.map(constraintConfigOf),
  }
}

export const tables: ObjectKind<Table, TableOperation, { schema_name: string; name: string; unlogged: string }> = {
  name: 'table',
  identify: idOf,
  names: (table) => [
    { space: 'relation', schemaName: table.schemaName, name: table.name },
    { space: 'type', schemaName: table.schemaName, name: table.name },
  ],
  address: (table) => sql`table ${qualified(table.schemaName, table.name)}`,
  declare: (model) =>
    model.tables
      .filter((table) => table.managed)
      .map((table) => ({
        schemaName: table.schemaName,
        name: table.name,
        renamedFrom: table.renamedFrom,
        source: table.source,
      })),
  catalog: {
    query: (_server, schemas) => sql`
      select n.nspname as schema_name, c.relname as name, c.relpersistence = 'u' as unlogged,
        '1259:' || c.oid || ':0,1247:' || c.reltype || ':0' as addresses
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = any(${schemas}) and ${plainTable('c')} order by 1, 2`,
    read: (row) => ({ schemaName: row.schema_name, name: row.name, unlogged: row.unlogged === 't' }),
  },
  differences: (current, desired) => differing(current, desired, ['unlogged']),
  create: (table, side) => [{ type: 'create_table', ...of(table), schema: schemaOf(table, side) }],
  alter: (from, to) => [{ type: 'alter_table', ...of(to), from, to }],
  rename: (current, desired) => ({ type: 'rename_table', ...of(current), newName: desired.name }),
  drop: (table, side) => ({ type: 'drop_table', ...of(table), was: schemaOf(table, side) }),
  survive: () => 'untouched',
  bare: (table) => ({ schemaName: table.schemaName, name: table.name }),
  operations: {
    create_table: {
      describe: (op) =>
        `Create table '${shown(op)}' (${op.schema.columns.length === 1 ? '1 column' : `${op.schema.columns.length} columns`})`,
      sql: (op, server) => {
        const parts = [
          ...op.schema.columns.map((column) => columnClause(column.name, column)),
          ...op.schema.constraints.map((constraint) => constraintClause(constraint, server)),
        ]
        const head = op.schema.unlogged ? sql`create unlogged table` : sql`create table`
        return parts.length === 0
          ? sql`${head} ${nameOf(op)} ()`
          : sql`${head} ${nameOf(op)} (
  ${join(parts, ',\n  ')}
)`
      },
      inverse: (op) => [{ type: 'drop_table', schemaName: op.schemaName, tableName: op.tableName, was: op.schema }],
      locks: (op) => locksOf(op.schema),
    },
    alter_table: {
      describe: (op) => `Make table '${shown(op)}' ${op.to.unlogged ? 'unlogged' : 'logged'}`,
      sql: (op) =>
        op.to.unlogged ? sql`alter table ${nameOf(op)} set unlogged` : sql`alter table ${nameOf(op)} set logged`,
      risks: (op) => [
        {
          level: 'blocking',
          code: 'REWRITES_TABLE',
          reason: `Table '${shown(op)}' is rewritten; reads and writes wait.`,
        },
      ],
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
      sql: (op) => sql`drop table ${nameOf(op)}`,
      risks: (op) => [
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
  },
}
