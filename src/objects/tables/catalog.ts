// Tables in the catalog.
import type { Server } from '../../engine/kind.js'
import { type Sql, sql } from '../../sql/sql.js'
import { plainTable } from '../relations.js'
import { type PartitionKeyRow, readPartitionKey, type Table } from './table.js'

export interface TableRow {
  schema_name: string
  name: string
  persistence: string
  parameters: string | null
  access_method: string | null
  tablespace: string | null
  row_security: string
  force_row_security: string
  partition_key: string | null
}

export const tableQuery = (_server: Server, schemas: Sql): Sql => sql`
  select n.nspname as schema_name, c.relname as name, c.relpersistence as persistence,
    (select json_object_agg(o.prefix || split_part(o.option, '=', 1), substr(o.option, position('=' in o.option) + 1) order by o.prefix, o.place)
      from (select '' as prefix, option, place from unnest(c.reloptions) with ordinality u(option, place)
        union all select 'toast.', option, place from pg_class t cross join unnest(t.reloptions) with ordinality u(option, place) where t.oid = c.reltoastrelid) o) as parameters,
    (select am.amname from pg_am am where am.oid = c.relam) as access_method,
    (select s.spcname from pg_tablespace s where s.oid = c.reltablespace) as tablespace,
    c.relrowsecurity as row_security, c.relforcerowsecurity as force_row_security,
    (select json_build_object('strategy', k.partstrat, 'expressions', pg_get_expr(k.partexprs, k.partrelid),
        'keys', (select json_agg(json_build_object('column', a.attname,
            'opclass', case when not oc.opcdefault then oc.opcname end, 'opclass_schema', ocn.nspname,
            'collation', case when co.oid <> coalesce(a.attcollation, 100) then co.collname end, 'collation_schema', con.nspname) order by p.ord)
          from unnest(k.partattrs::int2[]) with ordinality p(num, ord)
          left join pg_attribute a on p.num > 0 and a.attrelid = c.oid and a.attnum = p.num
          join pg_opclass oc on oc.oid = k.partclass[p.ord - 1] join pg_namespace ocn on ocn.oid = oc.opcnamespace
          left join pg_collation co on co.oid = k.partcollation[p.ord - 1] left join pg_namespace con on con.oid = co.collnamespace))
      from pg_partitioned_table k where k.partrelid = c.oid) as partition_key,
    '1259:' || c.oid || ':0,1247:' || c.reltype || ':0' || coalesce((select ',1247:' || rt.typarray || ':0' from pg_type rt where rt.oid = c.reltype), '') as addresses
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = any(${schemas}) and ${plainTable('c')} order by 1, 2`

export const readTable = (row: TableRow): Table => ({
  schemaName: row.schema_name,
  name: row.name,
  unlogged: row.persistence === 'u',
  parameters: JSON.parse(row.parameters ?? '{}') as Readonly<Record<string, string>>,
  accessMethod: row.access_method === 'heap' ? null : row.access_method,
  tablespace: row.tablespace,
  rowSecurity: row.row_security === 't',
  forceRowSecurity: row.force_row_security === 't',
  partitionBy:
    row.partition_key === null
      ? null
      : readPartitionKey(
          { schemaName: row.schema_name, table: row.name },
          JSON.parse(row.partition_key) as PartitionKeyRow,
        ),
})
