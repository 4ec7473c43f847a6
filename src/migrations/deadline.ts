// Time and cancellation around one migration: whatever it does, the run goes on when its time is over or somebody cancels.
import { setTimeout as sleep } from 'node:timers/promises'
import type { DatabaseClient, DatabaseSession } from '../client/database-client.js'
import { ExecutionError, type LockstepError, MigrationError } from '../errors.js'

/** How long a cancelled statement may take to notice, before its backend is ended. */
const grace = 3_000

export interface Deadline {
  readonly session: DatabaseSession
  /** Another connection, from which a running statement is cancelled. */
  readonly others: DatabaseClient
  /** Milliseconds; 0: none. */
  readonly timeout: number
  readonly what: string
  readonly signal?: AbortSignal | undefined
}

/**
 * Runs `work` until it settles, its time is over, or `signal` fires; then its statement is cancelled and the error says which it was.
 * A promise that never settles is left behind: its migration's client refuses everything from then on.
 */
export async function withinDeadline<T>(deadline: Deadline, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { timeout, signal } = deadline
  const own = new AbortController()
  let reason: 'timeout' | 'abort' | undefined
  const stop = (why: 'timeout' | 'abort') => {
    reason ??= why
    own.abort()
  }
  const onAbort = () => stop('abort')
  if (signal?.aborted) throw aborted(deadline.what, signal.reason)
  signal?.addEventListener('abort', onAbort, { once: true })
  const timer = timeout > 0 ? setTimeout(() => stop('timeout'), timeout) : undefined
  const stopped = new Promise<'stopped'>((resolve) =>
    own.signal.addEventListener('abort', () => resolve('stopped'), { once: true }),
  )
  // A statement that is running keeps its own promise; a migration that only waits must keep the process alive.
  const alive = setInterval(() => undefined, 60_000)
  const running = work(own.signal)
  try {
    const first = await Promise.race([running, stopped])
    if (first !== 'stopped' || reason === undefined) return await running
    await interrupt(deadline, running)
    throw reason === 'timeout' ? timedOut(deadline) : aborted(deadline.what, signal?.reason)
  } catch (error) {
    if (reason === undefined || error instanceof MigrationError) throw error
    throw reason === 'timeout' ? timedOut(deadline, error) : aborted(deadline.what, signal?.reason)
  } finally {
    clearTimeout(timer)
    clearInterval(alive)
    signal?.removeEventListener('abort', onAbort)
    running.catch(() => undefined)
  }
}

/** Cancels the statement that is running, if one is; a backend that does not obey is ended. */
async function interrupt({ session, others }: Deadline, running: Promise<unknown>): Promise<void> {
  const settled = running.then(
    () => true,
    () => true,
  )
  if ((await session.server()).product === 'pglite') {
    await Promise.race([settled, sleep(100)])
    return
  }
  const ask = (call: 'pg_cancel_backend' | 'pg_terminate_backend') =>
    Promise.race([
      others.query(`select ${call}($1)`, [session.pid]).catch(() => undefined),
      sleep(grace, undefined, { ref: false }),
    ])
  await ask('pg_cancel_backend')
  const idle = session.query('select 1').then(
    () => true,
    () => true,
  )
  const free = await Promise.race([idle, sleep(grace, false, { ref: false })])
  if (!free) await ask('pg_terminate_backend')
  await Promise.race([settled, sleep(50)])
}

const timedOut = ({ what, timeout }: Deadline, cause?: unknown): MigrationError =>
  new MigrationError('MIGRATION_TIMEOUT', `${what} took longer than its ${timeout} ms.`, {
    ...(cause === undefined ? {} : { cause }),
    hint: "Give it more: export config = { timeout: '5m' } (0: none), --timeout, or the manager's timeout. Large data is moved in batches.",
    details: { timeout },
  })

/** A signal that fired: the time of the whole run, or somebody's wish. */
export const aborted = (what: string, cause: unknown): LockstepError =>
  (cause as { name?: string } | undefined)?.name === 'TimeoutError'
    ? new MigrationError(
        'MIGRATION_TIMEOUT',
        `${what} was stopped: the time of the whole run was over. What was not committed was rolled back.`,
        {
          cause,
          hint: 'Run again: what is applied stays applied. Give the run more with --run-timeout (timeout in code).',
        },
      )
    : new ExecutionError(
        'ABORTED',
        `${what} was cancelled; what was not committed was rolled back.`,
        {},
        { cause, hint: 'Run again whenever you like.' },
      )
