// How routines are named and how others point to them: types of arguments, signatures, references to functions.
import type { Name } from '../engine/identity.js'
import type { Reference } from '../engine/kind.js'
import { join, qualified, raw, type Sql, sql } from '../sql/sql.js'
import { type CatalogType, displayType, formatType, type TypeName, typeFromCatalog } from '../sql/types.js'

/** A function that an object calls. Without types it is whichever of that name fits. */
export interface FunctionReference {
  /** undefined: PostgreSQL's own, or one that the search path finds. */
  readonly schemaName?: string
  readonly routineName: string
  readonly argumentTypes?: readonly TypeName[]
}

/** The types of what a caller gives, as text that is equal for equal types: what tells overloads apart. */
export const signature = (types: readonly TypeName[]): string => types.map(formatType).join(', ')

export const shownSignature = (types: readonly TypeName[]): string => types.map(displayType).join(', ')

export const signatureSql = (types: readonly TypeName[]): Sql => join(types.map((type) => raw(formatType(type))))

/** Routines of all kinds share one space; overloads share the name without arguments. */
export const routineName = (schemaName: string, name: string, types: readonly TypeName[]): Name => ({
  space: 'routine',
  schemaName,
  name,
  arguments: signature(types),
})

export const sharedName = (schemaName: string, name: string): Name => ({ space: 'routine', schemaName, name })

export const needsTypes = (types: readonly TypeName[]): readonly Reference[] =>
  types.flatMap(({ schemaName, typeName: name }) =>
    schemaName === undefined ? [] : [{ ref: { space: 'type', schemaName, name }, strength: 'needs' as const }],
  )

/** Without a schema it may be one of `schemaName`. */
export function needsFunction(
  reference: FunctionReference | null | undefined,
  schemaName: string,
): readonly Reference[] {
  if (!reference) return []
  const { schemaName: said = schemaName, routineName: name, argumentTypes } = reference
  return [
    argumentTypes
      ? { ref: routineName(said, name, argumentTypes), strength: 'needs' }
      : { ref: sharedName(said, name), strength: 'mentions' },
  ]
}

export const functionSql = ({ schemaName, routineName: name }: FunctionReference): Sql => qualified(schemaName, name)

export const shownFunction = ({ schemaName, routineName: name }: FunctionReference): string =>
  schemaName === undefined || schemaName === 'public' ? name : `${schemaName}.${name}`

/** The current reference as far as the desired one says something: what it leaves out fits whatever is there. */
export const comparableFunction = <T extends FunctionReference | null | undefined>(
  current: T,
  desired: FunctionReference | null | undefined,
): T | FunctionReference => {
  if (!current || !desired) return current
  return {
    routineName: current.routineName,
    ...(desired.schemaName === undefined ? {} : { schemaName: current.schemaName }),
    ...(desired.argumentTypes === undefined ? {} : { argumentTypes: current.argumentTypes }),
  } as FunctionReference
}

/** JSON of a type, by an SQL expression of its oid; null for none. */
export const typeJson = (oid: Sql): Sql => sql`(
  select json_build_object('namespace', en.nspname, 'typname', el.typname, 'formatted', format_type(ty.oid, -1), 'isArray', ty.oid <> el.oid)
  from pg_type ty join pg_type el on el.oid = coalesce((select l.oid from pg_type l where l.oid = ty.typelem and l.typarray = ty.oid), ty.oid) join pg_namespace en on en.oid = el.typnamespace
  where ty.oid = ${oid})`

/** JSON of a list of types, by an SQL expression of their oids. */
export const typesJson = (oids: Sql): Sql =>
  sql`(select coalesce(json_agg(${typeJson(sql`o.oid`)} order by o.at), '[]') from unnest(${oids}) with ordinality o(oid, at))`

/** JSON of a reference to a function, by an SQL expression of its oid; null where there is none. */
export const functionJson = (oid: Sql): Sql => sql`(
  select json_build_object('namespace', fn.nspname, 'name', f.proname, 'types', ${typesJson(sql`f.proargtypes::oid[]`)})
  from pg_proc f join pg_namespace fn on fn.oid = f.pronamespace where f.oid = ${oid})`

/** Routines know no modifiers of types: `varchar(10)` is varchar. */
export const bareType = ({ modifiers: _modifiers, ...type }: TypeName): TypeName =>
  type.typeName === 'char' && type.schemaName === undefined ? { ...type, typeName: 'bpchar' } : type

export const readType = (row: CatalogType): TypeName => bareType(typeFromCatalog(row))

export interface FunctionRow {
  readonly namespace: string
  readonly name: string
  readonly types: readonly CatalogType[]
}

export const readFunction = (row: FunctionRow | null): FunctionReference | null =>
  row && {
    ...(row.namespace === 'pg_catalog' ? {} : { schemaName: row.namespace }),
    routineName: row.name,
    argumentTypes: row.types.map(readType),
  }
