// What a run is asked for, and what it tells at its end.
import type { DatabaseClient, DatabaseSession } from '../client/database-client.js'
import type { Plan, Step, StepReport } from '../engine/plan.js'
import type { RunListener } from './events.js'
import type { HookName, TextInspector } from './hook-client.js'
import type { LockRequest } from './lock.js'

/** What the executor needs to know of a plan that was made on its session. */
export interface Prepared {
  readonly plan: Plan
  /** Keys of everything that was read. */
  readonly keys: ReadonlySet<string>
  /** Schemas under which the user's SQL runs, after the object's own. */
  readonly path: readonly string[]
  /** Keys of objects that a hook made and that this plan drops, so that the hook makes them again. */
  readonly makesWay: readonly string[]
}

export interface RunRequest<P extends Prepared> {
  readonly client: DatabaseClient
  readonly lock: LockRequest
  readonly lockTimeout: number
  readonly statementTimeout: number
  readonly onEvent: RunListener
  readonly signal?: AbortSignal | undefined
  readonly hook?: ((client: DatabaseClient) => Promise<void>) | undefined
  readonly inspector: () => Promise<TextInspector>
  /** Reads and plans on the session, inside its transaction. */
  readonly prepare: (session: DatabaseSession) => Promise<P>
  /** May this plan run? `false` ends the attempt: the caller asks again, outside of the transaction. */
  readonly approved: (plan: Plan) => boolean
  /** The indexes of the steps at which a new transaction begins. `force`: new enum values are committed before whatever uses them. */
  readonly split: (session: DatabaseSession, plan: Plan, force: boolean) => Promise<readonly number[]>
  /** Nothing left to do, in the sense of this run. */
  readonly done: (after: P) => readonly Step[]
  /** Writes the ledger for what is there now. */
  readonly record: (session: DatabaseSession, before: P, after: P, hook: HookFindings) => Promise<void>
}

export interface HookFindings {
  readonly names: readonly HookName[]
  readonly made: readonly string[]
}

export interface RunResult {
  /** Nothing is left to do; a run that only creates may leave something. */
  readonly inStep: boolean
  readonly plan: Plan
  readonly steps: readonly StepReport[]
  readonly verified: boolean
  readonly milliseconds: number
  readonly notes: readonly string[]
}

/** The plan under the lock asks more than was allowed: the caller decides and tries again. */
export interface NotApproved {
  readonly plan: Plan
  readonly approved: false
}
