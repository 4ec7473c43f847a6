// The columns that a query yields, as the catalog has them for views and materialized views.

import { sameData } from '../engine/walk.js'
import { id, join, qualified, raw, type Sql, sql } from '../sql/sql.js'
import { formatType, type TypeName, typeFromCatalog } from '../sql/types.js'

export interface QueryColumn {
  readonly name: string
  readonly type: TypeName
  /** null: that of the type. */
  readonly collation: { readonly schemaName?: string; readonly collationName: string } | null
}

interface QueryColumnRow {
  name: string
  namespace: string
  typname: string
  formatted: string
  isArray: boolean
  collationSchema: string | null
  collation: string | null
}

/** A subselect with all columns of the relation whose oid is given, as JSON. */
export const queryColumns = (relation: Sql): Sql => sql`(
  select coalesce(json_agg(json_build_object('name', a.attname, 'namespace', n.nspname, 'typname', t.typname, 'formatted', format_type(a.atttypid, a.atttypmod),
    'isArray', o.typinput = 'pg_catalog.array_in'::regproc, 'collationSchema', cn.nspname, 'collation', co.collname) order by a.attnum), '[]')
  from pg_attribute a join pg_type o on o.oid = a.atttypid join pg_type t on t.oid = case when o.typinput = 'pg_catalog.array_in'::regproc then o.typelem else o.oid end
  join pg_namespace n on n.oid = t.typnamespace
  left join pg_collation co on co.oid = a.attcollation and a.attcollation <> o.typcollation left join pg_namespace cn on cn.oid = co.collnamespace
  where a.attrelid = ${relation} and a.attnum > 0 and not a.attisdropped)`

export const readQueryColumns = (json: string): readonly QueryColumn[] =>
  (JSON.parse(json) as QueryColumnRow[]).map((row) => ({
    name: row.name,
    type: typeFromCatalog(row),
    collation:
      row.collation === null
        ? null
        : {
            ...(row.collationSchema === null ? {} : { schemaName: row.collationSchema }),
            collationName: row.collation,
          },
  }))

/** CREATE OR REPLACE keeps the columns that are there, and may add some at the end. */
export const extendsColumns = (
  current: readonly QueryColumn[] | null | undefined,
  desired: readonly QueryColumn[] | null | undefined,
): boolean =>
  current != null &&
  desired != null &&
  desired.length >= current.length &&
  current.every((column, index) => sameData(column, desired[index]))

/** A query of NULLs with these columns, which needs nothing but their types. */
export const nullQuery = (columns: readonly QueryColumn[]): string =>
  sql`select ${join(
    columns.map(
      ({ name, type, collation }) =>
        sql`null::${raw(formatType(type))}${collation ? sql` collate ${qualified(collation.schemaName, collation.collationName)}` : sql``} as ${id(name)}`,
    ),
  )}`.text

/** PostgreSQL's text of a query without what ends the statement. */
export const queryText = (text: string): string => text.trim().replace(/;$/, '')
