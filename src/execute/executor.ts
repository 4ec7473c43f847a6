// Applies a plan: lock, read again, segments, hook, read back, ledger, commit. Either all of a transaction is verified, or none of it stays.
import type { DatabaseSession } from '../client/database-client.js'
import type { Step, StepReport } from '../engine/plan.js'
import { ExecutionError, LockstepError } from '../errors.js'
import { literal, sql } from '../sql/sql.js'
import { commit, settleCommit } from './commit.js'
import { executionError, sqlstateOf } from './failure.js'
import { runHook } from './hook-run.js'
import { acquire, release } from './lock.js'
import type { HookFindings, NotApproved, Prepared, RunRequest, RunResult } from './run.js'
import { runStep } from './step.js'
import { verify, verifyRest } from './verify.js'

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
  const extra: Step[] = []
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
        if (!ran) after = await followUp(request, session, after, { reports, extra })
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
    plan: extra.length === 0 ? before.plan : { ...before.plan, steps: [...steps, ...extra] },
    inStep,
    steps: reports,
    verified: true,
    milliseconds: Math.round(performance.now() - started),
    notes:
      extra.length === 0
        ? notes
        : [
            ...notes,
            `Reading back showed more to do, which was done: ${extra.map((step) => step.description).join('; ')}.`,
          ],
  }
}

const followUps = 2

/**
 * What PostgreSQL itself brought about on the way (a default privilege, a dependent that could not be foreseen) is set right in the same transaction,
 * as long as no data would be lost; the report says so.
 */
async function followUp<P extends Prepared>(
  request: RunRequest<P>,
  session: DatabaseSession,
  first: P,
  done: { readonly reports: StepReport[]; readonly extra: Step[] },
): Promise<P> {
  let after = first
  for (let round = 0; round < followUps; round++) {
    const { plan, makesWay } = after
    const plain = plan.steps.every(
      ({ transaction, risks }) => transaction === 'inside' && risks.every(({ level }) => level !== 'data-loss'),
    )
    if (request.done(after).length === 0 || !plain || makesWay.length > 0) return after
    const now = after
    for (const step of plan.steps)
      done.reports.push(await runStep(request, session, step, done.reports.length, now.path))
    done.extra.push(...plan.steps)
    await session.script('set constraints all immediate')
    after = await request.prepare(session)
    await recorded(request, session, now, after, { names: [], made: [] })
  }
  return after
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
    if (request.signal?.aborted || cause instanceof LockstepError || sqlstateOf(cause) === undefined) throw cause
    throw executionError(cause, { what: 'Writing the ledger' })
  }
}

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
