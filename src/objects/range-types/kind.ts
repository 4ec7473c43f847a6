// Range types, each with its multirange type: only their names change in place; anything else needs a new one, and values move over.
import type { ObjectKind } from '../../engine/kind.js'
import type { ValueMove } from '../../engine/survival.js'
import { differing } from '../../engine/walk.js'
import { qualified, sql } from '../../sql/sql.js'
import { type CatalogType, parseType } from '../../sql/types.js'
import { inText, typeSql } from '../../sql/values.js'
import {
  type CollationName,
  collationColumn,
  readType,
  typeColumn,
  typeReferences,
  unqualified,
} from '../type-references.js'
import { type RangeTypeOperation, rangeTypeOperations } from './operations.js'
import { type OperatorClassName, type RangeType, type RoutineName, rangeConfigOf } from './range-type.js'

export interface RangeTypeRow {
  schema_name: string
  name: string
  subtype: string
  opclass: string | null
  collation: string | null
  canonical: string | null
  subtype_diff: string | null
  multirange_schema: string
  multirange_name: string
}

const of = ({ schemaName, name }: RangeType) => ({ schemaName, rangeTypeName: name })
const fields = ['subtype', 'subtypeOpclass', 'collation', 'canonical', 'subtypeDiff', 'multirange'] as const
const json = <T>(text: string | null): T | null => (text === null ? null : (JSON.parse(text) as T))

const rename = (range: RangeType, newName: string, newMultirangeName: string): RangeTypeOperation => ({
  type: 'rename_range_type',
  ...of(range),
  newName,
  newMultirangeName,
  config: rangeConfigOf(range),
})

/** Through its text; nothing that a range of the old subtype says is known to be one of the new. */
const move: ValueMove = {
  convert: (value, to) => sql`${inText(value, to.dimensions === 1)}::${typeSql(to)}`,
  plain: inText,
}

export const rangeTypes: ObjectKind<RangeType, RangeTypeOperation, RangeTypeRow> = {
  name: 'range-type',
  createdAs: ['type'],
  identify: ({ schemaName, name }) => ({ kind: 'range-type', schemaName, name }),
  names: ({ schemaName, name, multirange }) => [
    { space: 'type', schemaName, name },
    { space: 'type', schemaName: multirange.schemaName ?? schemaName, name: multirange.typeName },
  ],
  // The functions that make them.
  mentionedAs: ({ schemaName, name, multirange }) => [
    { space: 'routine', schemaName, name },
    { space: 'routine', schemaName: multirange.schemaName ?? schemaName, name: multirange.typeName },
  ],
  dependsOn: (range) =>
    range.shell
      ? []
      : [
          ...typeReferences(range.subtype, range.collation),
          ...[range.canonical, range.subtypeDiff].flatMap((routine) =>
            routine?.schemaName === undefined
              ? []
              : [
                  {
                    ref: { space: 'routine', schemaName: routine.schemaName, name: routine.routineName },
                    strength: 'needs' as const,
                  },
                ],
          ),
        ],
  address: ({ schemaName, name }) => sql`type ${qualified(schemaName, name)}`,
  declare: () => [],
  catalog: {
    occurs: (spaces) => sql`exists (select from pg_type where typtype = 'r' and typnamespace = any(${spaces}))`,
    query: (_server, schemas) => sql`
      select n.nspname as schema_name, t.typname as name, ${typeColumn('r.rngsubtype', 'null')} as subtype,
        case when not oc.opcdefault then json_build_object('schemaName', ocn.nspname, 'opclassName', oc.opcname) end as opclass,
        case when r.rngcollation <> 0 then ${collationColumn('r.rngcollation', 's.typcollation')} end as collation,
        (select json_build_object('schemaName', pn.nspname, 'routineName', p.proname) from pg_proc p join pg_namespace pn on pn.oid = p.pronamespace where p.oid = r.rngcanonical) as canonical,
        (select json_build_object('schemaName', pn.nspname, 'routineName', p.proname) from pg_proc p join pg_namespace pn on pn.oid = p.pronamespace where p.oid = r.rngsubdiff) as subtype_diff,
        mn.nspname as multirange_schema, m.typname as multirange_name,
        '1247:' || t.oid || ':0,1247:' || t.typarray || ':0,1247:' || m.oid || ':0,1247:' || m.typarray || ':0'
          || coalesce((select string_agg(',1255:' || d.objid || ':0', '' order by d.objid) from pg_depend d where d.classid = 1255 and d.refclassid = 1247 and d.refobjid in (t.oid, m.oid) and d.deptype = 'i'), '') as addresses
      from pg_range r join pg_type t on t.oid = r.rngtypid join pg_namespace n on n.oid = t.typnamespace
      join pg_type m on m.oid = r.rngmultitypid join pg_namespace mn on mn.oid = m.typnamespace
      join pg_type s on s.oid = r.rngsubtype
      join pg_opclass oc on oc.oid = r.rngsubopc join pg_namespace ocn on ocn.oid = oc.opcnamespace
      where n.nspname = any(${schemas})
        and not exists (select from pg_depend d where d.classid = 1247 and d.objid = t.oid and d.deptype = 'e')
      order by 1, 2`,
    read: (row) => ({
      schemaName: row.schema_name,
      name: row.name,
      subtype: readType(JSON.parse(row.subtype) as CatalogType),
      subtypeOpclass: json<OperatorClassName>(row.opclass),
      collation: json<CollationName>(row.collation),
      canonical: json<RoutineName>(row.canonical),
      subtypeDiff: json<RoutineName>(row.subtype_diff),
      multirange: { schemaName: row.multirange_schema, typeName: row.multirange_name },
    }),
  },
  differences: (current, desired) =>
    differing(
      {
        ...current,
        subtype: unqualified(current.subtype, desired.subtype) ?? current.subtype,
        subtypeOpclass: unqualified(current.subtypeOpclass, desired.subtypeOpclass) ?? null,
        collation: unqualified(current.collation, desired.collation) ?? null,
        canonical: unqualified(current.canonical, desired.canonical) ?? null,
        subtypeDiff: unqualified(current.subtypeDiff, desired.subtypeDiff) ?? null,
      },
      desired,
      fields,
    ),
  create: (range) =>
    range.shell
      ? [{ type: 'create_shell_type', ...of(range) }]
      : [{ type: 'create_range_type', ...of(range), config: rangeConfigOf(range) }],
  alter: (current, desired, changed) => {
    if (current.shell) return [{ type: 'create_range_type', ...of(desired), config: rangeConfigOf(desired) }]
    const renamed =
      changed.every((field) => field === 'multirange') &&
      current.multirange.schemaName === desired.multirange.schemaName
    return renamed ? [rename(current, desired.name, desired.multirange.typeName)] : 'recreate'
  },
  rename: (current, desired) => rename(current, desired.name, desired.multirange.typeName),
  aside: (current, _desired, name) => [rename(current, name, `${current.multirange.typeName.slice(0, 40)}__lockstep`)],
  moves: () => move,
  // Its canonical function takes values of it: the name first, then the function, then the contents.
  stub: (range) =>
    range.canonical && !range.shell
      ? { ...range, subtype: parseType('integer'), shell: true, multirange: { schemaName: '', typeName: '' } }
      : undefined,
  drop: (range) => ({ type: 'drop_range_type', ...of(range), was: rangeConfigOf(range) }),
  operations: rangeTypeOperations,
}
