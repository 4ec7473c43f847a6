// Applies a plan: lock, read again, segments, hook, read back, ledger, commit. Either all of a transaction is verified, or none of it stays.

import { setSearchPath } from '../catalog/session-settings.js'
import type { DatabaseClient, DatabaseSession } from '../client/database-client.js'
import type { Plan, Step, StepReport } from '../engine/plan.js'
import { ExecutionError, LockstepError } from '../errors.js'
import { literal, sql } from '../sql/sql.js'
import { commit, settleCommit } from './commit.js'
import type { RunListener } from './events.js'
import { executionError, sqlstateOf } from './failure.js'
import { HookClient, type HookName, type TextInspector } from './hook-client.js'
import { acquire, type LockRequest, release } from './lock.js'

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
  /** Steps per transaction, as indexes at which a new one begins; `atOnce` says that all would do. */
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

export async function execute<P extends Prepared>(request: RunRequest<P>): Promise<RunResult | NotApproved> {
  const started = performance.now()
  try {
    return await attempt(request, false, started, [])
  } catch (error) {
    const state = sqlstateOf(error) ?? sqlstateOf((error as Error).cause)
    if (state !== '55P04') throw error
    const note = 'New enum values were committed first, because something in the same run uses them.'
    request.onEvent({ type: 'note', message: note })
    return await attempt(request, true, started, [note])
  }
}

async function attempt<P extends Prepared>(
  request: RunRequest<P>,
  force: boolean,
  started: number,
  notes: readonly string[],
): Promise<RunResult | NotApproved> {
  const product = (await request.client.server()).product
  return request.client.session(async (session) => {
    const stopCancelling = cancelOn(request, session, product)
    let scope: 'transaction' | 'session' = 'transaction'
    const onSession = new Set<'lock'>()
    try {
      await acquire(session, request.client, request.lock, scope)
      await session.script(settings(request, product))
      let before = await request.prepare(session)
      if (!request.approved(before.plan)) {
        await session.script('rollback')
        return { plan: before.plan, approved: false }
      }
      const starts = await request.split(session, before.plan, force)
      if (starts.length > 1) {
        // Several transactions: the lock has to outlive each of them.
        await session.script('rollback')
        scope = 'session'
        await acquire(session, request.client, request.lock, scope)
        onSession.add('lock')
        await session.script(`begin; ${settings(request, product)}`)
        before = await request.prepare(session)
        if (!request.approved(before.plan)) {
          await session.script('rollback')
          return { plan: before.plan, approved: false }
        }
      }
      return await segments(
        request,
        session,
        before,
        scope === 'session' ? await request.split(session, before.plan, force) : starts,
        started,
        notes,
        product,
      )
    } catch (error) {
      await session.script('rollback').catch(() => undefined)
      if (request.signal?.aborted && !(error instanceof LockstepError)) {
        throw new ExecutionError(
          'ABORTED',
          'The run was cancelled; everything that was not committed was rolled back.',
          {},
          { cause: error, hint: 'Run again whenever you like.' },
        )
      }
      throw error
    } finally {
      stopCancelling()
      if (onSession.has('lock')) await release(session, request.lock.ownSchema).catch(() => undefined)
      await session.script('reset application_name').catch(() => undefined)
    }
  })
}

/** Every transaction of the run starts with these. */
function settings<P extends Prepared>(request: RunRequest<P>, product: string): string {
  const own =
    sql`set local lock_timeout = ${literal(String(request.lockTimeout))}; set local statement_timeout = ${literal(String(request.statementTimeout))}`
      .text
  // Not every platform has it; where it has, a dead client's transaction ends by itself.
  const check =
    "do $$ begin perform set_config('client_connection_check_interval', '5s', true); exception when others then null; end $$"
  return product === 'pglite' ? own : `${own}; ${check}`
}

async function segments<P extends Prepared>(
  request: RunRequest<P>,
  session: DatabaseSession,
  before: P,
  starts: readonly number[],
  started: number,
  notes: readonly string[],
  product: string,
): Promise<RunResult> {
  const { steps } = before.plan
  const reports: StepReport[] = []
  let inStep = false
  for (const [index, from] of starts.entries()) {
    const to = starts[index + 1] ?? steps.length
    const last = index === starts.length - 1
    if (index > 0) await session.script(`begin; ${settings(request, product)}`)
    try {
      for (let at = from; at < to; at++) reports.push(await runStep(request, session, steps[at]!, at, before.path))
      if (last) {
        const hook = await runHook(request, session, before)
        await session.script('set constraints all immediate')
        let after = await request.prepare(session)
        const { ran, names, prior } = hook
        const findings = { names, made: ran ? [...after.keys].filter((key) => !prior.has(key)) : [] }
        await recorded(request, session, before, after, findings)
        if (request.done(after).length > 0 || (ran && !after.plan.inStep)) {
          // Only the ledger knows that a part of our tables is the hook's, or that two names have been swapped already.
          after = await request.prepare(session)
          await recorded(request, session, before, after, findings)
        }
        verify(request.done(after), before, after)
        inStep = after.plan.inStep
        request.onEvent({ type: 'verified' })
      } else {
        const after = await request.prepare(session)
        verifyRest(request.done(after), steps.slice(to))
      }
      request.signal?.throwIfAborted()
      await commitOrSettle(request, session)
    } catch (error) {
      if (from > 0 && error instanceof LockstepError) throw partly(error, from)
      throw error
    }
  }
  request.onEvent({ type: 'committed' })
  return {
    plan: before.plan,
    inStep,
    steps: reports,
    verified: true,
    milliseconds: Math.round(performance.now() - started),
    notes,
  }
}

async function recorded<P extends Prepared>(
  request: RunRequest<P>,
  session: DatabaseSession,
  before: P,
  after: P,
  findings: HookFindings,
): Promise<void> {
  try {
    await request.record(session, before, after, findings)
  } catch (cause) {
    if (cause instanceof LockstepError || sqlstateOf(cause) === undefined) throw cause
    throw executionError(cause, { what: 'Writing the ledger' })
  }
}

async function runStep<P extends Prepared>(
  request: RunRequest<P>,
  session: DatabaseSession,
  step: Step,
  index: number,
  path: readonly string[],
): Promise<StepReport> {
  request.signal?.throwIfAborted()
  request.onEvent({ type: 'step-start', step: index, description: step.description })
  const began = performance.now()
  const head = `${setSearchPath([step.operation.schemaName, ...path]).text};\n`
  const text = step.sql.join(';\n')
  try {
    await session.script(head + text)
  } catch (cause) {
    if (request.signal?.aborted) throw cause
    throw executionError(cause, {
      step: index,
      plan: step,
      sql: text,
      offset: head.length,
      what: `Step ${index + 1} (${step.description})`,
    })
  }
  const milliseconds = Math.round(performance.now() - began)
  request.onEvent({ type: 'step-done', step: index, milliseconds })
  return { step: index, outcome: 'applied', milliseconds }
}

interface HookRun {
  readonly ran: boolean
  readonly names: readonly HookName[]
  /** Keys of what was there before the hook ran. */
  readonly prior: ReadonlySet<string>
}

async function runHook<P extends Prepared>(
  request: RunRequest<P>,
  session: DatabaseSession,
  before: P,
): Promise<HookRun> {
  if (!request.hook) return { ran: false, names: [], prior: before.keys }
  const prior = before.plan.steps.length === 0 ? before : await request.prepare(session)
  request.onEvent({ type: 'hook-start' })
  const began = performance.now()
  const client = new HookClient(session, await request.inspector())
  await session.script(setSearchPath(before.path).text)
  try {
    await request.hook(client)
  } catch (cause) {
    if (request.signal?.aborted) throw cause
    if (cause instanceof LockstepError) throw cause
    if (sqlstateOf(cause) === '55P04') throw cause
    const failure = executionError(cause, { what: 'The hook onMigrationComplete' })
    throw new ExecutionError('HOOK_FAILED', failure.message, (failure as ExecutionError).failed, {
      cause,
      ...(failure.hint ? { hint: failure.hint } : {}),
    })
  } finally {
    client.close()
  }
  request.onEvent({ type: 'hook-done', milliseconds: Math.round(performance.now() - began) })
  return { ran: true, names: client.names, prior: prior.keys }
}

function verify<P extends Prepared>(left: readonly Step[], before: P, after: P): void {
  if (left.length > 0) {
    throw new ExecutionError(
      'NOT_VERIFIED',
      `After all steps the database still differed from what was wanted, so everything was rolled back. Left to do:\n${list(left)}`,
      {},
      {
        hint: 'If onMigrationComplete changes what the model declares, let the model declare it. Otherwise this is a defect of Lockstep: please report these lines.',
        details: { left: left.map((step) => ({ description: step.description, sql: step.sql })) },
      },
    )
  }
  const missing = before.makesWay.filter((key) => !after.keys.has(key))
  if (missing.length > 0) {
    throw new ExecutionError(
      'HOOK_OBJECT_MISSING',
      `The hook did not make again what made way for this migration, so everything was rolled back: ${missing.join(', ')}.`,
      {},
      {
        hint: 'Let onMigrationComplete create it (create … if not exists, create or replace …), or drop it yourself first.',
        details: { missing },
      },
    )
  }
}

/** What is left must be what was planned; a step that an earlier one has settled (a default follows its renamed value) may be gone. */
function verifyRest(left: readonly Step[], expected: readonly Step[]): void {
  const planned = new Set(expected.map((step) => step.description))
  if (left.every((step) => planned.has(step.description))) return
  throw new ExecutionError(
    'NOT_VERIFIED',
    `After the first steps the database was not as expected, so they were rolled back. Left to do:\n${list(left)}`,
    {},
    {
      hint: 'Run `lockstep plan`: somebody else may be changing the database.',
      details: { left: left.map((step) => step.description), expected: expected.map((step) => step.description) },
    },
  )
}

const list = (steps: readonly Step[]): string =>
  steps
    .slice(0, 20)
    .map((step, index) => `  ${index + 1}. ${step.description}`)
    .join('\n')

/** The same error, saying that an earlier transaction of the run was committed. */
function partly(error: LockstepError, committed: number): LockstepError {
  error.message = error.message.replace(
    'Everything was rolled back: the database is as it was.',
    `What had not been committed was rolled back. Steps 1 to ${committed} had been committed; run again to go on.`,
  )
  return error
}

async function commitOrSettle<P extends Prepared>(request: RunRequest<P>, session: DatabaseSession): Promise<void> {
  const lost = await commit(session)
  if (lost) {
    await settleCommit(request.client, lost)
    request.onEvent({
      type: 'note',
      message: 'The connection was lost at COMMIT; the server says that the transaction was committed.',
    })
  }
}

/** Cancels the running statement when the signal fires. */
function cancelOn<P extends Prepared>(request: RunRequest<P>, session: DatabaseSession, product: string): () => void {
  const { signal } = request
  if (!signal || product === 'pglite') return () => undefined
  const cancel = () => void request.client.query('select pg_cancel_backend($1)', [session.pid]).catch(() => undefined)
  signal.addEventListener('abort', cancel, { once: true })
  return () => signal.removeEventListener('abort', cancel)
}
