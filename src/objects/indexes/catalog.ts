// Indexes as the catalog has them: of tables and of materialized views, those of constraints left out.
import type { Server } from '../../engine/kind.js'
import { type Sql, sql } from '../../sql/sql.js'
import { keysQuery, readKeys } from '../index-keys.js'
import { attachedTo, indexedRelation, partOf, type TableName, tiedTo } from '../relations.js'
import { readStorage, storageQuery } from '../storage-parameters.js'
import type { Index } from './operations.js'

export interface IndexRow {
  schema_name: string
  table_name: string
  name: string
  keys: string
  include: string
  unique: string
  method: string
  predicate: string | null
  nulls_not_distinct: string
  valid: string
  partitioned: string
  storage: string
  tablespace: string | null
  statistics: string
  attached: string | null
  backing: string
}

/** The indexes that a partitioned one has on its partitions are the same object. */
export function indexesQuery(server: Server, schemas: Sql): Sql {
  return sql`
    with recursive part(root, oid) as (
      select h.inhparent, h.inhrelid from pg_inherits h join pg_class p on p.oid = h.inhparent where p.relkind = 'I'
      union all select part.root, h.inhrelid from part join pg_inherits h on h.inhparent = part.oid
    ), parts as (select root, string_agg(',1259:' || oid || ':0', '') as addresses from part group by root)
    select n.nspname as schema_name, c.relname as table_name, ic.relname as name, ${keysQuery(undefined)} as keys,
      case when i.indnatts = i.indnkeyatts then '[]' else (select json_agg(a.attname order by p.ord) from unnest(i.indkey::int2[]) with ordinality p(num, ord) join pg_attribute a on a.attrelid = i.indrelid and a.attnum = p.num where p.ord > i.indnkeyatts) end as include,
      i.indisunique as unique, am.amname as method, pg_get_expr(i.indpred, i.indrelid) as predicate,
      ${server.version >= 150000 ? sql`i.indnullsnotdistinct` : sql`false`} as nulls_not_distinct, i.indisvalid as valid, ic.relkind = 'I' as partitioned,
      ${storageQuery('ic.reloptions')} as storage, ts.spcname as tablespace,
      coalesce((select json_object_agg(a.attnum, a.attstattarget order by a.attnum) from pg_attribute a where i.indexprs is not null and a.attrelid = ic.oid and a.attstattarget >= 0), '{}') as statistics,
      ic.relkind = 'I' and exists (select from part join pg_constraint k on k.conindid = part.oid where part.root = ic.oid and k.contype in ('p', 'u', 'x')) as backing,
      case when ic.relkind = 'I' and not i.indisvalid then ${attachedTo('ic')} end as attached,
      case when ic.relispartition then ${tiedTo('c')} end as tied_to, case when ic.relispartition then ${partOf('ic')} end as part_of,
      '1259:' || ic.oid || ':0' || coalesce(parts.addresses, '') as addresses
    from pg_index i join pg_class ic on ic.oid = i.indexrelid join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace join pg_am am on am.oid = ic.relam
    left join pg_tablespace ts on ts.oid = ic.reltablespace left join parts on parts.root = ic.oid
    where n.nspname = any(${schemas}) and ${indexedRelation('c')}
      and not exists (select from pg_constraint x where x.conindid = i.indexrelid and x.contype in ('p', 'u', 'x'))
    order by 1, 2, 3`
}

export function readIndex(row: IndexRow): Index {
  const partitioned = row.partitioned === 't'
  return {
    schemaName: row.schema_name,
    table: row.table_name,
    name: row.name,
    keys: readKeys(row.keys),
    include: JSON.parse(row.include) as string[],
    unique: row.unique === 't',
    method: row.method,
    where: row.predicate === null ? null : { expression: row.predicate },
    nullsNotDistinct: row.nulls_not_distinct === 't',
    storage: readStorage(row.storage),
    tablespace: row.tablespace,
    statistics: JSON.parse(row.statistics) as Record<string, number>,
    only: partitioned && row.valid === 'f',
    attached: row.attached === null ? [] : (JSON.parse(row.attached) as TableName[]),
    ...(partitioned ? { partitioned } : {}),
    valid: partitioned || row.valid === 't',
    ...(row.backing === 't' ? { backing: true } : {}),
  }
}
