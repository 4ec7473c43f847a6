// The pipeline: desired and current state, diff, plan, confirm, execute. Everything else is in the rooms that it calls.
import { type Reading, SchemaIntrospector } from '../catalog/introspector.js'
import type { DatabaseClient } from '../client/database-client.js'
import { display } from '../engine/identity.js'
import type { Plan, Step } from '../engine/plan.js'
import type { SchemaState } from '../engine/state.js'
import { RefusedError } from '../errors.js'
import { type Confirmer, uncovered } from '../execute/confirm.js'
import type { LockHolder, RunListener } from '../execute/events.js'
import { execute } from '../execute/executor.js'
import { lockStatus, unlock } from '../execute/lock.js'
import { measured } from '../execute/measure.js'
import { splitByLocks } from '../execute/split.js'
import { refuseStopped } from '../execute/stops.js'
import { type Operation, registry } from '../objects/registry.js'
import { decider } from './deciding.js'
import { type Desired, isCompared, loadDesired } from './desired.js'

import type { MigrateOptions, MigrateReport, SchemaOptions } from './options.js'
import { type Mode, makePlan, type Planned, readRequest, unchanged } from './planning.js'
import { record } from './recording.js'
import { snapshotOf } from './snapshot.js'
import type { DesiredSource } from './sources.js'
import { refuseUnknownSchemas } from './unknown-schemas.js'

const attempts = 5

/**
 * Keeps one database in step with one desired side.
 * @example
 * const schema = db.getSchemaManager()
 * await schema.analyze()         // the operations that migrate() would run
 * await schema.migrate()         // plan, ask, apply, verify
 */
export class DbSchemaManager {
  readonly #introspector: SchemaIntrospector
  #desired: Promise<Desired> | undefined

  constructor(
    protected readonly client: DatabaseClient,
    protected readonly source: DesiredSource,
    protected readonly options: SchemaOptions = {},
  ) {
    this.#introspector = new SchemaIntrospector(registry, client)
  }

  /** The operations that would bring the database in step; none is executed, no right to write is needed. Empty: in step. One round trip where nothing has changed since the last migration. */
  async analyze(): Promise<readonly Operation[]> {
    const desired = await this.#load()
    const reading = await this.#read(desired)
    if (unchanged(reading, desired)) return []
    const { plan } = await makePlan(this.#input(desired, 'migrate'), reading, this.client, false)
    return plan.steps.map((step) => step.operation as Operation)
  }

  /** The plan that migrate() would ask about. With `measure`, the rows at stake are counted for each risk that can be. */
  async plan({ measure = false }: { readonly measure?: boolean } = {}): Promise<Plan> {
    return this.#plan('migrate', measure)
  }

  /** The plan that ensureDeleted() would run; `lockstep drop` asks about it. */
  async planDeleted({ measure = false }: { readonly measure?: boolean } = {}): Promise<Plan> {
    return this.#plan('delete', measure)
  }

  /**
   * Brings the database in step: plans, asks once if data would be lost, applies in one transaction, runs the hook, reads back, commits.
   * @throws RefusedError when data would be lost and nobody allowed it; ExecutionError when a step fails (rolled back); LockHeldError
   */
  async migrate(options: MigrateOptions = {}): Promise<MigrateReport> {
    return this.#run('migrate', options, options.confirm)
  }

  /** Creates what is missing, drops and alters nothing, never asks; then the hook. */
  async ensureCreated(options: MigrateOptions = {}): Promise<MigrateReport> {
    return this.#run('create', options, async () => ({ allowed: true }))
  }

  /** Drops what the ledger and the model call ours, in reverse order, without CASCADE. In code it never asks. */
  async ensureDeleted(options: MigrateOptions = {}): Promise<MigrateReport> {
    return this.#run('delete', options, options.confirm ?? (async () => ({ allowed: true })))
  }

  /** Who holds the migration lock; undefined: nobody. */
  async lockStatus(): Promise<LockHolder | undefined> {
    return lockStatus(this.client, this.options.ownSchema ?? 'lockstep')
  }

  /** Terminates the holder's session; the holder that was ended, or undefined. */
  async unlock(): Promise<LockHolder | undefined> {
    return unlock(this.client, this.options.ownSchema ?? 'lockstep')
  }

  /** The managed objects of the database as plain JSON. */
  async snapshot(): Promise<unknown> {
    const desired = await this.#load()
    return this.#snapshot((await this.#read(desired)).state(), desired.schemas)
  }

  /** The desired side as plain JSON. */
  async desiredSnapshot(): Promise<unknown> {
    const { state } = await this.#load()
    return this.source.type === 'database' ? this.#snapshot(state) : snapshotOf(state)
  }

  #snapshot(state: SchemaState, known?: readonly string[]): unknown {
    refuseUnknownSchemas(this.options, state, known)
    return snapshotOf(state, (entry) => isCompared(entry, this.options))
  }

  #load(): Promise<Desired> {
    this.#desired ??= this.client.server().then((server) => loadDesired(this.source, registry, server, this.options))
    this.#desired.catch(() => {
      this.#desired = undefined
    })
    return this.#desired
  }

  #read(desired: Desired): Promise<Reading> {
    return this.#introspector.read(readRequest({ desired, options: this.options }), () => void desired.hash)
  }

  #input(desired: Desired, mode: Mode) {
    return { introspector: this.#introspector, desired, options: this.options, mode }
  }

  async #plan(mode: Mode, measure: boolean): Promise<Plan> {
    const desired = await this.#load()
    const reading = await this.#read(desired)
    const { plan } = await makePlan(this.#input(desired, mode), reading, this.client, false)
    return measure ? measured(plan, this.client) : plan
  }

  async #run(mode: Mode, options: MigrateOptions, confirm: MigrateOptions['confirm']): Promise<MigrateReport> {
    const desired = await this.#load()
    const onEvent: RunListener = options.onEvent ?? (() => undefined)
    const hook = mode === 'delete' || this.source.type !== 'model' ? undefined : this.source.hook
    const first = await this.#read(desired)
    let plan = (await makePlan(this.#input(desired, mode), first, this.client, false)).plan
    const settled =
      mode === 'migrate'
        ? unchanged(first, desired)
        : mode === 'create'
          ? plan.steps.length === 0 && first.head !== undefined
          : plan.steps.length === 0 && first.ledger.rows.size === 0
    if (settled && !hook) return { plan, inStep: plan.inStep, steps: [], verified: true, milliseconds: 0, notes: [] }
    const decide = await decider(confirm, options.allow ?? [])
    for (let attempt = 0; attempt < attempts; attempt++) {
      await refuseStopped(plan, this.client)
      const approved = await this.#approve(plan, decide)
      onEvent({ type: 'plan', plan: approved.plan })
      const result = await execute<Planned>({
        client: this.client,
        lock: {
          ownSchema: this.options.ownSchema ?? 'lockstep',
          wait: this.options.wait ?? 60_000,
          reason: options.reason ?? mode,
          onEvent,
          signal: options.signal,
        },
        lockTimeout: this.options.lockTimeout ?? 10_000,
        statementTimeout: this.options.statementTimeout ?? 0,
        onEvent,
        signal: options.signal,
        hook,
        inspector: async () => (await import('./hook-inspector.js')).hookInspector(),
        prepare: async (session) => {
          const reading = await this.#introspector.readWithin(session, readRequest({ desired, options: this.options }))
          return makePlan(this.#input(desired, mode), reading, session, true)
        },
        approved: (now) => approved.covers(now),
        split: (session, now, force) => splitByLocks(session, now, { force, batches: mode !== 'migrate', registry }),
        done: (after) => after.plan.steps,
        record: (session, before, after, findings) =>
          record({ session, desired, mode, before, after, findings, ownSchema: this.options.ownSchema ?? 'lockstep' }),
      })
      if (!('approved' in result)) return result
      plan = result.plan
    }
    throw new RefusedError(
      'MOVED',
      `The database changed ${attempts} times between the plan and its execution; nothing was done.`,
      { hint: 'See who else changes it, then run again.' },
    )
  }

  /** Asks where it has to be asked; throws where the answer is no. */
  async #approve(plan: Plan, decide: { readonly confirm: Confirmer; readonly allowed: readonly string[] }) {
    const open = uncovered(plan, decide.allowed)
    const key = (from: Plan, entry: (typeof open)[number]) =>
      `${entry.risk.code} ${display((from.steps[entry.step] as Step).object)}`
    if (open.length === 0)
      return {
        plan: await measured(plan, this.client),
        covers: (now: Plan) => uncovered(now, decide.allowed).length === 0,
      }
    const counted = await measured(plan, this.client)
    const decision = await decide.confirm(counted)
    if (!decision.allowed) {
      const lines = open.map((entry) => `  - ${plan.steps[entry.step]?.description} [${entry.risk.code}]`)
      throw new RefusedError(
        'REFUSED',
        `Nothing was changed: this would lose data and was not allowed${decision.reason ? ` (${decision.reason})` : ''}:\n${[...new Set(lines)].join('\n')}`,
        {
          hint: 'Allow it by name: --allow data-loss, or --allow CODE:object; in code migrate({ confirm: allow(…) }). In a terminal you are asked.',
          details: { plan: counted },
        },
      )
    }
    const said = new Set(open.map((entry) => key(plan, entry)))
    return {
      plan: counted,
      covers: (now: Plan) => uncovered(now, decide.allowed).every((entry) => said.has(key(now, entry))),
    }
  }
}
