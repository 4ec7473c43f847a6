// How kinds that are made of types refer to them: references, catalog rows, collations.
import type { Reference } from '../engine/kind.js'
import type { CollationReference, ColumnType, OwnCollation } from '../model/column-types.js'
import { literal, qualified, raw, type Sql, sql } from '../sql/sql.js'
import { type CatalogType, parseType, type TypeName, typeFromCatalog } from '../sql/types.js'

export interface CollationName {
  readonly schemaName?: string
  readonly collationName: string
}

/** What an object needs that has values of the type, sorted by the collation. */
export function typeReferences(type: TypeName, collation?: CollationName | null): readonly Reference[] {
  return [
    ...(type.schemaName === undefined
      ? []
      : [
          {
            ref: { space: 'type', schemaName: type.schemaName, name: type.typeName },
            strength: 'needs' as const,
          },
        ]),
    ...(collation?.schemaName === undefined
      ? []
      : [
          {
            ref: { space: 'collation', schemaName: collation.schemaName, name: collation.collationName },
            strength: 'needs' as const,
          },
        ]),
  ]
}

/** JSON of a type for `readType`; the arguments are SQL expressions of its oid and modifier. */
export function typeColumn(oid: string, modifier: string): Sql {
  const [type, mod] = [raw(oid), raw(modifier)]
  return sql`(select json_build_object('namespace', en.nspname, 'typname', e.typname, 'formatted', format_type(a.oid, ${mod}), 'isArray', a.oid <> e.oid)
    from pg_type a join pg_type e on e.oid = case when a.typinput = 'pg_catalog.array_in'::regproc then a.typelem else a.oid end
    join pg_namespace en on en.oid = e.typnamespace where a.oid = ${type})`
}

/** JSON `{ schemaName, name }` of a collation where it is not the usual one; the arguments are SQL expressions of oids. */
export function collationColumn(collation: string, usual: string): Sql {
  return sql`(select json_build_object('schemaName', cn.nspname, 'collationName', co.collname)
    from pg_collation co join pg_namespace cn on cn.oid = co.collnamespace where co.oid = ${raw(collation)} and co.oid <> ${raw(usual)})`
}

/** The type of a column type of the model. */
export function typeNameOf(type: ColumnType<unknown>, defaultSchema: string): TypeName {
  const own = type.more.enum ?? type.more.own
  if (!own) return parseType(type.sql)
  return {
    typeName: own.name,
    schemaName: own.schema ?? defaultSchema,
    ...(type.more.array ? { dimensions: 1 as const } : {}),
  }
}

/** A collation as the model's options name it. */
export function collationNameOf(
  collation: CollationReference | undefined,
  defaultSchema: string,
): CollationName | null {
  if (collation === undefined) return null
  if (typeof collation === 'string') return { collationName: collation }
  if ('own' in collation)
    return { schemaName: collation.own.schema ?? defaultSchema, collationName: collation.own.name }
  return { schemaName: collation.schema, collationName: collation.name }
}

/** What options may refer to, where it is one of the model's own. */
export const ownCollation = (collation: CollationReference | undefined): OwnCollation | undefined =>
  typeof collation === 'object' && 'own' in collation ? collation : undefined

export const readType = (value: CatalogType): TypeName => typeFromCatalog(value)

export const readCollation = (value: CollationName | null): CollationName | null => value

/** A type as SQL writes it; text is one that `formatType` made. */
export const collate = (collation: CollationName | null | undefined): Sql =>
  collation ? sql` collate ${qualified(collation.schemaName, collation.collationName)}` : sql``

/** A type or collation that names no schema fits whatever schema PostgreSQL found it in. */
export function unqualified<T extends { readonly schemaName?: string }>(
  current: T | null | undefined,
  desired: T | null | undefined,
): T | null | undefined {
  return current && desired && desired.schemaName === undefined ? { ...current, schemaName: undefined } : current
}

/** Counts, over all columns of the type, rows whose value breaks `condition`; the value is called `value` there. */
export function countOverColumns(schemaName: string, typeName: string, condition: Sql): Sql {
  return sql`
    select coalesce(sum((xpath('/row/n/text()', query_to_xml(format(${literal(`select count(*) as n from (select %I as value from %s) held where ${condition.text.replaceAll('%', '%%')}`)}, a.attname, a.attrelid::regclass), false, true, '')))[1]::text::bigint), 0) as rows
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where a.atttypid = (select typelem from pg_type where oid = pg_typeof(array[]::${qualified(schemaName, typeName)}[])) and not a.attisdropped and c.relkind in ('r', 'p', 'm')`
}
