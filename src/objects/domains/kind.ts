// Domains: altered in place; another base type or collation needs a new one, and what has values of it moves over.
import { keyOf, type ObjectId } from '../../engine/identity.js'
import type { ObjectKind, PlannedSoFar } from '../../engine/kind.js'
import type { ValueMove } from '../../engine/survival.js'
import { differing, sameData } from '../../engine/walk.js'
import { qualified, type Sql, sql } from '../../sql/sql.js'
import { type CatalogType, formatType, type TypeName } from '../../sql/types.js'
import { inText, typeSql } from '../../sql/values.js'
import { eachElement } from '../array-elements.js'
import { castOf, cuts, lossOf } from '../casts.js'
import {
  type CollationName,
  collationColumn,
  readType,
  typeColumn,
  typeReferences,
  unqualified,
} from '../type-references.js'
import { checkChanges, type Domain, type DomainCheck, domainConfigOf } from './domain.js'
import { type DomainOperation, domainOperations } from './operations.js'

export interface DomainRow {
  schema_name: string
  name: string
  base: string
  collation: string | null
  fallback: string | null
  not_null: string
  checks: string
}

const of = ({ schemaName, name }: Domain) => ({ schemaName, domainName: name })

function differences(current: Domain, desired: Domain): readonly (keyof Domain & string)[] {
  const type = unqualified(current.type, desired.type) ?? current.type
  const collation = unqualified(current.collation, desired.collation) ?? null
  return differing({ ...current, type, collation }, desired, ['type', 'collation', 'default', 'notNull', 'checks'])
}

/** A value of a domain is one of its base type. */
function moves(
  current: Domain,
  desired: Domain | undefined,
  moved: (type: TypeName) => ValueMove | undefined,
): ValueMove {
  const inner = current.type.dimensions === 1
  const listOf = (type: TypeName): TypeName => ({ ...type, dimensions: 1 })
  const plain = (value: Sql, array: boolean): Sql =>
    moved(current.type)
      ? inText(value, array || inner)
      : sql`${value}::${typeSql(array ? listOf(current.type) : current.type)}`
  if (desired === undefined) return { convert: (value, to) => sql`${value}::${typeSql(to)}`, plain }
  const base = moved(current.type)
  const [from, to] = [formatType(current.type), formatType(desired.type)]
  if (!sameData(current.type, desired.type))
    return {
      plain,
      convert: (value, wanted) => {
        const array = wanted.dimensions === 1
        const type = typeSql(wanted)
        if (base || (array && (inner || desired.type.dimensions))) return sql`${inText(value, array || inner)}::${type}`
        if (cuts(from, to))
          return array ? sql`${value}::text[]::text::${type}` : sql`(array[${value}]::text[]::text::${type}[])[1]`
        const types = array ? ([`${from}[]`, `${to}[]`] as const) : ([from, to] as const)
        return sql`${castOf(plain(value, array), ...types)}::${type}`
      },
      ...(from === to ? {} : { loses: lossOf(from, to) }),
    }
  const one = (value: Sql, wanted: TypeName): Sql =>
    base ? sql`${base.convert(value, current.type)}::${typeSql(wanted)}` : sql`${value}::${typeSql(wanted)}`
  return {
    plain,
    convert: (value, wanted) => {
      if (wanted.dimensions !== 1) return one(value, wanted)
      if (inner)
        return base?.subquery?.(true)
          ? eachElement(value, wanted, one)
          : sql`${inText(value, true)}::${typeSql(wanted)}`
      return base
        ? sql`${base.convert(value, listOf(current.type))}::${typeSql(wanted)}`
        : sql`${value}::${typeSql(wanted)}`
    },
    ...(base ? { subquery: (array: boolean) => base.subquery?.(array || inner) ?? false } : {}),
    ...(base?.lacks ? { lacks: base.lacks } : {}),
    ...(base?.loses ? { loses: base.loses } : {}),
    ...(base?.fallback ? { fallback: base.fallback } : {}),
  }
}

/** PostgreSQL looks at the values of its columns. */
function looksAtValues(current: Domain, desired: Domain): boolean {
  const { added, validated } = checkChanges(domainConfigOf(current), domainConfigOf(desired))
  return (desired.notNull && !current.notNull) || validated.length > 0 || added.some((check) => !check.notValid)
}

/** Columns have values of it inside of others (arrays, rows, ranges), which PostgreSQL does not look at but refuses. */
function isInside(domain: Domain, plan: PlannedSoFar | undefined): boolean {
  const seen = new Set<string>()
  const held = (type: ObjectId, within: boolean): boolean => {
    const mark = `${keyOf(type)} ${within}`
    if (seen.has(mark)) return false
    seen.add(mark)
    return (plan?.dependents(type) ?? []).some(({ id, object }) => {
      const its = (object as { readonly type?: TypeName }).type
      const inside = within || its?.dimensions === 1
      if (id.table !== undefined) return inside && its?.schemaName !== undefined
      return id.arguments === undefined && held(id, inside || id.kind !== 'domain')
    })
  }
  return held({ kind: 'domain', schemaName: domain.schemaName, name: domain.name }, false)
}

export const domains: ObjectKind<Domain, DomainOperation, DomainRow> = {
  name: 'domain',
  identify: ({ schemaName, name }) => ({ kind: 'domain', schemaName, name }),
  names: ({ schemaName, name }) => [{ space: 'type', schemaName, name }],
  dependsOn: ({ type, collation }) => typeReferences(type, collation),
  address: ({ schemaName, name }) => sql`domain ${qualified(schemaName, name)}`,
  declare: () => [],
  catalog: {
    occurs: (spaces) => sql`exists (select from pg_type where typtype = 'd' and typnamespace = any(${spaces}))`,
    query: (_server, schemas) => sql`
      select n.nspname as schema_name, t.typname as name, ${typeColumn('t.typbasetype', 't.typtypmod')} as base,
        ${collationColumn('t.typcollation', 'b.typcollation')} as collation,
        pg_get_expr(t.typdefaultbin, 0) as fallback, t.typnotnull as not_null, k.checks,
        '1247:' || t.oid || ':0,1247:' || t.typarray || ':0' || coalesce(k.addresses, '') as addresses
      from pg_type t join pg_namespace n on n.oid = t.typnamespace join pg_type b on b.oid = t.typbasetype
      cross join lateral (
        select coalesce(json_agg(json_build_object('name', c.conname, 'expression', pg_get_expr(c.conbin, 0), 'notValid', not c.convalidated,
            'comment', obj_description(c.oid, 'pg_constraint')) order by c.conname collate "C") filter (where c.contype = 'c'), '[]') as checks,
          string_agg(',2606:' || c.oid || ':0', '') as addresses
        from pg_constraint c where c.contypid = t.oid) k
      where t.typtype = 'd' and n.nspname = any(${schemas})
        and not exists (select from pg_depend d where d.classid = 1247 and d.objid = t.oid and d.deptype = 'e')
      order by 1, 2`,
    read: (row) => ({
      schemaName: row.schema_name,
      name: row.name,
      type: readType(JSON.parse(row.base) as CatalogType),
      collation: row.collation === null ? null : (JSON.parse(row.collation) as CollationName),
      default: row.fallback === null ? null : { expression: row.fallback },
      notNull: row.not_null === 't',
      checks: JSON.parse(row.checks) as DomainCheck[],
    }),
  },
  differences,
  create: (domain) => [{ type: 'create_domain', ...of(domain), config: domainConfigOf(domain) }],
  alter: (current, desired, changed, _side, plan) =>
    changed.includes('type') ||
    changed.includes('collation') ||
    (looksAtValues(current, desired) && isInside(current, plan))
      ? 'recreate'
      : [{ type: 'alter_domain', ...of(desired), from: domainConfigOf(current), to: domainConfigOf(desired) }],
  rename: (current, desired) => ({ type: 'rename_domain', ...of(current), newName: desired.name }),
  aside: (current, _desired, name) => {
    const letsGo = { default: current.default !== null, checks: current.checks.map((check) => check.name) }
    const some = letsGo.default || letsGo.checks.length > 0
    return [{ type: 'rename_domain', ...of(current), newName: name, ...(some ? { letsGo } : {}) }]
  },
  base: ({ type, notNull, checks }) => ({ type, checked: notNull || checks.length > 0 }),
  moves,
  drop: (domain) => ({ type: 'drop_domain', ...of(domain), was: domainConfigOf(domain) }),
  operations: domainOperations,
}
