// Which relations are plain tables of ours to read: the one condition that tables and everything on a table share.
import { raw, type Sql, sql } from '../sql/sql.js'

/**
 * A condition on `pg_class c`: an ordinary table, no partition, no inheritance, not an extension's.
 * @example where ${plainTable('c')}
 */
export function plainTable(alias: string): Sql {
  const c = raw(alias)
  return sql`${c}.relkind = 'r' and not ${c}.relispartition and ${c}.relpersistence <> 't'
    and not exists (select from pg_inherits h where h.inhrelid = ${c}.oid or h.inhparent = ${c}.oid)
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

/** Blocking behaviour that several kinds warn of with the same words. */
export const locksTable = (table: string) =>
  ({
    level: 'blocking',
    code: 'LOCKS_TABLE',
    reason: `Reads and writes of '${table}' wait while this runs (ACCESS EXCLUSIVE).`,
  }) as const
