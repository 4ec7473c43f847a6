// The composite type that a table is made of. It is tied after the table has its columns, and let go of before these or the type change.
import { display } from '../../engine/identity.js'
import type { ObjectKind, OperationBase, Side } from '../../engine/kind.js'
import { differing } from '../../engine/walk.js'
import { PlanError } from '../../errors.js'
import { qualified, sql } from '../../sql/sql.js'
import { plainTable } from '../relations.js'

export interface TypeOfTable {
  readonly schemaName: string
  readonly typeName: string
}

export interface TableType {
  readonly schemaName: string
  readonly table: string
  readonly name: string
  readonly type: TypeOfTable
  /** Those of the table, which are the type's, in its order. */
  readonly columns: readonly string[]
}

export interface SetTableType extends OperationBase {
  readonly type: 'set_table_type'
  readonly schemaName: string
  readonly tableName: string
  /** null: the table is of no type. */
  readonly tableType: TypeOfTable | null
  readonly was: TypeOfTable | null
}

export interface TableTypeRow {
  schema_name: string
  table_name: string
  type_schema: string
  type_name: string
  columns: string
}

const set = (object: TableType, tableType: TypeOfTable | null, was: TypeOfTable | null): SetTableType => ({
  type: 'set_table_type',
  schemaName: object.schemaName,
  tableName: object.table,
  tableType,
  was,
})
const short = (schemaName: string, name: string): string => display({ schemaName, name })
const columnOf = ({ schemaName, table }: TableType, name: string) => ({ space: 'column', schemaName, table, name })

/** @throws PlanError COLUMN_ORDER: PostgreSQL takes a table whose columns stand as the type's do, and new ones come last. */
function refuseOtherOrder(object: TableType, before: Side | undefined): void {
  const table = before?.find({ space: 'relation', schemaName: object.schemaName, name: object.table })
  const there = !before || !table ? [] : before.children(table).map(({ id }) => id.name)
  const kept = there.filter((name, index) => before?.find(columnOf(object, name)) && there.indexOf(name) === index)
  if (kept.every((name, index) => name === object.columns[index])) return
  const { schemaName, table: tableName, type } = object
  throw new PlanError(
    'COLUMN_ORDER',
    `Table '${short(schemaName, tableName)}' cannot become one of type '${short(type.schemaName, type.typeName)}': its columns stand in another order (${kept.join(', ')}) than the attributes of the type (${object.columns.join(', ')}).`,
    {
      hint: 'Add attributes at the end of the type, or move the rows to a new table yourself.',
      details: { schemaName, tableName },
    },
  )
}

export const tableTypes: ObjectKind<TableType, SetTableType, TableTypeRow> = {
  name: 'table-type',
  partOfTable: true,
  ties: true,
  identify: ({ schemaName, table }) => ({ kind: 'table-type', schemaName, table, name: 'type' }),
  diesWith: ({ schemaName, table }) => [{ space: 'relation', schemaName, name: table }],
  dependsOn: (object) => [
    { ref: { space: 'type', schemaName: object.type.schemaName, name: object.type.typeName }, strength: 'needs' },
    ...object.columns.map((name) => ({ ref: columnOf(object, name), strength: 'needs' as const })),
  ],
  declare: () => [],
  catalog: {
    occurs: () => sql`exists (select from pg_class where reloftype <> 0)`,
    query: (_server, schemas) => sql`
      select n.nspname as schema_name, c.relname as table_name, tn.nspname as type_schema, t.typname as type_name, '1259:' || c.oid || ':-1' as addresses,
        (select coalesce(json_agg(a.attname order by a.attnum), '[]') from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
      from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_type t on t.oid = c.reloftype join pg_namespace tn on tn.oid = t.typnamespace
      where n.nspname = any(${schemas}) and ${plainTable('c')} order by 1, 2`,
    read: (row) => ({
      schemaName: row.schema_name,
      table: row.table_name,
      name: 'type',
      type: { schemaName: row.type_schema, typeName: row.type_name },
      columns: JSON.parse(row.columns) as readonly string[],
    }),
  },
  differences: (current, desired) => differing(current, desired, ['type', 'columns']),
  create: (object, _side, before) => {
    refuseOtherOrder(object, before)
    return [set(object, object.type, null)]
  },
  alter: () => 'recreate',
  drop: (object) => set(object, null, object.type),
  operations: {
    set_table_type: {
      describe: (op) => {
        const table = short(op.schemaName, op.tableName)
        return op.tableType === null
          ? `Let table '${table}' no longer be of type '${short(op.was?.schemaName ?? '', op.was?.typeName ?? '')}'`
          : `Make table '${table}' one of type '${short(op.tableType.schemaName, op.tableType.typeName)}'`
      },
      sql: (op) =>
        op.tableType === null
          ? sql`alter table ${qualified(op.schemaName, op.tableName)} not of`
          : sql`alter table ${qualified(op.schemaName, op.tableName)} of ${qualified(op.tableType.schemaName, op.tableType.typeName)}`,
      inverse: ({ tableType, was, ...op }) => [{ ...op, tableType: was, was: tableType }],
    },
  },
}
