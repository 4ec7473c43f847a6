// Operations for migrations: planned by the engine, checked, sent. The only place of the migrations that knows the registry.
import { type Reading, SchemaIntrospector } from '../catalog/introspector.js'
import type { DatabaseClient, Server } from '../client/database-client.js'
import { plain } from '../context/desired.js'
import type { SchemaOptions } from '../context/options.js'
import { makePlan } from '../context/planning.js'
import type { OperationBase } from '../engine/kind.js'
import type { Plan } from '../engine/plan.js'
import { type Entry, SchemaState } from '../engine/state.js'
import { UsageError } from '../errors.js'
import type { ModelConfig } from '../model/model-config.js'
import { nearest } from '../model/suggest.js'
import { type Operation, registry } from '../objects/registry.js'
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

/** @throws USAGE for an operation that there is none of */
export function rendered(operation: OperationBase, server: Server): Rendered {
  const spec = specOf(operation)
  const sql = spec.sql(operation, server)
  return {
    description: spec.describe(operation),
    sql: (Array.isArray(sql) ? sql : [sql]).map((one: { text: string }) => one.text),
    inverse: spec.inverse?.(operation),
    transaction: spec.transaction?.(operation, { server, madeHere: () => false, usesLater: () => false }) ?? 'inside',
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
