// Columns in the catalog.
import type { Server } from '../../engine/kind.js'
import { type Sql, sql } from '../../sql/sql.js'
import { typeFromCatalog } from '../../sql/types.js'
import { plainTable, type TableName } from '../relations.js'
import { readSequenceOptions, type SequenceOptionsRow } from '../sequence-options.js'
import type { Column } from './column.js'
import { type NotNullConstraint, unusualNotNull } from './not-null.js'

export interface ColumnRow {
  schema_name: string
  table_name: string
  name: string
  type_namespace: string
  type_name: string
  type_text: string
  is_array: string
  not_null: string
  not_null_name?: string | null
  not_null_valid?: string | null
  not_null_alone?: string | null
  expression: string | null
  generated: string
  identity: string
  options: string | null
  collation_schema: string | null
  collation_name: string | null
  storage: string | null
  compression: string | null
  statistics: string | null
  column_options: string | null
  parents: string | null
  local: string
}

const storages = { p: 'plain', e: 'external', x: 'extended', m: 'main' } as const

export const columnQuery = (server: Server, schemas: Sql): Sql => sql`
      select n.nspname as schema_name, c.relname as table_name, a.attname as name,
        tn.nspname as type_namespace, t.typname as type_name, format_type(a.atttypid, a.atttypmod) as type_text, at.typinput = 'pg_catalog.array_in'::regproc as is_array,
        a.attnotnull as not_null, pg_get_expr(d.adbin, d.adrelid) as expression, a.attgenerated as generated, a.attidentity as identity, s.options,
    nullif(a.attstorage, at.typstorage) as storage, nullif(a.attcompression, '') as compression, nullif(a.attstattarget, -1) as statistics,
    (select json_object_agg(o.option_name, o.option_value order by o.option_name) from pg_options_to_table(a.attoptions) o) as column_options,
    case when a.attinhcount > 0 then (select json_agg(json_build_object('schemaName', hn.nspname, 'table', hc.relname) order by h.inhseqno)
      from pg_inherits h join pg_class hc on hc.oid = h.inhparent join pg_namespace hn on hn.oid = hc.relnamespace
      where h.inhrelid = c.oid and exists (select from pg_attribute ha where ha.attrelid = hc.oid and ha.attname = a.attname and not ha.attisdropped)) end as parents, a.attislocal as local,
        cn.nspname as collation_schema, co.collname as collation_name,
        '1259:' || c.oid || ':' || a.attnum || coalesce(',2604:' || d.oid || ':0', '')${
          // From 18 on NOT NULL is a constraint of its own, which hangs on the column.
          server.version >= 180000
            ? sql` || coalesce(',2606:' || nn.oid || ':0', '') as addresses,
        case when nn.coninhcount = 0 then nn.conname end as not_null_name, nn.convalidated as not_null_valid, nn.connoinherit as not_null_alone`
            : sql` as addresses`
        }
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_type at on at.oid = a.atttypid join pg_type t on t.oid = case when at.typinput = 'pg_catalog.array_in'::regproc then at.typelem else at.oid end
      join pg_namespace tn on tn.oid = t.typnamespace
      ${server.version >= 180000 ? sql`left join pg_constraint nn on a.attnotnull and nn.conrelid = a.attrelid and nn.contype = 'n' and nn.conkey[1] = a.attnum` : sql``}
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      left join pg_collation co on co.oid = a.attcollation and a.attcollation <> at.typcollation left join pg_namespace cn on cn.oid = co.collnamespace
      left join lateral (
        select json_build_object('name', sc.relname, 'data_type', format_type(q.seqtypid, null), 'start', q.seqstart::text, 'increment', q.seqincrement::text,
          'min', q.seqmin::text, 'max', q.seqmax::text, 'cache', q.seqcache::text, 'cycle', q.seqcycle::text) as options
        from pg_depend i join pg_sequence q on q.seqrelid = i.objid join pg_class sc on sc.oid = i.objid
        where a.attidentity <> '' and i.refclassid = 1259 and i.refobjid = a.attrelid and i.refobjsubid = a.attnum and i.classid = 1259 and i.deptype = 'i'
      ) s on true
      where a.attnum > 0 and not a.attisdropped and n.nspname = any(${schemas}) and ${plainTable('c')}
      order by 1, 2, a.attnum`

/** That of a partition or child is its parent's. */
function readNotNull(row: ColumnRow): NotNullConstraint | null {
  const { not_null_name: name = null } = row
  if (name === null) return null
  const its = { name, notValid: row.not_null_valid === 'f', noInherit: row.not_null_alone === 't' }
  return unusualNotNull(row.table_name, row.name, its)
}

/** The sequence of an identity lies in the schema of its table. */
const readIdentity = (schemaName: string, options: SequenceOptionsRow & { readonly name: string }) => ({
  ...readSequenceOptions(options),
  sequence: { schemaName, sequenceName: options.name },
})

export const readColumn = (row: ColumnRow, server: Server): Column => ({
  schemaName: row.schema_name,
  table: row.table_name,
  name: row.name,
  type: typeFromCatalog({
    namespace: row.type_namespace,
    typname: row.type_name,
    formatted: row.type_text,
    isArray: row.is_array === 't',
  }),
  notNull: row.not_null === 't',
  notNullConstraint: server.version >= 180000 ? readNotNull(row) : undefined,
  default: row.expression === null || row.generated !== '' ? null : { expression: row.expression },
  generated:
    row.generated === '' || row.expression === null
      ? null
      : { expression: row.expression, stored: row.generated === 's' },
  identity:
    row.options === null
      ? null
      : {
          generation: row.identity === 'a' ? 'always' : 'byDefault',
          ...readIdentity(row.schema_name, JSON.parse(row.options) as SequenceOptionsRow & { readonly name: string }),
        },
  collation:
    row.collation_name === null
      ? null
      : { schemaName: row.collation_schema ?? undefined, collationName: row.collation_name },
  storage: row.storage === null ? null : storages[row.storage as keyof typeof storages],
  compression: row.compression === null ? null : row.compression === 'l' ? 'lz4' : 'pglz',
  statistics: row.statistics === null ? null : Number(row.statistics),
  options: row.column_options === null ? null : (JSON.parse(row.column_options) as Readonly<Record<string, string>>),
  inherited:
    row.parents === null ? null : { from: JSON.parse(row.parents) as readonly TableName[], local: row.local === 't' },
})
