// Views. The query is replaced in place where PostgreSQL allows it, else the view and everything on it is made again.
import type { ObjectKind } from '../../engine/kind.js'
import { differing } from '../../engine/walk.js'
import { qualified, sql } from '../../sql/sql.js'
import { extendsColumns, nullQuery, queryColumns, queryText, readQueryColumns } from '../query-columns.js'
import { compared, configOf, of, type ViewOperation, viewOperations } from './operations.js'
import { type Flag, type View, viewKind } from './view.js'

export interface ViewRow {
  schema_name: string
  name: string
  query: string
  output: string
  security_barrier: string | null
  security_invoker: string | null
  check_option: string | null
  defaults: string
}

/** What parse_bool takes for true. */
const isTrue = /^(t(r(ue?)?)?|y(es?)?|on|1)$/i

/** A model means a flag, however the server spells it. */
const comparableFlag = (current: Flag, desired: Flag): Flag =>
  typeof desired === 'boolean' && typeof current !== 'boolean' ? current !== null && isTrue.test(current) : current

function differences(current: View, desired: View): readonly (keyof View & string)[] {
  const comparable = {
    ...current,
    columns: current.columns ?? current.output?.map(({ name }) => name),
    securityBarrier: comparableFlag(current.securityBarrier, desired.securityBarrier),
    securityInvoker: comparableFlag(current.securityInvoker, desired.securityInvoker),
  }
  return differing(comparable, desired, compared)
}

export const views: ObjectKind<View, ViewOperation, ViewRow> = {
  name: viewKind,
  identify: ({ schemaName, name }) => ({ kind: viewKind, schemaName, name }),
  names: ({ schemaName, name }) => [
    { space: 'relation', schemaName, name },
    { space: 'type', schemaName, name },
  ],
  address: ({ schemaName, name }) => sql`view ${qualified(schemaName, name)}`,
  derived: ['output'],
  declare: () => [],
  catalog: {
    occurs: (spaces) => sql`exists (select from pg_class where relkind = 'v' and relnamespace = any(${spaces}))`,
    query: (_server, schemas) => sql`
      select n.nspname as schema_name, c.relname as name, pg_get_viewdef(c.oid) as query, ${queryColumns(sql`c.oid`)} as output,
        o.security_barrier, o.security_invoker, o.check_option,
        (select coalesce(json_agg(json_build_object('column', a.attname, 'value', pg_get_expr(d.adbin, d.adrelid)) order by a.attname collate "C"), '[]')
          from pg_attrdef d join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum where d.adrelid = c.oid) as defaults,
        '1259:' || c.oid || ':0,2618:' || r.oid || ':0,1247:' || c.reltype || ':0' || coalesce((select ',1247:' || rt.typarray || ':0' from pg_type rt where rt.oid = c.reltype), '')
          || coalesce((select ',' || string_agg('2604:' || d.oid || ':0', ',') from pg_attrdef d where d.adrelid = c.oid), '') as addresses
      from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_rewrite r on r.ev_class = c.oid and r.rulename = '_RETURN'
      cross join lateral (
        select max(option_value) filter (where option_name = 'security_barrier') as security_barrier,
          max(option_value) filter (where option_name = 'security_invoker') as security_invoker,
          max(lower(option_value)) filter (where option_name = 'check_option') as check_option
        from pg_options_to_table(c.reloptions)
      ) o
      where c.relkind = 'v' and n.nspname = any(${schemas})
        and not exists (select from pg_depend e where e.classid = 1259 and e.objid = c.oid and e.objsubid = 0 and e.deptype = 'e')
      order by 1, 2`,
    read: (row) => ({
      schemaName: row.schema_name,
      name: row.name,
      query: { expression: queryText(row.query) },
      output: readQueryColumns(row.output),
      securityBarrier: row.security_barrier,
      securityInvoker: row.security_invoker,
      checkOption: row.check_option as View['checkOption'],
      defaults: (JSON.parse(row.defaults) as { column: string; value: string }[]).map(({ column, value }) => ({
        column,
        value: { expression: value },
      })),
    }),
  },
  differences,
  create: (view) => [{ type: 'create_view', ...of(view), view: configOf(view) }],
  alter: (current, desired, changed) =>
    (changed.includes('query') || changed.includes('columns')) && !extendsColumns(current.output, desired.output)
      ? 'recreate'
      : [{ type: 'alter_view', ...of(desired), from: configOf(current), to: configOf(desired) }],
  rename: (current, desired) => ({ type: 'rename_view', ...of(current), newName: desired.name }),
  drop: (view) => ({ type: 'drop_view', ...of(view), was: configOf(view) }),
  stub: ({ columns: _columns, ...view }) =>
    view.output === null || view.query.expression === nullQuery(view.output)
      ? undefined
      : { ...view, query: { expression: nullQuery(view.output) }, checkOption: null, defaults: [] },
  // Its new query reads no longer what goes for good: it is replaced before that goes.
  survive: (current, around, _side, desired) =>
    around.desired === undefined &&
    !around.overloaded &&
    differences(current, desired).includes('query') &&
    extendsColumns(current.output, desired.output)
      ? 'untouched'
      : 'recreate',
  operations: viewOperations,
}
