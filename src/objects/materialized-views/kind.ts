// Materialized views. A changed query makes it again, with its indexes; whether it is filled is state, which is kept.
import type { ObjectKind } from '../../engine/kind.js'
import { differing } from '../../engine/walk.js'
import { qualified, sql } from '../../sql/sql.js'
import { queryColumns, queryText, readQueryColumns } from '../query-columns.js'
import { materializedView as relation } from '../relations.js'
import { readStorage, storageQuery } from '../storage-parameters.js'
import { type ColumnSettings, type MaterializedView, materializedViewKind } from './materialized-view.js'
import { compared, configOf, type MaterializedViewOperation, materializedViewOperations, of } from './operations.js'

export interface MaterializedViewRow {
  schema_name: string
  name: string
  query: string
  output: string
  populated: string
  storage: string
  tablespace: string | null
  access_method: string | null
  column_settings: string
}

const differences = (current: MaterializedView, desired: MaterializedView) =>
  differing({ ...current, columns: current.columns ?? current.output?.map(({ name }) => name) }, desired, compared)

export const materializedViews: ObjectKind<MaterializedView, MaterializedViewOperation, MaterializedViewRow> = {
  name: materializedViewKind,
  readsRows: true,
  ownRows: { filled: ({ populated }) => populated, unfilled: (view) => ({ ...view, populated: false }) },
  identify: ({ schemaName, name }) => ({ kind: materializedViewKind, schemaName, name }),
  names: ({ schemaName, name }) => [
    { space: 'relation', schemaName, name },
    { space: 'type', schemaName, name },
  ],
  address: ({ schemaName, name }) => sql`materialized view ${qualified(schemaName, name)}`,
  derived: ['output'],
  keeps: ['populated'],
  declare: () => [],
  catalog: {
    occurs: (spaces) => sql`exists (select from pg_class where relkind = 'm' and relnamespace = any(${spaces}))`,
    query: (_server, schemas) => sql`
      select n.nspname as schema_name, c.relname as name, pg_get_viewdef(c.oid) as query, ${queryColumns(sql`c.oid`)} as output,
        c.relispopulated as populated, ${storageQuery('c.reloptions')} as storage, t.spcname as tablespace,
        case when am.amname <> 'heap' then am.amname end as access_method,
        (select coalesce(json_agg(json_build_object('column', a.attname, 'statistics', case when a.attstattarget >= 0 then a.attstattarget end,
            'storage', case when a.attstorage <> y.typstorage then case a.attstorage when 'p' then 'plain' when 'e' then 'external' when 'x' then 'extended' else 'main' end end,
            'compression', case a.attcompression when 'p' then 'pglz' when 'l' then 'lz4' end) order by a.attname collate "C"), '[]')
          from pg_attribute a join pg_type y on y.oid = a.atttypid
          where a.attrelid = c.oid and a.attnum > 0 and (a.attstattarget >= 0 or a.attstorage <> y.typstorage or a.attcompression <> '')) as column_settings,
        '1259:' || c.oid || ':0,2618:' || r.oid || ':0,1247:' || c.reltype || ':0' || coalesce((select ',1247:' || rt.typarray || ':0' from pg_type rt where rt.oid = c.reltype), '') as addresses
      from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_rewrite r on r.ev_class = c.oid and r.rulename = '_RETURN'
      left join pg_tablespace t on t.oid = c.reltablespace left join pg_am am on am.oid = c.relam
      where n.nspname = any(${schemas}) and ${relation('c')}
      order by 1, 2`,
    read: (row) => ({
      schemaName: row.schema_name,
      name: row.name,
      query: { expression: queryText(row.query) },
      output: readQueryColumns(row.output),
      populated: row.populated === 't',
      storage: readStorage(row.storage),
      tablespace: row.tablespace,
      accessMethod: row.access_method,
      columnSettings: JSON.parse(row.column_settings) as readonly ColumnSettings[],
    }),
  },
  differences,
  create: (view) => [{ type: 'create_materialized_view', ...of(view), materializedView: configOf(view) }],
  alter: (current, desired, changed, side) =>
    changed.includes('query') ||
    changed.includes('columns') ||
    (changed.includes('accessMethod') && side.server.version < 150000)
      ? 'recreate'
      : [{ type: 'alter_materialized_view', ...of(desired), from: configOf(current), to: configOf(desired) }],
  rename: (current, desired) => ({ type: 'rename_materialized_view', ...of(current), newName: desired.name }),
  drop: (view) => ({ type: 'drop_materialized_view', ...of(view), was: configOf(view) }),
  inScratch: ({ tablespace: _tablespace, ...view }) => ({ ...view, populated: false }),
  operations: materializedViewOperations,
}
