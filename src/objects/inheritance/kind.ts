// What ties a table to a parent: it is a partition of it, or inherits from it. Tables are made with it; afterwards it is attached and detached.
import { display, type ObjectId } from '../../engine/identity.js'
import type { Expression, ObjectKind, OperationBase, Side } from '../../engine/kind.js'
import { differing } from '../../engine/walk.js'
import { id, literal, qualified, type Sql, sql } from '../../sql/sql.js'
import { boundClause, sameBound } from '../partition-bound.js'
import { heirsOf, inheritanceId, inheritanceKind, locksTable, plainTable, type TableName, tieOf } from '../relations.js'

export interface Inheritance {
  /** The partition or child. */
  readonly schemaName: string
  readonly table: string
  /** The parent's name. */
  readonly name: string
  /** The parent. */
  readonly on: ObjectId
  /** A partition's bound, as PostgreSQL writes it; null for a child. */
  readonly bound: string | null
  /** The parents before it, where there are several. */
  readonly after?: readonly TableName[]
  /** A key of the partition serves as what an index of the parent has there: it is there before they are tied. */
  readonly keyed?: true
}

interface OfChild extends OperationBase {
  readonly schemaName: string
  readonly tableName: string
  readonly parent: TableName
}
export interface AttachPartition extends OfChild {
  readonly type: 'attach_partition'
  readonly bound: string
  /** Columns of the parent, made in the same plan, that go on counting behind the partition's highest values. */
  readonly counted?: readonly string[]
}
export interface DetachPartition extends OfChild {
  readonly type: 'detach_partition'
  readonly bound: string
}
export interface AddParent extends OfChild {
  readonly type: 'add_parent'
}
export interface RemoveParent extends OfChild {
  readonly type: 'remove_parent'
}
export type InheritanceOperation = AttachPartition | DetachPartition | AddParent | RemoveParent

export interface InheritanceRow {
  schema_name: string
  table_name: string
  parent_schema: string
  parent_name: string
  bound: string | null
  after: string
  keyed: string
}

const parentOf = ({ on, name }: Inheritance): TableName => ({ schemaName: on.schemaName ?? '', table: name })
const childOf = ({ schemaName, table }: Inheritance): TableName => ({ schemaName, table })
const of = (object: Inheritance) => ({
  schemaName: object.schemaName,
  tableName: object.table,
  parent: parentOf(object),
})
const child = (op: OfChild): Sql => qualified(op.schemaName, op.tableName)
const parent = (op: OfChild): Sql => qualified(op.parent.schemaName, op.parent.table)
const shown = (schemaName: string, name: string): string => display({ schemaName, name })
const names = (op: OfChild) => ({
  child: shown(op.schemaName, op.tableName),
  parent: shown(op.parent.schemaName, op.parent.table),
})

const parentName = (parent: TableName): string => `${parent.schemaName}\0${parent.table}`
const room = (parent: ObjectId, how: 'left' | 'moved' | 'made') => ({
  space: 'key',
  schemaName: parent.schemaName,
  table: parent.name,
  name: `\0room ${how}`,
})

const attach = (object: Inheritance, counted: readonly string[] = []): InheritanceOperation =>
  object.bound === null
    ? { type: 'add_parent', ...of(object) }
    : { type: 'attach_partition', ...of(object), bound: object.bound, ...(counted.length > 0 ? { counted } : {}) }

/** The partition has rows already, and the parent is new. */
function countedBefore(object: Inheritance, side: Side, before: Side | undefined): readonly string[] {
  const table = (one: TableName) => ({ kind: 'table', schemaName: one.schemaName, name: one.table })
  if (!before?.get(table(childOf(object))) || before.get(object.on)) return []
  return side.children(object.on).flatMap(({ id, object: part }) => {
    const column = part as { readonly identity?: object | null; readonly default?: Expression | null }
    return column.identity || column.default?.expression.startsWith('nextval(') ? [id.name] : []
  })
}

const countOn = (op: AttachPartition, column: string): Sql => {
  const sequence = sql`pg_catalog.pg_get_serial_sequence(${literal(parent(op).text)}, ${literal(column)})::pg_catalog.regclass`
  const highest = sql`max(${id(column)})`
  return sql`select pg_catalog.setval(${sequence}, ${highest}) from ${child(op)} having ${highest} > coalesce(pg_catalog.pg_sequence_last_value(${sequence}), 0)`
}
const detach = (object: Inheritance): InheritanceOperation =>
  object.bound === null
    ? { type: 'remove_parent', ...of(object) }
    : { type: 'detach_partition', ...of(object), bound: object.bound }

export const inheritance: ObjectKind<Inheritance, InheritanceOperation, InheritanceRow> = {
  name: inheritanceKind,
  partOfTable: true,
  ties: true,
  letsGo: true,
  identify: (object) => inheritanceId(childOf(object), parentOf(object)),
  names: ({ schemaName, table, name, bound, on }) => [
    { space: 'parent', schemaName, table, name: parentName({ schemaName: on.schemaName ?? '', table: name }) },
    // Bounds must not overlap: partitions go before bounds change, and others come after that.
    ...(bound === null ? [] : [room(on, 'left'), room(on, 'made')]),
  ],
  alterNames: ({ on, bound }) =>
    bound === null
      ? { takes: [], leaves: [] }
      : { takes: [room(on, 'left')], leaves: [room(on, 'made')], between: [room(on, 'moved')] },
  mentionedAs: (object) => [heirsOf(parentOf(object)), tieOf(childOf(object))],
  bornWith: ({ schemaName, table }) => ({ space: 'relation', schemaName, name: table }),
  madeApart: ({ keyed }) => keyed === true,
  diesWith: ({ schemaName, table }) => [{ space: 'relation', schemaName, name: table }],
  dependsOn: ({ schemaName, table, after = [] }) =>
    after.slice(-1).map((before) => ({
      ref: { space: 'parent', schemaName, table, name: parentName(before) },
      strength: 'needs',
    })),
  declare: (model) =>
    model.tables
      .filter((table) => table.managed)
      .flatMap((table) =>
        (table.parents ?? []).map((one, index) => ({
          schemaName: table.schemaName,
          table: table.name,
          name: one.table,
          on: { kind: 'table', schemaName: one.schemaName, name: one.table },
          bound: one.bound ?? null,
          after: (table.parents ?? [])
            .slice(0, index)
            .map(({ schemaName, table: parent }) => ({ schemaName, table: parent })),
          source: table.source,
        })),
      ),
  catalog: {
    occurs: () => sql`exists (select from pg_inherits)`,
    query: (_server, schemas) => sql`
      select n.nspname as schema_name, c.relname as table_name, pn.nspname as parent_schema, p.relname as parent_name,
        case when c.relispartition then pg_get_expr(c.relpartbound, c.oid) end as bound,
        (select coalesce(json_agg(json_build_object('schemaName', bn.nspname, 'table', b.relname) order by e.inhseqno), '[]') from pg_inherits e join pg_class b on b.oid = e.inhparent join pg_namespace bn on bn.oid = b.relnamespace where e.inhrelid = c.oid and e.inhseqno < h.inhseqno) as after,
        exists (select from pg_constraint k join pg_class i on i.oid = k.conindid where k.conrelid = c.oid and k.contype in ('p', 'u', 'x') and k.conparentid = 0 and i.relispartition) as keyed, '' as addresses
      from pg_inherits h join pg_class c on c.oid = h.inhrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_class p on p.oid = h.inhparent join pg_namespace pn on pn.oid = p.relnamespace
      where n.nspname = any(${schemas}) and ${plainTable('c')} and p.relkind in ('r', 'p')
      order by 1, 2, h.inhseqno`,
    read: (row) => ({
      schemaName: row.schema_name,
      table: row.table_name,
      name: row.parent_name,
      on: { kind: 'table', schemaName: row.parent_schema, name: row.parent_name },
      bound: row.bound,
      after: JSON.parse(row.after) as readonly TableName[],
      ...(row.keyed === 't' ? { keyed: true } : {}),
    }),
  },
  differences: (current, desired) =>
    differing(current, desired, ['bound', 'after']).filter(
      (field) =>
        field !== 'bound' ||
        current.bound === null ||
        desired.bound === null ||
        !sameBound(current.bound, desired.bound),
    ),
  create: (object, side, before) => [attach(object, countedBefore(object, side, before))],
  // Nothing comes in between that changes the parent; a parent that is added again comes last.
  disturbs: (_current, _desired, changed) => changed.includes('bound'),
  alter: (current, desired) => [detach(current), attach(desired)],
  drop: detach,
  survive: () => 'untouched',
  operations: {
    attach_partition: {
      describe: (op) =>
        `Attach '${names(op).child}' to '${names(op).parent}' as the partition ${boundClause(op.bound).text}`,
      sql: (op) => [
        sql`alter table ${parent(op)} attach partition ${child(op)} ${boundClause(op.bound)}`,
        ...(op.counted ?? []).map((column) => countOn(op, column)),
      ],
      risks: (op) => [
        locksTable(op.tableName),
        {
          level: 'may-fail',
          code: 'ATTACHES_PARTITION',
          reason: `Rows of '${names(op).child}' outside of ${boundClause(op.bound).text} stop the migration, and rows of a default partition that belong there.`,
          measure: sql`select count(*) as rows from ${child(op)}`,
        },
      ],
      inverse: (op) => [{ ...op, type: 'detach_partition' }],
    },
    detach_partition: {
      describe: (op) => `Detach partition '${names(op).child}' from '${names(op).parent}'`,
      sql: (op) => sql`alter table ${parent(op)} detach partition ${child(op)}`,
      risks: (op) => [locksTable(op.parent.table)],
      inverse: (op) => [{ ...op, type: 'attach_partition' }],
    },
    add_parent: {
      describe: (op) => `Let '${names(op).child}' inherit from '${names(op).parent}'`,
      sql: (op) => sql`alter table ${child(op)} inherit ${parent(op)}`,
      risks: (op) => [locksTable(op.tableName)],
      inverse: (op) => [{ ...op, type: 'remove_parent' }],
    },
    remove_parent: {
      describe: (op) => `Let '${names(op).child}' no longer inherit from '${names(op).parent}'`,
      sql: (op) => sql`alter table ${child(op)} no inherit ${parent(op)}`,
      risks: (op) => [locksTable(op.tableName)],
      inverse: (op) => [{ ...op, type: 'add_parent' }],
    },
  },
}
