// A run: files, lock, checks, the steps one by one, and what became of each.
import type { DatabaseSession } from '../client/database-client.js'
import { LockstepError, MigrationError } from '../errors.js'
import { whoRuns } from '../execute/lock.js'
import { preloadParser } from '../sql/parser.js'
import { type AttemptRequest, attempt, type Done, recordFailure, rowOf } from './attempt.js'
import type { AttemptSettings } from './attempt-settings.js'
import { OperationPath } from './builder/operation-path.js'
import type { MigrationName } from './events.js'
import { messageOf } from './failure.js'
import type { LoadedMigration } from './load.js'
import { nameOf, type PreparedStep, prepare } from './prepare.js'
import { isApplied, type ResolveRequest } from './resolve.js'
import { filesOf, placeOfJournal, type RunnerParts, underLock } from './run-parts.js'

export interface RunOptions {
  readonly signal?: AbortSignal | undefined
  /** For the whole run, in milliseconds; 0 or absent: none. */
  readonly timeout?: number | undefined
  readonly continueOnError?: boolean | undefined
}

/** A migration that a run has done. */
export interface Executed extends MigrationName {
  readonly milliseconds: number
  readonly reversible: boolean
}

export interface Failed extends MigrationName {
  readonly error: Error
}

export interface RunOutcome {
  readonly executed: readonly Executed[]
  readonly failed: readonly Failed[]
  readonly batch: number
  readonly milliseconds: number
}

/** Runs what the request means. @throws the first failure, unless `continueOnError`; then failures are in the outcome */
export async function runMigrations(
  parts: RunnerParts,
  request: ResolveRequest,
  options: RunOptions,
): Promise<RunOutcome> {
  const started = performance.now()
  preloadParser()
  const found = await filesOf(parts.settings)
  const signal = signalOf(options)
  const reason = request.direction === 'up' ? 'migration:up' : 'migration:down'
  return underLock(parts, reason, signal, async (session, rows) => {
    const steps = await prepare(parts, session, found, rows, request)
    const applied = rows.filter(isApplied)
    const batch = request.direction === 'up' ? applied.reduce((most, row) => Math.max(most, row.batch ?? 0), 0) + 1 : 0
    parts.events.emit('start', {
      direction: request.direction,
      migrations: steps.map(({ migration }) => nameOf(migration)),
      batch,
      dryRun: false,
    })
    const position = rows.reduce((most, row) => Math.max(most, row.position ?? 0), 0) + 1
    const outcome = await runSteps(parts, session, steps, { ...options, signal }, reason, { batch, position })
    const milliseconds = Math.round(performance.now() - started)
    parts.events.emit('complete', {
      direction: request.direction,
      executed: outcome.executed,
      milliseconds,
      success: outcome.failed.length === 0,
    })
    return { ...outcome, batch, milliseconds }
  })
}

function signalOf({ signal, timeout }: RunOptions): AbortSignal | undefined {
  if (!timeout) return signal
  const timer = AbortSignal.timeout(timeout)
  return signal ? AbortSignal.any([signal, timer]) : timer
}

async function runSteps(
  parts: RunnerParts,
  session: DatabaseSession,
  steps: readonly PreparedStep[],
  options: RunOptions,
  reason: string,
  { batch, position }: { readonly batch: number; readonly position: number },
) {
  const { settings, client, events } = parts
  const { logger } = settings
  const executed: Executed[] = []
  const failed: Failed[] = []
  const shared: AttemptSettings = {
    session,
    client,
    place: placeOfJournal(settings),
    ownSchema: settings.ownSchema,
    defaultSchema: settings.defaultSchema,
    lockTimeout: settings.lockTimeout,
    statementTimeout: settings.statementTimeout,
    reason,
    logger,
    signal: options.signal,
    context: settings.context,
    triggeredBy: settings.triggeredBy ?? whoRuns(),
    path: new OperationPath(settings.defaultSchema),
    watched: await canWatch(session),
  }
  const requestOf = ({ step, migration, inverse }: PreparedStep): AttemptRequest => {
    const name = nameOf(migration)
    const { direction } = step
    return {
      migration,
      direction,
      ...(inverse ? { inverse } : {}),
      version: step.version,
      batch: direction === 'up' ? batch : (step.row?.batch ?? 0),
      position: position + executed.length,
      timeout: migration.timeout ?? settings.timeout,
      onProgress: (at, total) =>
        events.emit('progress', { ...name, done: at, ...(total === undefined ? {} : { total }) }),
    }
  }
  let ahead: Done['ahead']
  for (const [index, prepared] of steps.entries()) {
    const { migration, step } = prepared
    const { direction } = step
    const name = nameOf(migration)
    events.emit('migration', { ...name, direction, index, total: steps.length })
    try {
      await refuseUnmet(shared, requestOf(prepared), failed)
      const following = steps[index + 1]
      const next = following && !unmet(following.migration, failed) ? requestOf(following) : undefined
      const chained = { ahead, next }
      ahead = undefined
      const done = await attempt(shared, requestOf(prepared), chained)
      ahead = done.ahead
      executed.push({ ...name, milliseconds: done.milliseconds, reversible: done.reversible })
      events.emit(direction === 'up' ? 'applied' : 'rolledBack', { ...name, milliseconds: done.milliseconds })
      logger.info(
        { migration: name.file, direction, milliseconds: done.milliseconds },
        direction === 'up' ? 'migration applied' : 'migration rolled back',
      )
    } catch (error) {
      const failure = error instanceof Error ? error : new Error(messageOf(error))
      failed.push({ ...name, error: failure })
      events.emit('failed', { ...name, direction, error: failure })
      logger.error({ migration: name.file, direction, err: failure }, 'migration failed')
      const over =
        options.signal?.aborted ||
        (failure instanceof LockstepError && ['ABORTED', 'CONNECTION_LOST', 'COMMIT_IN_DOUBT'].includes(failure.code))
      if (options.continueOnError && !over) continue
      events.emit('complete', { direction, executed, milliseconds: 0, success: false })
      throw withProgress(failure, executed)
    }
  }
  return { executed, failed }
}

/** Not every platform has it; where it has, the backend of a process that died ends by itself, and its lock with it. */
async function canWatch(session: DatabaseSession): Promise<boolean> {
  if ((await session.server()).product === 'pglite') return false
  return session.script("set client_connection_check_interval = '5s'").then(
    () => true,
    () => false,
  )
}

const unmet = (migration: LoadedMigration, failed: readonly Failed[]): string | undefined =>
  migration.dependsOn.find((name) =>
    failed.some((one) => name === one.version || name === one.file || name === one.name),
  )

/** It counts as an attempt, so that the next run knows it. */
async function refuseUnmet(
  settings: AttemptSettings,
  request: AttemptRequest,
  failed: readonly Failed[],
): Promise<void> {
  const { migration } = request
  const name = unmet(migration, failed)
  if (name === undefined) return
  const failure = new MigrationError(
    'MIGRATION_DEPENDENCY',
    `Migration ${migration.file.stem} depends on ${name}, which failed in this run.`,
    { hint: 'It stays pending; correct the other one and run again.' },
  )
  await recordFailure(settings, rowOf(settings, request), failure, 0, false)
  throw failure
}

/** The failure, with what the run had done before it. */
function withProgress(failure: Error, executed: readonly Executed[]): Error {
  if (failure instanceof LockstepError && executed.length > 0) {
    failure.message += `\nBefore it this run did ${executed.length === 1 ? '1 migration' : `${executed.length} migrations`}, which ${executed.length === 1 ? 'stays' : 'stay'} (the last: ${executed.at(-1)?.file}).`
  }
  Object.defineProperty(failure, 'executed', { value: executed, enumerable: false })
  return failure
}
