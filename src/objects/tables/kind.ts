// Tables, partitioned and partitions too. A table is created with its columns, parents, primary key, unique and check constraints; foreign keys and indexes come after it.
import type { Name } from '../../engine/identity.js'
import type { ObjectKind, SchemaObject, Side } from '../../engine/kind.js'
import { differing } from '../../engine/walk.js'
import { qualified, sql } from '../../sql/sql.js'
import { type Column, columnKind, configOf } from '../columns/column.js'
import { besideParents, overrideOf } from '../columns/inherited.js'
import { type Constraint, constraintConfigOf, constraintKind } from '../constraints/constraint.js'
import { foreignKeyKind, heirsOf, inheritanceKind, type TableName } from '../relations.js'
import { readTable, type TableRow, tableQuery } from './catalog.js'
import { declaredTable } from './declared.js'
import { type TableOperation, tableFields, tableOperations } from './operations.js'
import { ownFields, type Table, type TableSchema } from './table.js'

const of = ({ schemaName, name }: Table) => ({ schemaName, tableName: name })
const idOf = (table: Table) => ({ kind: 'table', schemaName: table.schemaName, name: table.name })

interface Parent {
  readonly name: string
  readonly on: { readonly schemaName?: string }
  readonly bound: string | null
  readonly after?: readonly unknown[]
}

const childrenOf = <T>(table: Table, side: Side, kind: string): readonly T[] =>
  side
    .children(idOf(table))
    .filter(({ id }) => id.kind === kind)
    .map(({ object }) => object as T)

function parentsOf(table: Table, side: Side): Pick<TableSchema, 'inherits' | 'partitionOf'> {
  const parents = childrenOf<Parent>(table, side, inheritanceKind)
    .map(({ name, on, bound, after }) => ({ schemaName: on.schemaName ?? '', table: name, bound, after }))
    .sort((a, b) => (a.after?.length ?? 0) - (b.after?.length ?? 0))
  const [first] = parents
  if (first === undefined) return {}
  const { schemaName, table: parent, bound } = first
  if (bound !== null) return { partitionOf: { schemaName, table: parent, bound } }
  return { inherits: parents.map((one) => ({ schemaName: one.schemaName, table: one.table })) }
}

function schemaOf(table: Table, side: Side): TableSchema {
  const parents = parentsOf(table, side)
  const inherits = parents.inherits !== undefined || parents.partitionOf !== undefined
  const all = childrenOf<Column>(table, side, columnKind)
  const own = (column: Column) =>
    !inherits || !column.inherited || (column.inherited.local && parents.partitionOf === undefined)
  const overrides = all.flatMap((column) => overrideOf(column, side))
  return {
    ...ownFields(table),
    ...parents,
    columns: all.filter(own).map((column) => ({ name: column.name, ...configOf(besideParents(column, side)) })),
    constraints: childrenOf<Constraint>(table, side, constraintKind).map(constraintConfigOf),
    ...(overrides.length > 0 ? { overrides } : {}),
  }
}

/** Columns of the partition key; for an expression those whose names stand in it. */
function keyColumns(table: Table, side: Side): readonly Name[] {
  const { schemaName, name } = table
  const keys = table.partitionBy?.keys ?? []
  if (keys.length === 0) return []
  return childrenOf<Column>(table, side, columnKind)
    .filter((column) => keys.some((key) => key.column === column.name || key.value?.expression.includes(column.name)))
    .map((column) => ({ space: 'column', schemaName, table: name, name: column.name }))
}

type Reference = TableName & SchemaObject & { readonly references: TableName }
const references = (side: Side): readonly Reference[] => side.all(foreignKeyKind) as readonly Reference[]

/** PostgreSQL drops no partition of a table that a foreign key leads to, before it is detached. */
function isReferenced(parent: TableName, side: Side): boolean {
  if (references(side).some(({ references: to }) => to.table === parent.table && to.schemaName === parent.schemaName))
    return true
  const own = side.get<Table>(idOf({ schemaName: parent.schemaName, name: parent.table }))
  const above = own && parentsOf(own, side).partitionOf
  return above !== undefined && isReferenced(above, side)
}

/**
 * A partitioned table that is made again has no rows of its own: they stay where all of its partitions do. One that goes for good may
 * take along partitions in schemas that nobody has read.
 */
function rowsStay(table: Table, side: Side, target: Side): boolean {
  const { schemaName, name } = table
  return (
    table.partitionBy !== null &&
    table.partitionBy !== undefined &&
    target.get(idOf(table)) !== undefined &&
    side
      .meant(heirsOf({ schemaName, table: name }))
      .every(
        ({ id: tie }) => target.get(idOf({ schemaName: tie.schemaName ?? '', name: tie.table ?? '' })) !== undefined,
      )
  )
}

function dropOf(table: Table, side: Side, target: Side): TableOperation {
  const was = schemaOf(table, side)
  const { schemaName, table: parent } = was.partitionOf ?? {}
  const detached =
    schemaName !== undefined && parent !== undefined && isReferenced({ schemaName, table: parent }, side)
      ? { detached: { schemaName, table: parent } }
      : {}
  const kept = rowsStay(table, side, target) ? { rowsStay: true as const } : {}
  return { type: 'drop_table', ...of(table), was, ...detached, ...kept }
}

/** Who is logged refers to nobody who is not: a table is made logged after those that it refers to, unlogged before them. */
function persistenceNames(table: Table, current: Table | undefined, side: Side) {
  if (table.unlogged === current?.unlogged) return { takes: [], leaves: [] }
  const own = { schemaName: table.schemaName, table: table.name }
  const name = (one: TableName) => ({
    space: 'key',
    ...one,
    name: table.unlogged ? '\0referrers unlogged' : '\0logged',
  })
  const others = references(side)
    .filter((key) => key.table === own.table && key.schemaName === own.schemaName)
    .filter(({ references: to }) => to.table !== own.table || to.schemaName !== own.schemaName)
    .map(({ references: { schemaName, table: to } }) => name({ schemaName, table: to }))
  return table.unlogged ? { takes: [name(own)], leaves: others } : { takes: others, leaves: [name(own)] }
}

export const tables: ObjectKind<Table, TableOperation, TableRow> = {
  name: 'table',
  identify: idOf,
  names: (table) => [
    { space: 'relation', schemaName: table.schemaName, name: table.name },
    { space: 'type', schemaName: table.schemaName, name: table.name },
  ],
  alterNames: persistenceNames,
  address: (table) => sql`table ${qualified(table.schemaName, table.name)}`,
  declare: (model) => model.tables.filter((table) => table.managed).map(declaredTable),
  catalog: { query: tableQuery, read: readTable },
  differences: (current, desired) => differing(current, desired, [...tableFields, 'partitionBy']),
  create: (table, side) => [{ type: 'create_table', ...of(table), schema: schemaOf(table, side) }],
  alter: (from, to, changed) =>
    changed.includes('partitionBy') ? 'recreate' : [{ type: 'alter_table', ...of(to), from, to }],
  fixes: keyColumns,
  rename: (current, desired) => ({ type: 'rename_table', ...of(current), newName: desired.name }),
  drop: dropOf,
  // The functions and collations of a partition key are never exchanged in place.
  survive: ({ partitionBy }, { names }) =>
    partitionBy && names.some(({ space }) => space === 'routine' || space === 'collation') ? 'recreate' : 'untouched',
  bare: (table) => ({ schemaName: table.schemaName, name: table.name }),
  operations: tableOperations,
}
