// Whatever else lives in the managed schemas, or in the database and in no schema. It is listed, seen when it stands in the way, and dropped
// only where a hook made it.
import type { ObjectKind, OperationBase } from '../../engine/kind.js'
import { id, qualified, raw, sql } from '../../sql/sql.js'
import { plainTable } from '../relations.js'

/** `objectType` and `identity` are PostgreSQL's own words for it, as DROP takes them. */
export interface Other {
  readonly schemaName?: string
  readonly table?: string
  readonly name: string
  readonly arguments?: string
  readonly objectType: string
  readonly identity: string
  readonly relation: boolean
}

/** Drops an object that a hook made; the hook makes it again. */
export interface DropHookObject extends OperationBase {
  readonly type: 'drop_hook_object'
  readonly objectType: string
  readonly identity: string
  readonly was: Other
}

export interface OtherRow {
  object_type: string
  schema_name: string | null
  table_name: string | null
  name: string | null
  identity: string
}

const relations = ['table', 'view', 'materialized view', 'foreign table', 'index']

/** What belongs to a table is called `name on table` by PostgreSQL. */
const nameOf = (row: OtherRow): string =>
  row.name ?? (row.table_name === null ? row.identity : row.identity.replace(/ on .*$/s, ''))
/** Partitions, inheritance children and indexes of materialized views are not what the managed kinds of these names mean. */
const kindOf = (objectType: string): string =>
  objectType === 'table' || objectType === 'index' ? `unmanaged-${objectType}` : objectType.replaceAll(' ', '-')
const argumentsOf = (row: OtherRow): string | undefined => /(\(.*\))$/s.exec(row.identity)?.[1]

export const others: ObjectKind<Other, DropHookObject, OtherRow> = {
  name: 'other',
  unmanaged: true,
  identify: (other) => ({
    kind: kindOf(other.objectType),
    schemaName: other.schemaName,
    table: other.table,
    name: other.name,
    arguments: other.arguments,
  }),
  names: ({ schemaName, name, relation, objectType }) =>
    relation
      ? [
          { space: 'relation', schemaName, name },
          { space: 'type', schemaName, name },
        ]
      : objectType === 'type'
        ? [{ space: 'type', schemaName, name }]
        : [],
  declare: () => [],
  catalog: {
    query: (_server, schemas) => sql`
      with s as (select oid from pg_namespace where nspname = any(${schemas})), found(classid, objid, tableid) as (
        select 1259, c.oid, null::oid from pg_class c where c.relnamespace in (select oid from s) and (c.relkind = 'f' or (c.relkind in ('r', 'p') and not (${plainTable('c')})))
        union all select 1247, t.oid, null from pg_type t where t.typnamespace in (select oid from s) and (t.typtype = 'b' and t.typcategory <> 'A' or t.typtype = 'p')
        union all select 2618, r.oid, r.ev_class from pg_rewrite r join pg_class c on c.oid = r.ev_class where r.rulename <> '_RETURN' and c.relnamespace in (select oid from s)
        union all select 2606, k.oid, k.conrelid from pg_constraint k join pg_class c on c.oid = k.conrelid where k.contype = 'x' and not (${plainTable('c')}) and k.connamespace in (select oid from s) and k.conparentid = 0
        union all select 2607, o.oid, null from pg_conversion o where o.connamespace in (select oid from s)
        union all select 2617, o.oid, null from pg_operator o where o.oprnamespace in (select oid from s)
        union all select 2616, o.oid, null from pg_opclass o where o.opcnamespace in (select oid from s)
        union all select 2753, o.oid, null from pg_opfamily o where o.opfnamespace in (select oid from s)
        union all select 3602, o.oid, null from pg_ts_config o where o.cfgnamespace in (select oid from s)
        union all select 3600, o.oid, null from pg_ts_dict o where o.dictnamespace in (select oid from s)
        union all select 3601, o.oid, null from pg_ts_parser o where o.prsnamespace in (select oid from s)
        union all select 3764, o.oid, null from pg_ts_template o where o.tmplnamespace in (select oid from s)
        union all select 2605, o.oid, null from pg_cast o where o.oid >= 16384
        union all select 2612, o.oid, null from pg_language o where o.oid >= 16384
        union all select 2601, o.oid, null from pg_am o where o.oid >= 16384
        union all select 3576, o.oid, null from pg_transform o
        union all select 3466, o.oid, null from pg_event_trigger o
        union all select 2328, o.oid, null from pg_foreign_data_wrapper o
        union all select 1417, o.oid, null from pg_foreign_server o
        union all select 6104, o.oid, null from pg_publication o
        union all select 6100, o.oid, null from pg_subscription o where o.subdbid = (select oid from pg_database where datname = current_database())
      )
      select i.type as object_type, coalesce(i.schema, tn.nspname) as schema_name, t.relname as table_name, i.name, i.identity,
        f.classid || ':' || f.objid || ':0'
          || coalesce((select ',' || string_agg('2618:' || r.oid || ':0', ',' order by r.oid) from pg_rewrite r where f.classid = 1259 and r.ev_class = f.objid), '')
          || coalesce((select ',' || string_agg('1247:' || y.oid || ':0', ',' order by y.oid) from pg_type y where f.classid = 1259 and y.typrelid = f.objid), '')
          || coalesce((select ',1247:' || y.oid || ':0' from pg_type y where f.classid = 1247 and y.typelem = f.objid and y.typcategory = 'A'), '') as addresses
      from found f cross join lateral pg_identify_object(f.classid::oid, f.objid, 0) i
      left join pg_class t on t.oid = f.tableid left join pg_namespace tn on tn.oid = t.relnamespace
      where not exists (select from pg_depend e where e.classid = f.classid and e.objid = f.objid and e.deptype = 'e')
        and not (f.classid in (2753, 1247, 2605) and exists (select from pg_depend e where e.classid = f.classid and e.objid = f.objid and e.deptype in ('a', 'i') and e.refclassid in (2616, 1247)))
        and i.identity is not null
      order by 1, 5`,
    read: (row) => ({
      ...(row.schema_name === null ? {} : { schemaName: row.schema_name }),
      ...(row.table_name === null ? {} : { table: row.table_name }),
      name: nameOf(row),
      ...(argumentsOf(row) === undefined ? {} : { arguments: argumentsOf(row) }),
      objectType: row.object_type,
      identity: row.identity,
      relation: relations.includes(row.object_type),
    }),
  },
  differences: () => [],
  create: () => [],
  drop: (other) => ({
    type: 'drop_hook_object',
    schemaName: other.schemaName,
    objectType: other.objectType,
    identity: other.identity,
    was: other,
  }),
  operations: {
    drop_hook_object: {
      describe: (op) => `Drop ${op.objectType} '${op.identity}' (made by the hook)`,
      sql: (op) => {
        if (op.objectType === 'table constraint')
          return sql`alter table ${qualified(op.schemaName, op.was.table ?? '')} drop constraint ${id(op.was.name)}`
        return sql`drop ${raw(op.objectType.replace('-', ' '))} ${raw(op.identity)}`
      },
    },
  },
}
