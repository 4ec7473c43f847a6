// Composite types: attributes come and go in place; of another type or in another order they need a new one, and values move over.
import type { ObjectKind } from '../../engine/kind.js'
import { differing } from '../../engine/walk.js'
import { qualified, sql } from '../../sql/sql.js'
import type { CatalogType } from '../../sql/types.js'
import { type CollationName, collationColumn, readType, typeColumn, typeReferences } from '../type-references.js'
import { type Attribute, attributeConfigOf, type CompositeType, comparable, inPlace, moveOf } from './composite-type.js'
import { type CompositeTypeOperation, compositeTypeOperations } from './operations.js'

export interface CompositeTypeRow {
  schema_name: string
  name: string
  attributes: string
}

interface AttributeRow {
  name: string
  type: CatalogType
  collation: CollationName | null
}

const of = ({ schemaName, name }: CompositeType) => ({ schemaName, compositeTypeName: name })
const configs = (type: CompositeType) => type.attributes.map(attributeConfigOf)

export const compositeTypes: ObjectKind<CompositeType, CompositeTypeOperation, CompositeTypeRow> = {
  name: 'composite-type',
  createdAs: ['type'],
  identify: ({ schemaName, name }) => ({ kind: 'composite-type', schemaName, name }),
  // It takes the name of a relation too.
  names: ({ schemaName, name }) => [
    { space: 'type', schemaName, name },
    { space: 'relation', schemaName, name },
  ],
  dependsOn: ({ attributes }) => attributes.flatMap(({ type, collation }) => typeReferences(type, collation)),
  address: ({ schemaName, name }) => sql`type ${qualified(schemaName, name)}`,
  declare: () => [],
  catalog: {
    occurs: (spaces) => sql`exists (select from pg_class where relkind = 'c' and relnamespace = any(${spaces}))`,
    query: (_server, schemas) => sql`
      select n.nspname as schema_name, c.relname as name, l.attributes,
        '1247:' || t.oid || ':0,1247:' || t.typarray || ':0,1259:' || c.oid || ':0' as addresses
      from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_type t on t.oid = c.reltype
      cross join lateral (
        select coalesce(json_agg(json_build_object('name', x.attname, 'type', ${typeColumn('x.atttypid', 'x.atttypmod')},
          'collation', ${collationColumn('x.attcollation', 'xt.typcollation')}) order by x.attnum), '[]') as attributes
        from pg_attribute x join pg_type xt on xt.oid = x.atttypid where x.attrelid = c.oid and x.attnum > 0 and not x.attisdropped) l
      where c.relkind = 'c' and n.nspname = any(${schemas})
        and not exists (select from pg_depend d where d.classid = 1259 and d.objid = c.oid and d.deptype = 'e')
        and not exists (select from pg_depend d where d.classid = 1247 and d.objid = t.oid and d.deptype = 'e')
      order by 1, 2`,
    read: (row) => ({
      schemaName: row.schema_name,
      name: row.name,
      attributes: (JSON.parse(row.attributes) as AttributeRow[]).map(
        ({ name, type, collation }): Attribute => ({ name, type: readType(type), collation }),
      ),
    }),
  },
  differences: (current, desired) =>
    differing({ ...current, attributes: comparable(current, desired) }, desired, ['attributes']),
  create: (type) => [{ type: 'create_composite_type', ...of(type), attributes: configs(type) }],
  alter: (current, desired) => {
    const changes = inPlace(current, desired)
    if (!changes) return 'recreate'
    const renamed = Object.fromEntries(changes.renamed)
    return [{ type: 'alter_composite_type', ...of(desired), from: configs(current), to: configs(desired), renamed }]
  },
  // A view may speak of an attribute that goes.
  disturbs: (current, desired) => (inPlace(current, desired)?.dropped.length ?? 0) > 0,
  rename: (current, desired) => ({ type: 'rename_composite_type', ...of(current), newName: desired.name }),
  aside: (current, _desired, name) => [{ type: 'rename_composite_type', ...of(current), newName: name }],
  moves: moveOf,
  drop: (type) => ({ type: 'drop_composite_type', ...of(type), was: configs(type) }),
  survive: (_type, around) =>
    around.desired !== undefined && !around.replaced && !around.remade ? 'untouched' : 'recreate',
  operations: compositeTypeOperations,
}
