// Which roles the server has. Lockstep makes none: whoever names one that is missing is told so before anything is sent.
import type { DatabaseClient } from '../client/database-client.js'
import { display } from '../engine/identity.js'
import type { Entry } from '../engine/state.js'
import { PlanError } from '../errors.js'
import { join, literal, sql } from '../sql/sql.js'

/** @throws PlanError ROLE_MISSING naming every role that the server lacks, and what names it */
export async function refuseMissingRoles(client: DatabaseClient, entries: Iterable<Entry>): Promise<void> {
  const named = new Map<string, Entry>()
  for (const entry of entries)
    for (const role of entry.kind.roles?.(entry.object) ?? []) if (!named.has(role)) named.set(role, entry)
  if (named.size === 0) return
  const [result] = await client.script(
    sql`select rolname from pg_catalog.pg_roles where rolname in (${join([...named.keys()].map(literal))})`.text,
  )
  const there = new Set((result?.rows ?? []).map(([role]) => role))
  const missing = [...named].filter(([role]) => !there.has(role)).sort(([a], [b]) => (a < b ? -1 : 1))
  if (missing.length === 0) return
  const places = missing.map(([role, { id }]) => `'${role}' (named by ${id.kind} '${display(id)}')`)
  throw new PlanError('ROLE_MISSING', `The server has no role ${places.join(', ')}.`, {
    hint: `Lockstep makes no roles, because they belong to the whole server. Create ${missing.length === 1 ? 'it' : 'them'} first (CREATE ROLE), or take ${missing.length === 1 ? 'it' : 'them'} out of the model.`,
    details: { roles: missing.map(([role]) => role) },
  })
}
