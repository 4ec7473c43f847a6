// Reading triggers: those of users, not the ones that constraints and partitions bring along.
import type { Server } from '../../engine/kind.js'
import { type Sql, sql } from '../../sql/sql.js'
import type { TableName } from '../relations.js'
import { type FunctionRow, functionJson, readFunction } from '../routine-references.js'
import { type Trigger, type TriggerEnabled, triggerEvents } from './trigger.js'

export interface TriggerRow {
  schema_name: string
  table_name: string
  name: string
  type: string
  columns: string
  definition: string | null
  old_table: string | null
  new_table: string | null
  function: string
  arguments: string
  is_constraint: string
  deferrable: string
  deferred: string
  from_table: string | null
  enabled: string
  partitions: string
}

export const triggerQuery = (_server: Server, schemas: Sql): Sql => sql`
  with recursive clone(root, oid, relation, enabled) as (
    select t.oid, d.oid, d.tgrelid, d.tgenabled from pg_trigger t join pg_trigger d on d.tgparentid = t.oid where t.tgparentid = 0 and not t.tgisinternal
    union all select clone.root, d.oid, d.tgrelid, d.tgenabled from clone join pg_trigger d on d.tgparentid = clone.oid
  ), deviating as (
    select clone.root, json_agg(json_build_object('schemaName', n.nspname, 'table', c.relname, 'enabled', clone.enabled) order by n.nspname, c.relname) as partitions
    from clone join pg_trigger t on t.oid = clone.root join pg_class c on c.oid = clone.relation join pg_namespace n on n.oid = c.relnamespace where clone.enabled <> t.tgenabled group by 1
  )
  select n.nspname as schema_name, c.relname as table_name, t.tgname as name, t.tgtype as type,
    (select coalesce(json_agg(a.attname order by k.at), '[]') from unnest(t.tgattr::int2[]) with ordinality k(num, at) join pg_attribute a on a.attrelid = t.tgrelid and a.attnum = k.num) as columns,
    case when t.tgqual is not null then pg_get_triggerdef(t.oid) end as definition, t.tgoldtable as old_table, t.tgnewtable as new_table,
    ${functionJson(sql`t.tgfoid`)} as function, encode(t.tgargs, 'hex') as arguments,
    t.tgconstraint <> 0 as is_constraint, t.tgdeferrable as deferrable, t.tginitdeferred as deferred,
    (select json_build_object('schemaName', fn.nspname, 'table', f.relname) from pg_class f join pg_namespace fn on fn.oid = f.relnamespace where f.oid = t.tgconstrrelid) as from_table,
    t.tgenabled as enabled, coalesce((select partitions from deviating where root = t.oid), '[]') as partitions,
    '2620:' || t.oid || ':0' || case when t.tgconstraint <> 0 then ',2606:' || t.tgconstraint || ':0' else '' end as addresses
  from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
  where not t.tgisinternal and t.tgparentid = 0 and n.nspname = any(${schemas}) and c.relpersistence <> 't'
    and not exists (select from pg_depend e where e.deptype = 'e' and (e.classid = 2620 and e.objid = t.oid or e.classid = 1259 and e.objid = c.oid and e.objsubid = 0))
  order by 1, 2, 3`

const states: Readonly<Record<string, TriggerEnabled>> = { O: 'origin', D: 'disabled', R: 'replica', A: 'always' }
const stateOf = (letter: string): TriggerEnabled => states[letter] ?? 'origin'
const eventBits = { insert: 4, delete: 8, update: 16, truncate: 32 } as const

/** The condition in `CREATE TRIGGER … WHEN (condition) EXECUTE …`; nothing that is quoted is taken for a word of it. */
export function conditionIn(definition: string): string | undefined {
  const quoted = /"(?:[^"]|"")*"|'(?:[^']|'')*'/.source
  const start = new RegExp(`${quoted}|( FOR EACH (?:ROW|STATEMENT) WHEN \\()`, 'g')
  for (let found = start.exec(definition); found; found = start.exec(definition)) {
    if (found[1] === undefined) continue
    const from = start.lastIndex
    const bracket = new RegExp(`${quoted}|[()]`, 'g')
    bracket.lastIndex = from
    let depth = 1
    for (let next = bracket.exec(definition); next; next = bracket.exec(definition)) {
      if (next[0] === '(') depth++
      if (next[0] === ')' && --depth === 0) return definition.slice(from, next.index)
    }
  }
  return undefined
}

/** Each argument ends in a zero byte. */
const argumentsIn = (hex: string): readonly string[] =>
  Buffer.from(hex, 'hex').toString('utf8').split('\0').slice(0, -1)

export function readTrigger(row: TriggerRow): Trigger {
  const type = Number(row.type)
  const condition = row.definition === null ? undefined : conditionIn(row.definition)
  return {
    schemaName: row.schema_name,
    table: row.table_name,
    name: row.name,
    timing: type & 2 ? 'before' : type & 64 ? 'instead of' : 'after',
    events: triggerEvents.filter((event) => type & eventBits[event]),
    columns: JSON.parse(row.columns) as string[],
    forEach: type & 1 ? 'row' : 'statement',
    when: condition === undefined ? null : { expression: condition },
    oldTable: row.old_table,
    newTable: row.new_table,
    function: readFunction(JSON.parse(row.function) as FunctionRow)!,
    arguments: argumentsIn(row.arguments),
    constraint:
      row.is_constraint === 't'
        ? {
            deferrable: row.deferrable === 't',
            initiallyDeferred: row.deferred === 't',
            from:
              row.from_table === null
                ? null
                : (JSON.parse(row.from_table) as { readonly schemaName: string; readonly table: string }),
          }
        : null,
    enabled: stateOf(row.enabled),
    partitions: (JSON.parse(row.partitions) as readonly (TableName & { readonly enabled: string })[]).map((one) => ({
      ...one,
      enabled: stateOf(one.enabled),
    })),
  }
}
