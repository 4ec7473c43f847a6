// Reading functions and procedures: one row each, everything about it as JSON.
import type { Server } from '../../engine/kind.js'
import { type Sql, sql } from '../../sql/sql.js'
import type { CatalogType } from '../../sql/types.js'
import { type FunctionRow, functionJson, readFunction, readType, typeJson, typesJson } from '../routine-references.js'
import type { Argument, ArgumentMode, Routine, Setting } from './routine.js'

export interface RoutineRow {
  schema_name: string
  name: string
  prokind: string
  arguments: string
  returns: string
  set_of: string
  language: string
  body: string
  library: string | null
  statement: string | null
  volatility: string
  strict: string
  security_definer: string
  leakproof: string
  parallel: string
  cost: string
  rows: string
  support: string | null
  settings: string
  transforms: string
}

/** What says that an object belongs to an extension, or is made along with another object (constructors of range types). */
export const ownRoutine = sql`not exists (select from pg_depend e where e.classid = 1255 and e.objid = p.oid and e.deptype in ('e', 'i'))`

export const routineQuery = (_server: Server, schemas: Sql): Sql => sql`
  select n.nspname as schema_name, p.proname as name, p.prokind, a.arguments, ${typeJson(sql`p.prorettype`)} as returns, p.proretset as set_of, l.lanname as language,
    p.prosrc as body, p.probin as library, case when p.prosqlbody is not null then pg_get_function_sqlbody(p.oid) end as statement,
    p.provolatile as volatility, p.proisstrict as strict, p.prosecdef as security_definer, p.proleakproof as leakproof, p.proparallel as parallel,
    p.procost as cost, p.prorows as rows, case when p.prosupport <> 0 then ${functionJson(sql`p.prosupport`)} end as support,
    coalesce(to_json(p.proconfig), '[]') as settings, ${typesJson(sql`p.protrftypes`)} as transforms,
    '1255:' || p.oid || ':0' as addresses
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
  cross join lateral (
    select coalesce(json_agg(json_build_object('name', nullif(p.proargnames[t.at], ''), 'mode', coalesce(p.proargmodes[t.at], 'i'), 'type', ${typeJson(sql`t.oid`)},
      'default', case when p.pronargdefaults > 0 then pg_get_function_arg_default(p.oid, t.at::int) end) order by t.at), '[]') as arguments
    from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality t(oid, at)
  ) a
  where p.prokind <> 'a' and n.nspname = any(${schemas}) and ${ownRoutine}
  order by 1, 2, p.proargtypes::text`

const modes: Readonly<Record<string, ArgumentMode>> = { i: 'in', o: 'out', b: 'inout', v: 'variadic', t: 'table' }
const volatilities: Readonly<Record<string, Routine['volatility']>> = { i: 'immutable', s: 'stable', v: 'volatile' }
export const parallels: Readonly<Record<string, Routine['parallel']>> = { u: 'unsafe', r: 'restricted', s: 'safe' }

interface ArgumentRow {
  readonly name: string | null
  readonly mode: string
  readonly type: CatalogType
  readonly default: string | null
}

const readArgument = (row: ArgumentRow): Argument => ({
  name: row.name,
  mode: modes[row.mode] ?? 'in',
  type: readType(row.type),
  default: row.default === null ? null : { expression: row.default },
})

/** Settings whose value is a list of names, each quoted where it has to be. */
const lists = new Set([
  'search_path',
  'temp_tablespaces',
  'local_preload_libraries',
  'session_preload_libraries',
  'shared_preload_libraries',
])

/** The names in a list as PostgreSQL keeps it. */
export const listed = (text: string): readonly string[] =>
  [...text.matchAll(/"((?:[^"]|"")*)"|([^",\s]+)/g)].map(([, quoted, bare]) =>
    quoted === undefined ? (bare ?? '').toLowerCase() : quoted.replaceAll('""', '"'),
  )

export const setting = (name: string, text: string): Setting => ({
  name: name.toLowerCase(),
  values: lists.has(name.toLowerCase()) ? listed(text) : [text],
})

const readSetting = (text: string): Setting => {
  const at = text.indexOf('=')
  return setting(text.slice(0, at), text.slice(at + 1))
}

/** Costs are kept where they are not the usual ones. */
export function readRoutine(row: RoutineRow): Routine {
  const procedure = row.prokind === 'p'
  const setOf = row.set_of === 't'
  const usualCost = row.language === 'c' || row.language === 'internal' ? 1 : 100
  return {
    schemaName: row.schema_name,
    name: row.name,
    routineType: procedure ? 'procedure' : 'function',
    arguments: (JSON.parse(row.arguments) as ArgumentRow[]).map(readArgument),
    returns: procedure ? null : { type: readType(JSON.parse(row.returns) as CatalogType), setOf },
    language: row.language,
    body: row.statement === null ? row.body : null,
    library: row.library,
    statement: row.statement === null ? null : { expression: row.statement },
    volatility: volatilities[row.volatility] ?? 'volatile',
    strict: row.strict === 't',
    securityDefiner: row.security_definer === 't',
    leakproof: row.leakproof === 't',
    window: row.prokind === 'w',
    parallel: parallels[row.parallel] ?? 'unsafe',
    cost: Number(row.cost) === usualCost ? null : Number(row.cost),
    rows: Number(row.rows) === (setOf ? 1000 : 0) ? null : Number(row.rows),
    support: readFunction(row.support === null ? null : (JSON.parse(row.support) as FunctionRow)),
    settings: (JSON.parse(row.settings) as string[]).map(readSetting),
    transforms: (JSON.parse(row.transforms) as CatalogType[]).map(readType),
  }
}
