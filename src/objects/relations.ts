// Which relations are tables of ours to read: the one condition that tables and everything on a table share; and who inherits from whom.
import type { Name, ObjectId } from '../engine/identity.js'
import type { PlannedSoFar, Side } from '../engine/kind.js'
import { qualified, raw, type Sql, sql } from '../sql/sql.js'

/**
 * A condition on `pg_class c`: an ordinary or partitioned table, a partition, an inheritance child, a typed one; not an extension's.
 * @example where ${plainTable('c')}
 */
export function plainTable(alias: string): Sql {
  const c = raw(alias)
  return sql`${c}.relkind in ('r', 'p') and ${c}.relpersistence <> 't'
    and not exists (select from pg_depend e where e.classid = 1259 and e.objid = ${c}.oid and e.objsubid = 0 and e.deptype = 'e')`
}

/**
 * A condition on `pg_class c`: what of ours may have indexes, a table or a materialized view.
 * @example where ${indexedRelation('c')}
 */
export function indexedRelation(alias: string): Sql {
  return sql`(${plainTable(alias)} or ${materializedView(alias)})`
}

/** A condition on `pg_class c`: a materialized view that is not an extension's. */
export function materializedView(alias: string): Sql {
  const c = raw(alias)
  return sql`(${c}.relkind = 'm' and not exists (select from pg_depend e where e.classid = 1259 and e.objid = ${c}.oid and e.objsubid = 0 and e.deptype = 'e'))`
}

export interface TableName {
  readonly schemaName: string
  readonly table: string
}

export const inheritanceKind = 'inheritance'
export const foreignKeyKind = 'foreign-key'

/** The id of what ties a partition or child to its parent. */
export const inheritanceId = (child: TableName, parent: TableName): ObjectId => ({
  kind: inheritanceKind,
  schemaName: child.schemaName,
  table: child.table,
  name: parent.table,
  arguments: parent.schemaName,
})

/** By this name all partitions and children of a table are found. */
export const heirsOf = ({ schemaName, table }: TableName): Name => ({ space: 'heir', schemaName, name: table })

/** What ties a table to its parents. */
export const tieOf = ({ schemaName, table }: TableName): Name => ({ space: 'tie', schemaName, name: table })

/** Those that have the columns of a table. */
export const belowOf = (table: TableName, side: Side): readonly TableName[] =>
  side.meant(heirsOf(table)).flatMap(({ id: { schemaName = '', table: child = '' } }) => {
    const heir = { schemaName, table: child }
    return [heir, ...belowOf(heir, side)]
  })

/** Its columns cannot be nullable while the index of a replica identity is on them. */
export const rowIdentity = ({ schemaName, table }: TableName): Name => ({
  space: 'row identity',
  schemaName,
  name: table,
})

/** The parents of `pg_class c`, to which what it has from them is tied, as JSON. */
export const tiedTo = (alias: string): Sql =>
  sql`(select json_agg(json_build_array(hn.nspname, hc.relname)) from pg_inherits h join pg_class hc on hc.oid = h.inhparent join pg_namespace hn on hn.oid = hc.relnamespace where h.inhrelid = ${raw(alias)}.oid)`

/** The index of a parent's to which the index `pg_class i` of a partition belongs, as JSON. */
export const partOf = (alias: string): Sql =>
  sql`(select json_build_array(pn.nspname, pc.relname) from pg_inherits h join pg_class pc on pc.oid = h.inhparent join pg_namespace pn on pn.oid = pc.relnamespace where h.inhrelid = ${raw(alias)}.oid)`

/** The indexes of partitions that belong to the index `pg_class i`, as JSON. */
export const attachedTo = (alias: string): Sql =>
  sql`(select coalesce(json_agg(json_build_object('schemaName', an.nspname, 'table', ac.relname) order by an.nspname, ac.relname), '[]') from pg_inherits h join pg_class ac on ac.oid = h.inhrelid join pg_namespace an on an.oid = ac.relnamespace where h.inhparent = ${raw(alias)}.oid)`

/** An index of a partition comes to belong to the one of the partitioned table. */
export const attachIndexSql = (whole: { readonly schemaName: string; readonly name: string }, part: TableName): Sql =>
  sql`alter index ${qualified(whole.schemaName, whole.name)} attach partition ${qualified(part.schemaName, part.table)}`

/** Blocking behaviour that several kinds warn of with the same words. */
export const locksTable = (table: string) =>
  ({
    level: 'blocking',
    code: 'LOCKS_TABLE',
    reason: `Reads and writes of '${table}' wait while this runs (ACCESS EXCLUSIVE).`,
  }) as const

/** PostgreSQL takes no storage parameters for an index on such a table in place: it only stands for those of the partitions. */
export function isPartitioned(
  { schemaName, table }: { readonly schemaName: string; readonly table: string },
  side: Side,
): boolean {
  const relation = side.find({ space: 'relation', schemaName, name: table })
  return (relation && side.get<{ readonly partitionBy?: unknown }>(relation)?.partitionBy) != null
}

/** PostgreSQL makes an index anew whose column changes its type, but not under foreign keys that rest on it without that column. */
export const includedUnderKeys = (
  index: ObjectId,
  include: readonly string[],
  changed: readonly Name[],
  plan: PlannedSoFar,
): boolean =>
  changed.some(
    ({ space, schemaName, table, name }) =>
      space === 'column' && schemaName === index.schemaName && table === index.table && include.includes(name),
  ) && plan.dependents(index).some(({ id }) => id.kind === foreignKeyKind)
