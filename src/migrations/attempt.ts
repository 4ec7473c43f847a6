// One migration, one way: its row in the journal before, its statements, its row in the same transaction, the commit.
import type { DatabaseClient, DatabaseSession } from '../client/database-client.js'
import { MigrationError } from '../errors.js'
import { commit, settleCommit } from '../execute/commit.js'
import { announce } from '../execute/lock.js'
import { loadParser } from '../sql/parser.js'
import { literal, sql } from '../sql/sql.js'
import { Calls, notAwaited } from './builder/call.js'
import { SchemaBuilder } from './builder/schema-builder.js'
import { MigrationSession } from './builder/session.js'
import { BuilderWork, operationPath } from './builder/work.js'
import { withinDeadline } from './deadline.js'
import { messageOf, migrationFailure, statementFailure } from './failure.js'
import { type Attempt, type Inverse, writeDone, writeFailed, writeRunning } from './journal.js'
import type { JournalPlace } from './journal-table.js'
import type { LoadedMigration, Way } from './load.js'
import type { Logger } from './logger.js'
import type { MigrationContext } from './migration.js'

/** What all migrations of a run have in common. */
export interface AttemptSettings {
  readonly session: DatabaseSession
  readonly client: DatabaseClient
  readonly place: JournalPlace
  readonly ownSchema: string
  readonly defaultSchema: string
  readonly lockTimeout: number
  readonly statementTimeout: number
  readonly reason: string
  readonly logger: Logger
  readonly signal: AbortSignal | undefined
  /** The caller's own context, for every migration. */
  readonly context: object
  readonly triggeredBy: string
}

export interface AttemptRequest {
  readonly migration: LoadedMigration
  readonly direction: 'up' | 'down'
  /** The way down that the journal keeps, where the file has none. */
  readonly inverse?: Inverse | undefined
  /** Of the journal's row, where it is written otherwise. */
  readonly version: string
  readonly batch: number
  /** Milliseconds; 0: none. */
  readonly timeout: number
  readonly onProgress: (done: number, total: number | undefined) => void
}

/** What a migration did, or in a dry run would do. */
export interface Done {
  readonly milliseconds: number
  readonly work: BuilderWork
  readonly reversible: boolean
}

/** Runs it and commits. @throws a MigrationError that says what of it stays; then the journal says so too */
export async function attempt(settings: AttemptSettings, request: AttemptRequest): Promise<Done> {
  const { session, place } = settings
  const { migration, direction } = request
  const { transaction } = migration
  const started = performance.now()
  const row: Attempt = {
    version: request.version,
    name: migration.name,
    file: migration.file.stem,
    description: migration.description,
    checksum: migration.file.checksum,
    direction,
    batch: request.batch,
    triggeredBy: settings.triggeredBy,
    startedAt: new Date().toISOString(),
    reversible: migration.down !== undefined,
  }
  await session.script(`reset all; ${announce(settings.reason)}`)
  await writeRunning(session, place, row, transaction)
  let done = 0
  try {
    const milliseconds = () => Math.round(performance.now() - started)
    const id = await begin(settings, transaction)
    const { work, metadata } = await run(settings, request, false, (count) => {
      done = count
    })
    const inverse = direction === 'up' && !work.sentSql && work.inverse ? { operations: work.inverse } : null
    const reversible = row.reversible || inverse !== null
    if (transaction) await refuseEnded(session, id)
    const outcome = {
      milliseconds: milliseconds(),
      inverse,
      metadata: { ...metadata, ...(migration.dependsOn.length > 0 ? { dependsOn: migration.dependsOn } : {}) },
    }
    await writeDone(session, place, { ...row, reversible }, outcome)
    if (transaction) {
      settings.signal?.throwIfAborted()
      const lost = await commit(session)
      if (lost) await settleCommit(settings.client, lost)
    }
    return { milliseconds: milliseconds(), work, reversible }
  } catch (cause) {
    if (transaction) await session.script('rollback').catch(() => undefined)
    else await session.script('reset all').catch(() => undefined)
    const halfway = !transaction && done > 0
    const failure = migrationFailure(migration, direction, cause, halfway ? 'part' : 'nothing')
    await recordFailure(settings, row, failure, Math.round(performance.now() - started), halfway)
    throw failure
  }
}

/** Where the session itself is gone, another connection tells the journal; where none can, the next run sees `running` and knows. */
async function recordFailure(
  settings: AttemptSettings,
  row: Attempt,
  failure: Error,
  milliseconds: number,
  halfway: boolean,
): Promise<void> {
  const write = (client: DatabaseClient) =>
    writeFailed(client, settings.place, row, { error: messageOf(failure), milliseconds, halfway })
  try {
    await write(settings.session)
  } catch {
    if ((await settings.client.server()).product !== 'pglite') await write(settings.client).catch(() => undefined)
  }
}

/** Opens the transaction; its id, by which one that was ended behind our back is noticed. */
async function begin(settings: AttemptSettings, transaction: boolean): Promise<string> {
  const local = transaction ? 'set local' : 'set'
  const timeouts = sql`lock_timeout = ${literal(String(settings.lockTimeout))}`.text
  const statement = sql`statement_timeout = ${literal(String(settings.statementTimeout))}`.text
  // Not every platform has it; where it has, the backend of a process that died ends by itself, and its lock with it.
  const check =
    (await settings.session.server()).product === 'pglite'
      ? ''
      : `do $$ begin perform set_config('client_connection_check_interval', '5s', ${transaction}); exception when others then null; end $$; `
  const head = `${transaction ? 'begin; ' : ''}${check}`
  const results = await settings.session.script(
    `${head}${local} ${timeouts}; ${local} ${statement}${transaction ? '; select pg_current_xact_id()::text' : ''}`,
  )
  return results.at(-1)?.rows[0]?.[0] ?? ''
}

async function refuseEnded(session: DatabaseSession, id: string): Promise<void> {
  const results = await session.script('select pg_current_xact_id()::text')
  if (results.at(-1)?.rows[0]?.[0] === id) return
  throw new MigrationError(
    'MIGRATION_TRANSACTION',
    'Its transaction was ended while it ran, so that a part of it may be committed.',
    {
      hint: 'Something in it sent COMMIT or ROLLBACK. Look at the database before you run it again.',
    },
  )
}

/** Calls its code or sends its SQL, within its time. */
export async function run(
  settings: AttemptSettings,
  request: AttemptRequest,
  dryRun: boolean,
  onDone: (statements: number) => void = () => undefined,
): Promise<{ readonly work: BuilderWork; readonly metadata: Record<string, unknown> }> {
  const { session, logger, defaultSchema, ownSchema } = settings
  const { migration, direction } = request
  const parser = await loadParser()
  const path = await operationPath(session, defaultSchema)
  const metadata: Record<string, unknown> = {}
  const calls = new Calls()
  let work: BuilderWork | undefined
  try {
    await withinDeadline(
      {
        session,
        others: settings.client,
        timeout: request.timeout,
        signal: settings.signal,
        what: `Migration ${migration.file.stem}`,
      },
      async (signal) => {
        work = new BuilderWork({
          session,
          transaction: migration.transaction,
          dryRun,
          defaultSchema,
          path,
          ownSchema,
          signal,
        })
        const sqlSession = new MigrationSession(session, work, calls, parser)
        const builder = new SchemaBuilder(work, calls, sqlSession)
        const context = Object.assign(builder, settings.context, {
          logger,
          metadata,
          dryRun,
          triggeredBy: settings.triggeredBy,
          signal,
          progress: (done: number, total?: number) => request.onProgress(done, total),
        }) as unknown as MigrationContext
        await go(migration, direction, request.inverse, context, work)
        const open = await calls.settled()
        if (open[0] !== undefined) throw notAwaited(open[0])
      },
    )
  } finally {
    calls.close()
    if (work) onDone(work.done)
  }
  return { work: work as unknown as BuilderWork, metadata }
}

async function go(
  migration: LoadedMigration,
  direction: 'up' | 'down',
  inverse: Inverse | undefined,
  context: MigrationContext,
  work: BuilderWork,
): Promise<void> {
  const way = direction === 'up' ? migration.up : migration.down
  if (way?.type === 'code') await way.run(context)
  else if (way) await send(migration, way, direction, work)
  else for (const operation of inverse?.operations ?? []) await work.apply(operation)
}

async function send(
  migration: LoadedMigration,
  way: Extract<Way, { type: 'sql' }>,
  direction: 'up' | 'down',
  work: BuilderWork,
): Promise<void> {
  const { session, signal, dryRun } = work.options
  const shown =
    direction === 'down' && migration.file.downPath
      ? migration.file.shown.replace(/\.up\.sql$/, '.down.sql')
      : migration.file.shown
  work.sentSql = true
  for (const statement of way.part.statements) {
    signal.throwIfAborted()
    work.statements.push({ sql: statement.text })
    if (dryRun) continue
    try {
      await session.script(statement.text)
      work.done++
    } catch (cause) {
      if (signal.aborted) throw cause
      throw statementFailure(shown, statement, cause)
    }
  }
}
