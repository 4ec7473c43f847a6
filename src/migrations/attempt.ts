// One migration, one way: its row in the journal before, its statements, its row in the same transaction, the commit.

import type { DatabaseClient } from '../client/database-client.js'
import { loadParser } from '../sql/parser.js'
import type { AttemptSettings } from './attempt-settings.js'
import { Calls, notAwaited } from './builder/call.js'
import { SchemaBuilder } from './builder/schema-builder.js'
import { MigrationSession } from './builder/session.js'
import { BuilderWork } from './builder/work.js'
import { withinDeadline } from './deadline.js'
import { messageOf, migrationFailure } from './failure.js'
import { type Ahead, closeAttempt, openAttempt, openingOf, ownRole } from './frame.js'
import type { Inverse } from './journal.js'
import { type Attempt, doneSql, writeFailed } from './journal-writes.js'
import type { LoadedMigration, Way } from './load.js'
import type { MigrationContext } from './migration.js'
import { sendSql } from './send-sql.js'

export interface AttemptRequest {
  readonly migration: LoadedMigration
  readonly direction: 'up' | 'down'
  /** The way down that the journal keeps, where the file has none. */
  readonly inverse?: Inverse | undefined
  /** Of the journal's row, where it is written otherwise. */
  readonly version: string
  readonly batch: number
  /** Of this application, counted over all. */
  readonly position: number
  /** Statements that are still to be sent, before the first one of the migration. */
  readonly opening?: readonly string[]
  /** Milliseconds; 0: none. */
  readonly timeout: number
  readonly onProgress: (done: number, total: number | undefined) => void
}

/** Its place in a run: what the one before has begun of it, and what it is to begin of the next one. */
export interface Chained {
  readonly ahead?: Ahead | undefined
  readonly next?: AttemptRequest | undefined
}

/** What a migration did. */
export interface Done {
  readonly milliseconds: number
  readonly reversible: boolean
  readonly ahead: Ahead | undefined
}

/** What the journal says of an attempt before it runs. */
export const rowOf = ({ triggeredBy }: AttemptSettings, request: AttemptRequest): Attempt => {
  const { migration, version, direction, batch } = request
  return {
    version,
    name: migration.name,
    file: migration.file.stem,
    description: migration.description,
    checksum: migration.file.checksum,
    direction,
    batch,
    triggeredBy,
    startedAt: new Date().toISOString(),
    reversible: migration.down !== undefined,
  }
}

/** Runs it and commits. @throws a MigrationError that says what of it stays; then the journal says so too */
export async function attempt(settings: AttemptSettings, request: AttemptRequest, chained: Chained): Promise<Done> {
  const { session, place } = settings
  const { migration, direction } = request
  const { transaction } = migration
  const { ahead, next } = chained
  const started = performance.now()
  const milliseconds = () => Math.round(performance.now() - started)
  const row = ahead?.row ?? rowOf(settings, request)
  let done = 0
  let id = ahead?.id
  try {
    const together =
      !ahead && transaction && wayOf(migration, direction)?.type === 'sql' && session.tellsStatement === true
    const opening = ahead ? [] : openingOf(settings, row, transaction)
    if (!ahead && !together) id = await openAttempt(settings, opening)
    const {
      work,
      metadata,
      opened: at,
    } = await run(settings, { ...request, ...(together ? { opening } : {}) }, false, (count) => {
      done = count
    })
    id ??= at
    const derived = direction === 'up' && migration.down === undefined && !work.sentSql ? work.inverse : undefined
    const inverse = derived ? { operations: derived } : null
    const reversible = direction === 'down' || row.reversible || inverse !== null
    const outcome = {
      milliseconds: milliseconds(),
      inverse,
      metadata: { ...metadata, ...(migration.dependsOn.length > 0 ? { dependsOn: migration.dependsOn } : {}) },
      position: request.position,
    }
    const begun = await closeAttempt(settings, {
      row: doneSql(place, { ...row, reversible }, outcome, id),
      id,
      otherRole: work.sentSql && work.statements.some(({ sql }) => roles.test(sql)),
      next: next?.migration.transaction ? rowOf(settings, next) : undefined,
    })
    return { milliseconds: milliseconds(), reversible, ahead: begun }
  } catch (cause) {
    settings.path.forget()
    await session.script(['rollback', 'reset all', ...ownRole].join(';\n')).catch(() => undefined)
    const halfway = !transaction && done > 0
    const failure = migrationFailure(migration, direction, cause, halfway ? 'part' : 'nothing')
    await recordFailure(settings, row, failure, milliseconds(), halfway)
    throw failure
  }
}

/** SET ROLE, SET SESSION AUTHORIZATION, set_config('role', …). */
const roles = /\b(role|session_authorization|authorization)\b/i

/** Where the session itself is gone, another connection tells the journal; where none can, the next run sees `running` and knows. */
export async function recordFailure(
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

/** Calls its code or sends its SQL, within its time. */
export async function run(
  settings: AttemptSettings,
  request: AttemptRequest,
  dryRun: boolean,
  onDone: (statements: number) => void = () => undefined,
): Promise<{ readonly work: BuilderWork; readonly metadata: Record<string, unknown>; readonly opened?: string }> {
  const { session, logger, defaultSchema, ownSchema, path } = settings
  const { migration } = request
  const parser = await loadParser()
  const metadata: Record<string, unknown> = {}
  const calls = new Calls()
  let work: BuilderWork | undefined
  let opened: string | undefined
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
          derives: request.direction === 'up' && migration.down === undefined,
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
        opened = await go(request, context, work)
        const open = await calls.settled()
        if (open[0] !== undefined) throw notAwaited(open[0])
      },
    )
  } finally {
    calls.close()
    if (work) onDone(work.done)
  }
  return { work: work as unknown as BuilderWork, metadata, ...(opened === undefined ? {} : { opened }) }
}

const wayOf = (migration: LoadedMigration, direction: 'up' | 'down'): Way | undefined =>
  direction === 'up' ? migration.up : migration.down

/** The transaction's id, where it was opened along with the first statements. */
async function go(
  { migration, direction, inverse, opening }: AttemptRequest,
  context: MigrationContext,
  work: BuilderWork,
): Promise<string | undefined> {
  const way = wayOf(migration, direction)
  if (way?.type === 'sql') return sendSql(migration, way.part.statements, direction, work, opening)
  if (way) await way.run(context)
  else for (const operation of inverse?.operations ?? []) await work.apply(operation)
  return undefined
}
