// Operations for migrations: planned by the engine, checked, sent. The only place of the migrations that knows the registry.
import { type Reading, SchemaIntrospector } from '../catalog/introspector.js'
import type { DatabaseClient, Server } from '../client/database-client.js'
import { type Desired, loadDesired, plain } from '../context/desired.js'
import type { SchemaOptions } from '../context/options.js'
import { makePlan } from '../context/planning.js'
import type { DesiredSource } from '../context/sources.js'
import type { OperationBase } from '../engine/kind.js'
import type { Plan } from '../engine/plan.js'
import { references } from '../engine/references.js'
import type { Rename } from '../engine/rename.js'
import type { LedgerRow } from '../engine/scope.js'
import { type Entry, SchemaState } from '../engine/state.js'
import { LockstepError, UsageError } from '../errors.js'
import type { ModelConfig } from '../model/model-config.js'
import { nearest } from '../model/suggest.js'
import { type Operation, registry } from '../objects/registry.js'
import { loadExpressionTools } from '../sql/expression-tools.js'
import { declaredBy } from './builder/declared.js'

export type { Operation }

const options: SchemaOptions = { undeclared: 'drop', schemas: 'all' }

/** What the differ would plan to get from one state to the other. `from` was read on `session`, or is empty. */
async function planned(from: Reading, to: SchemaState, session: DatabaseClient): Promise<Plan> {
  const input = {
    introspector: new SchemaIntrospector(registry, session),
    desired: plain(to, options),
    options,
    mode: 'migrate' as const,
  }
  return (await makePlan(input, from, session, true)).plan
}

/** A reading of nothing, so that only creates are planned, without asking the server. */
function nothing(server: Server): Reading {
  const state = new SchemaState(registry, server, [])
  return {
    ledger: { rows: new Map(), others: new Map() },
    head: undefined,
    exists: false,
    server,
    fingerprint: '',
    state: () => state,
    resolve: () => undefined,
  }
}

/** The operations that make what a model declares, whatever there is already. */
export async function creating(
  model: ModelConfig,
  session: DatabaseClient,
  only: (entry: Entry) => boolean = () => true,
): Promise<Plan> {
  const server = await session.server()
  return planned(nothing(server), new SchemaState(registry, server, declaredBy(registry, model).filter(only)), session)
}

/** A state that was read, and how plans are made from it. Inside one transaction that is rolled back: reading pins settings. */
export interface Reader {
  readonly state: SchemaState
  plan(to: SchemaState): Promise<Plan>
}

/** Reads every schema but the system's and Lockstep's. Whose the objects are does not matter: a migration says what it does. */
export async function readAll(session: DatabaseClient, ownSchema: string): Promise<Reader> {
  const introspector = new SchemaIntrospector(registry, session)
  const read = await introspector.readWithin(session, { schemas: [], allSchemas: true, ownSchema, context: '' })
  const reading: Reading = { ...read, ledger: { rows: new Map(), others: new Map() }, head: undefined }
  const state = read.state()
  return { state, plan: (to) => planned(reading, managed(to), session) }
}

/** What no kind manages is a stranger: named where it stands in the way, never dropped. */
const managed = (state: SchemaState): SchemaState =>
  new SchemaState(
    registry,
    state.server,
    [...state.entries.values()].filter((entry) => !entry.kind.unmanaged),
  )

export interface Rendered {
  readonly description: string
  readonly sql: readonly string[]
  readonly inverse: readonly OperationBase[] | undefined
  readonly transaction: 'inside' | 'never' | 'commit-after'
}

/** @throws USAGE for an operation that there is none of, or that lacks a field */
export function rendered(operation: OperationBase, server: Server): Rendered {
  const spec = specOf(operation)
  try {
    const sql = spec.sql(operation, server)
    return {
      description: spec.describe(operation),
      sql: (Array.isArray(sql) ? sql : [sql]).map((one: { text: string }) => one.text),
      inverse: spec.inverse?.(operation),
      transaction: spec.transaction?.(operation, { server, madeHere: () => false, usesLater: () => false }) ?? 'inside',
    }
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause
    throw new UsageError('USAGE', `The operation '${operation.type}' lacks something: ${cause.message}.`, {
      cause,
      hint: 'Write all of its fields, as `lockstep diff --json` prints them; null where there is nothing to say.',
    })
  }
}

function specOf(operation: OperationBase) {
  const types = registry.kinds.flatMap((kind) => Object.keys(kind.operations))
  if (types.includes(operation?.type)) return registry.spec(operation.type)
  const near = nearest(String(operation?.type), types)
  throw new UsageError('USAGE', `There is no operation '${String(operation?.type)}'.`, {
    hint: near === undefined ? `Operations: ${types.join(', ')}.` : `Did you mean '${near}'?`,
  })
}

export const kindOf = (name: string) => registry.kind(name)
export { registry }

/** Kinds that a model always speaks for: what it does not declare is not wanted. */
const closedSet = new Set([
  'schema',
  'extension',
  'enum',
  'sequence',
  'table',
  'column',
  'constraint',
  'foreign-key',
  'index',
  'comment',
])

export interface Towards {
  readonly plan: Plan
  readonly renames: readonly Rename[]
  /** Keys of what the desired side declares. */
  readonly declared: readonly string[]
}

const asOurs = (entries: readonly Entry[]): ReadonlyMap<string, LedgerRow> =>
  new Map(
    entries.map((entry): [string, LedgerRow] => [
      entry.key,
      { context: '', key: entry.key, origin: 'model', declaredHash: '', catalogHash: '', renamedFrom: null },
    ]),
  )

/**
 * A desired side with what nobody declares and what it stands on is still there; undefined where a rename is in play, whose new
 * name is not in that text.
 */
async function withUndeclared(
  desired: Desired,
  current: SchemaState,
  there: readonly Entry[],
  declared: ReadonlySet<string>,
): Promise<SchemaState | undefined> {
  const { state } = desired
  const tools = await loadExpressionTools()
  const path = { schemas: [desired.defaultSchema] }
  const renamed = new Set(
    [...state.entries.values()].flatMap(({ id, object }) =>
      object.renamedFrom ? [`${id.kind} ${object.renamedFrom}`] : [],
    ),
  )
  let kept = there.filter(
    (entry) => !closedSet.has(entry.id.kind) && !declared.has(entry.key) && !state.entries.has(entry.key),
  )
  for (;;) {
    const side = state.with(new Map(kept.map((entry) => [entry.key, entry])))
    const missing = new Map(
      kept.map((entry) => [
        entry,
        references(entry, current, path, tools).filter((one) => !side.entries.has(one.entry.key)),
      ]),
    )
    if ([...missing.values()].flat().some(({ entry: { id } }) => renamed.has(`${id.kind} ${id.name}`))) return undefined
    const stands = kept.filter((entry) => missing.get(entry)?.length === 0)
    if (stands.length === kept.length) return side
    kept = stands
  }
}

/**
 * The plan from what is in a scratch database to a desired side. Everything of the closed set is the migrations' own; a view or
 * function that the model never declared stays, one of `declared` that it no longer declares goes.
 */
export async function planTowards(
  client: DatabaseClient,
  source: DesiredSource,
  schema: SchemaOptions,
  declared: ReadonlySet<string>,
): Promise<Towards> {
  const settings: SchemaOptions = { ...schema, ownSchema: 'lockstep' }
  const desired = await loadDesired(source, registry, await client.server(), settings)
  return client.session(async (session) => {
    await session.script('begin')
    try {
      const introspector = new SchemaIntrospector(registry, session)
      const all = schema.schemas === undefined || schema.schemas === 'all'
      const read = await introspector.readWithin(session, {
        schemas: all ? [] : (schema.schemas as readonly string[]),
        allSchemas: all,
        ownSchema: 'lockstep',
        context: '',
      })
      const there = [...read.state().entries.values()].filter((entry) => !entry.kind.unmanaged)
      const planned = (state: SchemaState, ours: readonly Entry[]) => {
        const reading: Reading = { ...read, ledger: { rows: asOurs(ours), others: new Map() }, head: undefined }
        const input = { introspector, desired: { ...desired, state }, options: settings, mode: 'migrate' as const }
        return makePlan(input, reading, session, true)
      }
      const spokenFor = there.filter((entry) => closedSet.has(entry.id.kind) || declared.has(entry.key))
      const { plan, difference } = await planned(desired.state, spokenFor).catch(async (error: unknown) => {
        if (!(error instanceof LockstepError) || error.code !== 'BLOCKED_BY_UNMANAGED') throw error
        // What files made by hand stands in the way: it makes way and comes back, or goes with what it stands on.
        const more = await withUndeclared(desired, read.state(), there, declared)
        if (!more) throw error
        return planned(more, there)
      })
      return { plan, renames: difference.renames, declared: [...desired.state.entries.keys()] }
    } finally {
      await session.script('rollback')
    }
  })
}

/** The plan from what is there now back to an earlier state, renames turned round. */
export async function planBack(client: DatabaseClient, before: SchemaState, renames: readonly Rename[]): Promise<Plan> {
  const changes = new Map<string, Entry>()
  // By the time a part of a table is renamed, the table itself has its new name.
  const old = new Map(
    renames
      .filter(({ from }) => from.id.table === undefined)
      .map(({ from, to }) => [`${to.id.schemaName}.${to.id.name}`, from.id.name]),
  )
  for (const { from, to } of renames) {
    const table =
      from.id.table === undefined ? undefined : (old.get(`${from.id.schemaName}.${from.id.table}`) ?? from.id.table)
    const entry = before.entry(from.kind.identify({ ...from.object, ...(table === undefined ? {} : { table }) }))
    if (entry) changes.set(entry.key, { ...entry, object: { ...entry.object, renamedFrom: to.object.name } })
  }
  return client.session(async (session) => {
    await session.script('begin')
    try {
      return await (await readAll(session, 'lockstep')).plan(changes.size === 0 ? before : before.with(changes))
    } finally {
      await session.script('rollback')
    }
  })
}
