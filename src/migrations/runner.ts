// A run: files, lock, journal, checks, the steps one by one, and what became of each. The only writer of the journal besides repair.
import type { DatabaseClient, DatabaseSession } from '../client/database-client.js'
import { LockstepError, MigrationError, UsageError } from '../errors.js'
import { acquire, release, whoRuns } from '../execute/lock.js'
import { type AttemptSettings, attempt } from './attempt.js'
import { checkJournal, checkLoaded, refuseIssues } from './check-files.js'
import { aborted } from './deadline.js'
import type { MigrationEmitter, MigrationName } from './events.js'
import { messageOf } from './failure.js'
import { type FilesFound, findFiles, type MigrationFile } from './files.js'
import { type Inverse, type JournalRow, readInverse, readJournal, writeFailed } from './journal.js'
import { ensureTables, type JournalPlace } from './journal-table.js'
import { type LoadedMigration, loadMigration } from './load.js'
import { isHalfway, type ResolvedStep, type ResolveRequest, resolve } from './resolve.js'
import type { ResolvedSettings } from './settings.js'
import { judge } from './validate.js'

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

/** What a run is made of. */
export interface RunnerParts {
  readonly client: DatabaseClient
  readonly settings: ResolvedSettings
  readonly events: MigrationEmitter
}

export const placeOfJournal = ({ schemaName, tableName }: ResolvedSettings): JournalPlace => ({ schemaName, tableName })

export const filesOf = (settings: ResolvedSettings): Promise<FilesFound> => findFiles(settings)

/** One step with what it needs to run. */
export interface PreparedStep {
  readonly step: ResolvedStep
  readonly migration: LoadedMigration
  readonly inverse?: Inverse
}

/** Resolves, loads and checks; nothing of a migration has run yet. */
export async function prepare(
  { settings }: Pick<RunnerParts, 'settings'>,
  session: DatabaseClient,
  found: FilesFound,
  rows: readonly JournalRow[],
  request: ResolveRequest,
): Promise<readonly PreparedStep[]> {
  const { enabled, strictMode } = settings.validation
  const outOfOrder = settings.outOfOrder || (request.direction === 'up' && request.outOfOrder === true)
  if (enabled && request.direction === 'up') {
    // What resolve() finds has its say first where it is what was asked for.
    const issues = checkJournal(found.files, rows, outOfOrder || request.name !== undefined).filter(
      (issue) => issue.code !== 'MIGRATION_OUT_OF_ORDER' || strictMode,
    )
    refuseIssues([...found.issues, ...issues], strictMode)
  } else
    refuseIssues(
      found.issues.filter((issue) => issue.code === 'MIGRATION_DUPLICATE'),
      false,
    )
  const resolution = resolve(found.files, rows, request.direction === 'up' ? { ...request, outOfOrder } : request)
  if (resolution.error) {
    const { code, message, hint } = resolution.error
    throw code === 'USAGE' ? new UsageError(code, message, { hint }) : new MigrationError(code, message, { hint })
  }
  const byKey = new Map(found.files.map((file) => [file.key, file]))
  const prepared: PreparedStep[] = []
  for (const step of resolution.steps)
    prepared.push(await prepareStep(settings, session, step, byKey.get(step.key), rows))
  const loaded = prepared.map(({ migration }) => migration)
  const issues = await judge(session, checkLoaded(loaded, found.files, rows), loaded)
  refuseIssues(
    request.direction === 'up'
      ? issues
      : issues.filter((issue) => issue.level === 'error' && issue.code !== 'MIGRATION_DEPENDENCY'),
    enabled && strictMode,
  )
  return prepared
}

async function prepareStep(
  settings: ResolvedSettings,
  session: DatabaseClient,
  step: ResolvedStep,
  file: MigrationFile | undefined,
  rows: readonly JournalRow[],
): Promise<PreparedStep> {
  const row = rows.find((one) => one.key === step.key)
  if (step.direction === 'up')
    return { step, migration: await loadMigration(file as MigrationFile, settings.importFile) }
  if (file && row && settings.validation.enabled) {
    refuseIssues(
      checkJournal([file], [row], true).filter((issue) => issue.level === 'error'),
      false,
    )
  }
  const migration = file ? await loadMigration(file, settings.importFile) : undefined
  if (migration?.down) return { step, migration }
  const inverse = row?.hasInverse ? await readInverse(session, placeOfJournal(settings), row.version) : undefined
  if (inverse && row) return { step, migration: migration ?? gone(row), inverse }
  throw new MigrationError(
    'MIGRATION_IRREVERSIBLE',
    file
      ? `Migration ${row?.file} has no way down, so nothing was rolled back.`
      : `The file of migration ${row?.file} is gone, and with it its way down; nothing was rolled back.`,
    {
      hint: file ? 'Write a `down` into it.' : 'Restore the file.',
    },
  )
}

/** What the journal still knows of a migration whose file is gone. */
const gone = (row: JournalRow): LoadedMigration => ({
  file: {
    version: row.version,
    key: row.key,
    slug: row.name,
    stem: row.file,
    form: 'ts',
    path: '',
    shown: row.file,
    checksum: row.checksum,
    text: '',
    directory: 0,
  },
  name: row.name,
  description: row.description,
  transaction: true,
  dependsOn: [],
  up: { type: 'sql', part: { statements: [] } },
  issues: [],
})

export const nameOf = ({ file, name }: LoadedMigration): MigrationName => ({
  version: file.version,
  name,
  file: file.stem,
})

/** Under the migration lock, with the journal's tables there and what a crash left behind put right. */
export async function underLock<T>(
  parts: RunnerParts,
  reason: string,
  signal: AbortSignal | undefined,
  work: (session: DatabaseSession, rows: readonly JournalRow[]) => Promise<T>,
): Promise<T> {
  const { client, settings, events } = parts
  return client.session(async (session) => {
    await waiting(signal, () =>
      acquire(
        session,
        client,
        {
          ownSchema: settings.ownSchema,
          wait: settings.wait,
          reason,
          signal,
          onEvent: (event) => {
            if (event.type === 'lock-waiting')
              events.emit('lock', { state: 'waiting', ...(event.holder ? { holder: event.holder } : {}) })
            if (event.type === 'lock-acquired') events.emit('lock', { state: 'acquired' })
          },
        },
        'session',
      ),
    )
    try {
      const place = placeOfJournal(settings)
      await ensureTables(session, place)
      const rows = await recovered(parts, session, await readJournal(session, place))
      return await work(session, rows)
    } finally {
      await release(session, settings.ownSchema).catch(() => undefined)
      await session.script('reset all').catch(() => undefined)
      events.emit('lock', { state: 'released' })
    }
  })
}

/** A signal that fires while the lock is waited for. */
async function waiting(signal: AbortSignal | undefined, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    throw signal?.aborted ? aborted('Waiting for the migration lock', signal.reason) : error
  }
}

/** We hold the lock, so whatever still says `running` was cut off; inside a transaction nothing of it stays. */
async function recovered(
  { settings, events }: RunnerParts,
  session: DatabaseSession,
  rows: readonly JournalRow[],
): Promise<readonly JournalRow[]> {
  const cut = rows.filter((row) => row.status === 'running' && !isHalfway(row))
  if (cut.length === 0) return rows
  const place = placeOfJournal(settings)
  for (const row of cut) {
    const direction = row.metadata.direction === 'down' ? 'down' : 'up'
    const message = `The last run was cut off in migration ${row.file}; PostgreSQL rolled it back.`
    await writeFailed(
      session,
      place,
      {
        ...row,
        direction,
        batch: row.batch ?? 0,
        triggeredBy: row.triggeredBy ?? '',
        startedAt: new Date().toISOString(),
      },
      { error: 'interrupted: the process or its connection ended', milliseconds: null, halfway: false },
    )
    events.emit('note', {
      message: direction === 'up' ? `${message} It is pending again.` : `${message} It is still applied.`,
    })
    settings.logger.warn({ migration: row.file }, message)
  }
  return readJournal(session, place)
}

/** Runs what the request means. @throws the first failure, unless `continueOnError`; then failures are in the outcome */
export async function runMigrations(
  parts: RunnerParts,
  request: ResolveRequest,
  options: RunOptions,
): Promise<RunOutcome> {
  const started = performance.now()
  const found = await filesOf(parts.settings)
  const signal = signalOf(options)
  const reason = request.direction === 'up' ? 'migration:up' : 'migration:down'
  return underLock(parts, reason, signal, async (session, rows) => {
    const steps = await prepare(parts, session, found, rows, request)
    const batch = request.direction === 'up' ? rows.reduce((most, row) => Math.max(most, row.batch ?? 0), 0) + 1 : 0
    parts.events.emit('start', {
      direction: request.direction,
      migrations: steps.map(({ migration }) => nameOf(migration)),
      batch,
      dryRun: false,
    })
    const outcome = await runSteps(parts, session, steps, { ...options, signal }, reason, batch)
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
  batch: number,
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
  }
  for (const [index, { step, migration, inverse }] of steps.entries()) {
    const { direction } = step
    const name = nameOf(migration)
    events.emit('migration', { ...name, direction, index, total: steps.length })
    try {
      refuseUnmet(migration, failed)
      const done = await attempt(shared, {
        migration,
        direction,
        ...(inverse ? { inverse } : {}),
        version: step.version,
        batch: direction === 'up' ? batch : (step.row?.batch ?? 0),
        timeout: migration.timeout ?? settings.timeout,
        onProgress: (at, total) =>
          events.emit('progress', { ...name, done: at, ...(total === undefined ? {} : { total }) }),
      })
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

function refuseUnmet(migration: LoadedMigration, failed: readonly Failed[]): void {
  const unmet = migration.dependsOn.find((name) =>
    failed.some((one) => name === one.version || name === one.file || name === one.name),
  )
  if (unmet === undefined) return
  throw new MigrationError(
    'MIGRATION_DEPENDENCY',
    `Migration ${migration.file.stem} depends on ${unmet}, which failed in this run.`,
    { hint: 'It stays pending; correct the other one and run again.' },
  )
}

/** The failure, with what the run had done before it. */
function withProgress(failure: Error, executed: readonly Executed[]): Error {
  if (failure instanceof LockstepError && executed.length > 0) {
    failure.message += `\nBefore it this run did ${executed.length === 1 ? '1 migration' : `${executed.length} migrations`}, which ${executed.length === 1 ? 'stays' : 'stay'} (the last: ${executed.at(-1)?.file}).`
  }
  Object.defineProperty(failure, 'executed', { value: executed, enumerable: false })
  return failure
}
