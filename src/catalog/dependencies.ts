// Who depends on whom in the database, as pg_depend has it; asked only when something is altered, rebuilt or dropped.
import type { DatabaseClient } from '../client/database-client.js'

import type { Dependencies, Dependent } from '../engine/ports.js'
import type { SchemaState } from '../engine/state.js'
import { raw, sql } from '../sql/sql.js'

const none: readonly Dependent[] = []

/** What a partition or child has from its parent goes and comes with the parent's. */
const followers = sql`and not (d.classid = 2606 and exists (select from pg_constraint k where k.oid = d.objid and (not k.conislocal or k.conparentid <> 0)))
      and not (d.classid = 1259 and exists (select from pg_class i where i.oid = d.objid and i.relkind in ('i', 'I') and i.relispartition))
      and not (d.classid = 2620 and exists (select from pg_trigger t where t.oid = d.objid and t.tgparentid <> 0))`

/**
 * Edges among user objects. A dependent outside of what was read (a view in another schema) is described by PostgreSQL.
 * `rename` maps keys of the state that was read to those after renames.
 */
export async function readDependencies(
  client: DatabaseClient,
  state: SchemaState,
  rename: (key: string) => string = (key) => key,
): Promise<Dependencies> {
  const owner = new Map<string, string>()
  for (const entry of state.entries.values())
    for (const address of entry.addresses) if (!owner.has(address)) owner.set(address, entry.key)
  // What a relation has from those that it is tied to, and as its own too, is theirs as long as the plan does not show it.
  const tied = new Set(state.latent.flatMap(({ entry }) => entry.addresses))
  const query = sql`
    select d.refclassid || ':' || d.refobjid || ':' || d.refobjsubid as of, d.refclassid || ':' || d.refobjid || ':0' as whole,
      case when y.oid is null then d.classid || ':' || d.objid || ':' || d.objsubid else '1259:' || y.oid || ':-1' end as by, d.classid || ':' || d.objid || ':0' as by_whole, d.deptype as kind,
      coalesce('1259:' || r.ev_class || ':0', '1259:' || a.adrelid || ':' || a.adnum, '') as through
    from pg_depend d
    left join pg_rewrite r on d.classid = 2618 and r.oid = d.objid
    left join pg_class y on d.classid = 1259 and d.refclassid = 1247 and y.oid = d.objid and y.reloftype = d.refobjid
    left join pg_attrdef a on d.classid = 2604 and a.oid = d.objid
    where d.objid >= 16384 and (d.refobjid >= 16384 or d.refclassid = 2615) and d.deptype in ('n', 'a', 'i', 'P', 'S') and d.refclassid <> 2615
      ${followers}`
  const [result] = await client.script(query.text)
  const found = new Map<string, Map<string, Dependent>>()
  const unknown = new Map<string, { readonly of: string; readonly automatic: boolean }[]>()
  for (const [of, whole, by, byWhole, kind, through] of result?.rows ?? []) {
    const target = owner.get(of ?? '') ?? owner.get(whole ?? '')
    if (target === undefined) continue
    const source = owner.get(by ?? '') ?? owner.get(through ?? '') ?? owner.get(byWhole ?? '')
    const automatic = kind !== 'n'
    if (source === target) continue
    if (source !== undefined)
      add(found, rename(target), { key: rename(source), description: describeKey(state, source), automatic })
    else if ((kind === 'n' || kind === 'a') && !tied.has(by ?? '')) {
      const stranger = (by?.endsWith(':-1') ? byWhole : by) ?? ''
      unknown.set(stranger, [...(unknown.get(stranger) ?? []), { of: target, automatic }])
    }
  }
  await describe(client, unknown, (of, description, automatic) => add(found, rename(of), { description, automatic }))
  // The catalog's own order is whatever its pages have come to.
  const sorted = new Map([...found].map(([key, list]) => [key, [...list.entries()].sort(byKey).map(([, one]) => one)]))
  return { of: (key) => sorted.get(key) ?? none }
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1)

const describeKey = (state: SchemaState, key: string): string => {
  const entry = state.entries.get(key)
  return entry
    ? `${entry.id.kind.replaceAll('-', ' ')} ${[entry.id.schemaName, entry.id.table, entry.id.name].filter(Boolean).join('.')}`
    : key
}

function add(found: Map<string, Map<string, Dependent>>, target: string, dependent: Dependent): void {
  const list = found.get(target) ?? new Map<string, Dependent>()
  found.set(target, list)
  const key = dependent.key ?? dependent.description
  const known = list.get(key)
  // A rule depends on its own view in two ways; one that goes along is enough.
  list.set(key, known ? { ...known, automatic: known.automatic || dependent.automatic } : dependent)
}

async function describe(
  client: DatabaseClient,
  unknown: ReadonlyMap<string, readonly { of: string; automatic: boolean }[]>,
  tell: (of: string, description: string, automatic: boolean) => void,
): Promise<void> {
  if (unknown.size === 0) return
  const addresses = [...unknown.keys()].filter((address) => /^\d+:\d+:-?\d+$/.test(address))
  const values = addresses.map((address) => `(${address.split(':').join(',')})`).join(',')
  const [result] = await client.script(
    sql`select a.c || ':' || a.o || ':' || a.s, pg_describe_object(a.c::oid, a.o::oid, a.s) from (values ${raw(values)}) a(c, o, s)`
      .text,
  )
  for (const [address, description] of result?.rows ?? []) {
    for (const { of, automatic } of unknown.get(address ?? '') ?? [])
      if (description) tell(of, description.replace(/^rule _RETURN on /, ''), automatic)
  }
}

/** No edges: for sides that are not a database. */
export const noDependencies: Dependencies = { of: () => none }
