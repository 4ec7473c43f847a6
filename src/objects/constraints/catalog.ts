// Constraints as the catalog has them. What a table only inherits, and what a partition has of its parent, is not read.
import type { Server } from '../../engine/kind.js'
import { type Sql, sql } from '../../sql/sql.js'
import { keysQuery, readKeys } from '../index-keys.js'
import { attachedTo, partOf, plainTable, type TableName, tiedTo } from '../relations.js'
import { readStorage, storageQuery } from '../storage-parameters.js'
import type { Constraint } from './constraint.js'

export interface ConstraintRow {
  schema_name: string
  table_name: string
  name: string
  type: string
  columns: string
  include: string
  expression: string | null
  exclusion_keys: string | null
  method: string | null
  predicate: string | null
  nulls_not_distinct: string
  period: string
  deferrable: string
  deferred: string
  no_inherit: string
  validated: string
  enforced: string
  storage: string
  tablespace: string | null
  part_of: string | null
  by_itself: string
  only: string
  attached: string | null
}

const types: Readonly<Record<string, Constraint['type']>> = {
  p: 'primary key',
  u: 'unique',
  c: 'check',
  x: 'exclude',
}

/** Indexes and constraints of partitions that hang on those of the partitioned table are the same objects. */
export function constraintsQuery(server: Server, schemas: Sql): Sql {
  return sql`
    with recursive part(root, oid) as (
      select h.inhparent, h.inhrelid from pg_inherits h join pg_class p on p.oid = h.inhparent where p.relkind = 'I'
      union all select part.root, h.inhrelid from part join pg_inherits h on h.inhparent = part.oid
    ), parts as (
      select part.root, string_agg(',1259:' || part.oid || ':0' || coalesce(',2606:' || k.oid || ':0', ''), '') as addresses
      from part left join pg_constraint k on k.conindid = part.oid and k.contype in ('p', 'u', 'x') group by part.root
    )
    select n.nspname as schema_name, c.relname as table_name, k.conname as name, k.contype as type,
      case when k.contype = 'x' then '[]' else (select coalesce(json_agg(a.attname order by p.ord), '[]') from unnest(k.conkey) with ordinality p(num, ord) join pg_attribute a on a.attrelid = c.oid and a.attnum = p.num) end as columns,
      coalesce((select json_agg(a.attname order by p.ord) from unnest(i.indkey::int2[]) with ordinality p(num, ord) join pg_attribute a on a.attrelid = c.oid and a.attnum = p.num where p.ord > i.indnkeyatts), '[]') as include,
      case when k.contype = 'c' then pg_get_expr(k.conbin, k.conrelid) end as expression,
      case when k.contype = 'x' then ${keysQuery(sql`k.conexclop`)} end as exclusion_keys, am.amname as method, pg_get_expr(i.indpred, i.indrelid) as predicate,
      ${server.version >= 150000 ? sql`coalesce(i.indnullsnotdistinct, false)` : sql`false`} as nulls_not_distinct,
      ${server.version >= 180000 ? sql`k.conperiod` : sql`false`} as period, ${server.version >= 180000 ? sql`k.conenforced` : sql`true`} as enforced,
      k.condeferrable as deferrable, k.condeferred as deferred, k.connoinherit and k.contype = 'c' as no_inherit, k.convalidated as validated,
      ${storageQuery('ic.reloptions')} as storage, ts.spcname as tablespace,
      case when ic.relispartition then ${partOf('ic')} end as part_of, k.conparentid = 0 as by_itself, c.relkind = 'p' and not coalesce(i.indisvalid, true) as only,
      case when c.relkind = 'p' and not i.indisvalid then ${attachedTo('ic')} end as attached,
      case when k.conparentid <> 0 or k.contype = 'c' and k.coninhcount > 0 then ${tiedTo('c')} end as tied_to,
      k.contype = 'c' and k.conislocal and k.coninhcount > 0 and not c.relispartition as tied_own,
      '2606:' || k.oid || ':0' || case when k.contype <> 'c' then ',1259:' || k.conindid || ':0' else '' end || coalesce(parts.addresses, '') as addresses
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    left join pg_index i on i.indexrelid = k.conindid and k.contype <> 'c'
    left join pg_class ic on ic.oid = i.indexrelid left join pg_am am on am.oid = ic.relam left join pg_tablespace ts on ts.oid = ic.reltablespace
    left join parts on parts.root = i.indexrelid
    where k.contype in ('p', 'u', 'c', 'x') and n.nspname = any(${schemas}) and ${plainTable('c')}
    order by 1, 2, case k.contype when 'p' then 0 when 'u' then 1 when 'x' then 2 else 3 end, 3`
}

function whole(partOf: string): NonNullable<Constraint['under']> {
  const [schemaName, table] = JSON.parse(partOf) as [string, string]
  return { schemaName, table }
}

export function readConstraint(row: ConstraintRow): Constraint {
  const enforced = row.enforced === 't'
  return {
    schemaName: row.schema_name,
    table: row.table_name,
    name: row.name,
    type: types[row.type] ?? 'check',
    columns: JSON.parse(row.columns) as string[],
    include: JSON.parse(row.include) as string[],
    check: row.expression === null ? null : { expression: row.expression },
    exclude:
      row.exclusion_keys === null
        ? null
        : {
            method: row.method ?? 'gist',
            keys: readKeys(row.exclusion_keys),
            where: row.predicate === null ? null : { expression: row.predicate },
          },
    nullsNotDistinct: row.nulls_not_distinct === 't',
    withoutOverlaps: row.period === 't',
    deferrable: row.deferrable === 't',
    initiallyDeferred: row.deferred === 't',
    noInherit: row.no_inherit === 't',
    notValid: row.validated === 'f' && enforced,
    notEnforced: !enforced,
    storage: readStorage(row.storage),
    tablespace: row.tablespace,
    only: row.only === 't',
    attached: row.attached === null ? [] : (JSON.parse(row.attached) as TableName[]),
    ...(row.part_of === null || row.by_itself === 'f' ? {} : { under: whole(row.part_of) }),
  }
}
