// What a run would do: recorded without being sent, or executed in a transaction that is rolled back.
import type { DatabaseSession } from '../client/database-client.js'
import { RefusedError } from '../errors.js'
import { whoRuns } from '../execute/lock.js'
import { run } from './attempt.js'
import type { AttemptSettings } from './attempt-settings.js'
import { OperationPath } from './builder/operation-path.js'
import type { Statement } from './builder/work.js'
import type { MigrationName } from './events.js'
import { migrationFailure } from './failure.js'
import { readJournal } from './journal.js'
import { nameOf, type PreparedStep, prepare } from './prepare.js'
import { isHalfway, type ResolveRequest } from './resolve.js'
import { filesOf, placeOfJournal, type RunnerParts, underLock } from './run-parts.js'
import type { RunOptions } from './runner.js'

/** One migration of a dry run. */
export interface Rehearsed extends MigrationName {
  readonly direction: 'up' | 'down'
  readonly transaction: boolean
  /** It has a way down, or one could be derived. */
  readonly reversible: boolean
  /** What it sends; empty `sql`: it depends on what an earlier pending one makes, and cannot be shown. */
  readonly statements: readonly Statement[]
}

/** Table locks that others hold are not waited for longer than this. */
const shortLockTimeout = 2_000

/** Records what each migration would send. Reads are sent, in a read-only transaction; nothing else is. */
export async function rehearse(
  parts: RunnerParts,
  request: ResolveRequest,
  options: RunOptions,
): Promise<readonly Rehearsed[]> {
  const found = await filesOf(parts.settings)
  const rows = await readJournal(parts.client, placeOfJournal(parts.settings))
  return parts.client.session(async (session) => {
    const steps = await prepare(parts, session, found, rows, request)
    const rehearsed: Rehearsed[] = []
    for (const prepared of steps) {
      await session.script('begin transaction read only')
      try {
        rehearsed.push(await one(parts, session, prepared, options, true))
      } catch (error) {
        throw migrationFailure(prepared.migration, prepared.step.direction, error, 'nothing')
      } finally {
        await session.script('rollback').catch(() => undefined)
      }
    }
    return rehearsed
  })
}

/**
 * Executes everything in one transaction and rolls it back, under the lock, with a short lock timeout.
 * @throws FORBIDDEN_HERE in protected environments; MIGRATION_FAILED as a real run would
 */
export async function rehearseExecuting(
  parts: RunnerParts,
  request: ResolveRequest,
  options: RunOptions,
): Promise<readonly Rehearsed[]> {
  if (parts.settings.protected) {
    throw new RefusedError(
      'FORBIDDEN_HERE',
      'A dry run that executes is not allowed here: the environment is protected.',
      {
        hint: 'Its statements take locks until they are rolled back. Use --dry-run, or another environment.',
      },
    )
  }
  const found = await filesOf(parts.settings)
  return underLock(parts, 'migration:dry-run', options.signal, async (session, rows) => {
    const steps = await prepare(
      parts,
      session,
      found,
      rows.filter((row) => !isHalfway(row)),
      request,
    )
    const rehearsed: Rehearsed[] = []
    await session.script(`begin; set local lock_timeout = '${shortLockTimeout}'`)
    try {
      for (const prepared of steps) {
        if (!prepared.migration.transaction) {
          parts.events.emit('note', {
            message: `${prepared.migration.file.stem} runs without a transaction and cannot be tried in one: it is only listed.`,
          })
          rehearsed.push({
            ...nameOf(prepared.migration),
            direction: prepared.step.direction,
            transaction: false,
            reversible: prepared.migration.down !== undefined,
            statements: [],
          })
          continue
        }
        try {
          rehearsed.push(await one(parts, session, prepared, options, false))
        } catch (error) {
          throw migrationFailure(prepared.migration, prepared.step.direction, error, 'nothing')
        }
      }
    } finally {
      await session.script('rollback').catch(() => undefined)
    }
    return rehearsed
  })
}

async function one(
  { settings, client, events }: RunnerParts,
  session: DatabaseSession,
  { step, migration, inverse }: PreparedStep,
  options: RunOptions,
  dryRun: boolean,
): Promise<Rehearsed> {
  const name = nameOf(migration)
  const shared: AttemptSettings = {
    session,
    client,
    place: placeOfJournal(settings),
    ownSchema: settings.ownSchema,
    defaultSchema: settings.defaultSchema,
    lockTimeout: shortLockTimeout,
    statementTimeout: settings.statementTimeout,
    reason: 'migration:dry-run',
    logger: settings.logger,
    signal: options.signal,
    context: settings.context,
    triggeredBy: settings.triggeredBy ?? whoRuns(),
    path: new OperationPath(settings.defaultSchema),
    watched: false,
  }
  const { work } = await run(
    shared,
    {
      // In a dry run a migration without a transaction sends only reads too, so that it may share this one.
      migration: { ...migration, transaction: true },
      direction: step.direction,
      ...(inverse ? { inverse } : {}),
      version: step.version,
      batch: 0,
      position: 0,
      timeout: migration.timeout ?? settings.timeout,
      onProgress: (done, total) =>
        events.emit('progress', { ...name, done, ...(total === undefined ? {} : { total }) }),
    },
    dryRun,
  )
  return {
    ...name,
    direction: step.direction,
    transaction: migration.transaction,
    reversible: migration.down !== undefined || (!work.sentSql && work.inverse !== undefined),
    statements: work.statements,
  }
}
