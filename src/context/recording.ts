// What a run leaves in the ledger: what was declared, what the hook made, and the state as a whole.
import { createLedger, type LedgerEntry, writeLedger } from '../catalog/ledger.js'
import type { DatabaseSession } from '../client/database-client.js'
import type { Entry } from '../engine/state.js'
import { canonicalObject } from '../engine/walk.js'
import type { HookName } from '../execute/hook-client.js'
import type { HookFindings } from '../execute/run.js'
import { id, sql } from '../sql/sql.js'
import type { Desired } from './desired.js'
import { hashText, type Mode, type Planned } from './planning.js'

export interface Recording {
  readonly session: DatabaseSession
  readonly desired: Desired
  readonly mode: Mode
  readonly before: Planned
  readonly after: Planned
  readonly findings: HookFindings
  readonly ownSchema: string
}

export async function record(run: Recording): Promise<void> {
  const { session, after, ownSchema, mode, desired, before } = run
  if (mode === 'delete') return forget(run)
  const entries = ledgerEntries(run)
  if (!after.reading.exists) {
    const made = await tryCreate(session, ownSchema, before.plan.steps.length === 0)
    if (!made) return
  }
  const { inStep } = after.plan
  await writeLedger(session, ownSchema, desired.context, after.reading.ledger, entries, {
    declared: inStep ? desired.hash : '',
    catalog: inStep ? after.reading.fingerprint : '',
  })
}

/** A role that may not create a schema still gets its in-step answer; it only stays slower. */
async function tryCreate(session: DatabaseSession, ownSchema: string, nothingDone: boolean): Promise<boolean> {
  if (!nothingDone) {
    await session.script(createLedger(ownSchema).text)
    return true
  }
  await session.script('savepoint lockstep_ledger_schema')
  try {
    await session.script(createLedger(ownSchema).text)
    await session.script('release savepoint lockstep_ledger_schema')
    return true
  } catch (error) {
    await session.script('rollback to savepoint lockstep_ledger_schema')
    // Whatever SQLSTATE the server gives (no right, read-only, an event trigger): nothing had to be done, so nothing is lost.
    if (!/^[0-9A-Z]{5}$/.test((error as { code?: string }).code ?? '')) throw error
    return false
  }
}

function ledgerEntries({ desired, after, findings }: Recording): readonly LedgerEntry[] {
  const wanted = after.desired.entries
  const differs = new Set([
    ...after.difference.alters.map((pair) => pair.desired.key),
    ...after.difference.renames.map(({ from }) => from.key),
  ])
  const current = after.reading.state()
  const made = new Set(findings.made)
  const named = (entry: Entry) => findings.names.some((name) => names(name, entry, desired.defaultSchema))
  const rows: LedgerEntry[] = []
  for (const entry of current.entries.values()) {
    const target = wanted.get(entry.key)
    const earlier = after.reading.ledger.rows.get(entry.key)
    if (
      target &&
      !desired.external.some(
        (one) =>
          one.kind === entry.id.kind &&
          one.schemaName === entry.id.schemaName &&
          one.table === entry.id.table &&
          one.name === entry.id.name,
      )
    ) {
      const equal = !differs.has(entry.key)
      rows.push({
        key: entry.key,
        id: entry.id,
        schemaName: schemaOf(entry),
        origin: 'model',
        declaredHash: equal ? hashText(canonicalObject(target.object)) : '',
        catalogHash: equal ? hashText(canonicalObject(entry.object)) : '',
        renamedFrom: target.object.renamedFrom ?? null,
      })
    } else if (made.has(entry.key) || named(entry))
      rows.push({
        key: entry.key,
        id: entry.id,
        schemaName: schemaOf(entry),
        origin: 'hook',
        declaredHash: '',
        catalogHash: '',
        renamedFrom: null,
      })
    else if (earlier) rows.push({ ...earlier, id: entry.id, schemaName: schemaOf(entry) })
  }
  return rows
}

/** A schema lies in itself. */
const schemaOf = (entry: Entry): string | null =>
  entry.id.schemaName ?? entry.kind.names?.(entry.object).find((name) => name.space === 'schema')?.name ?? null

/** Does a CREATE of the hook name this object? An unqualified name is one of the default schema. */
function names(name: HookName, entry: Entry, defaultSchema: string): boolean {
  const { id: object } = entry
  if (
    name.name !== object.name ||
    (name.schemaName ?? defaultSchema) !== (object.schemaName ?? name.schemaName ?? defaultSchema)
  )
    return false
  if (name.table !== undefined && object.table !== undefined && name.table !== object.table) return false
  const type = (entry.object as { objectType?: string }).objectType
  if (type === undefined) return (entry.kind.createdAs ?? [object.kind.replaceAll('-', ' ')]).includes(name.objectType)
  return (
    type === name.objectType ||
    (type.includes(name.objectType) && !name.objectType.includes('table')) ||
    (name.objectType === 'type' && type === 'composite type')
  )
}

/** After ensureDeleted nothing of this context is left; with the last context Lockstep's own schema goes too. */
async function forget({ session, after, before, ownSchema, desired }: Recording): Promise<void> {
  if (!before.reading.exists) return
  const own = id(ownSchema)
  const gone = new Set([...before.keys].filter((key) => !after.keys.has(key)))
  const left = [...before.reading.ledger.rows.values()].filter((row) => after.keys.has(row.key) && !gone.has(row.key))
  await session.query(
    sql`delete from ${own}.object where context = $1 and identity not in (select json_array_elements_text($2::json))`
      .text,
    [desired.context, JSON.stringify(left.map((row) => row.key))],
  )
  await session.query(sql`delete from ${own}.head where context = $1`.text, [desired.context])
  // The journal of file migrations lives there too, and is nobody's object.
  const { rows } = await session.query<{ used: boolean; shared: boolean }>(
    sql`select exists (select from ${own}.object) or exists (select from ${own}.head) as used,
      exists (select from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relkind = 'r' and c.relname not in ('object', 'head')) as shared`
      .text,
    [ownSchema],
  )
  if (rows[0]?.used !== false) return
  await session.script(sql`drop table ${own}.object, ${own}.head`.text)
  if (!rows[0].shared) await session.script(sql`drop schema ${own}`.text)
}
