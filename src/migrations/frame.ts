// What surrounds a migration, in as few messages as can be: a clean session, its rows in the journal, its transaction.
import type { DatabaseErrorFields } from '../client/database-client.js'
import { LockstepError, MigrationError } from '../errors.js'
import { commit, settleCommit } from '../execute/commit.js'
import { announce } from '../execute/lock.js'
import { literal, sql } from '../sql/sql.js'
import type { AttemptSettings } from './attempt.js'
import { extensionSchemas, pathOf } from './builder/work.js'
import type { JournalPlace } from './journal-table.js'
import { type Attempt, runningSql } from './journal-writes.js'

export interface Opened {
  /** Of the transaction, by which one that was ended behind our back is noticed; undefined without one. */
  readonly id?: string
  readonly path: readonly string[]
}

/** One statement each: a clean session, `running` in the journal, committed, and the transaction of the migration; the last yields its id. */
export function openingOf(settings: AttemptSettings, row: Attempt, transaction: boolean): readonly string[] {
  const { place, reason, lockTimeout, statementTimeout, watched } = settings
  const set = transaction ? 'set local' : 'set'
  return [
    'reset all',
    announce(reason),
    ...runningSql(place, row, transaction),
    ...(transaction ? ['begin'] : []),
    `${set} ${sql`lock_timeout = ${literal(String(lockTimeout))}`.text}`,
    `${set} ${sql`statement_timeout = ${literal(String(statementTimeout))}`.text}`,
    ...(watched ? [`${set} client_connection_check_interval = '5s'`] : []),
    transaction ? 'select pg_catalog.pg_current_xact_id()::text' : 'select null',
  ]
}

/** Sends it on its own, and asks where extensions are. */
export async function openAttempt(settings: AttemptSettings, opening: readonly string[]): Promise<Opened> {
  const results = await settings.session.script([...opening, extensionSchemas].join(';\n'))
  const id = results.at(-2)?.rows[0]?.[0]
  return { ...(id ? { id } : {}), path: pathOf(results.at(-1), settings.defaultSchema) }
}

/** The row and, in a transaction, the commit. */
export async function closeAttempt(settings: AttemptSettings, row: string, id: string | undefined): Promise<void> {
  const { session, client, place, signal } = settings
  signal?.throwIfAborted()
  try {
    if (id === undefined) {
      await session.script(row)
      return
    }
    const lost = await commit(session, { transaction: id, before: row })
    if (lost) await settleCommit(client, lost)
  } catch (cause) {
    throw rowRefused(cause, place) ? ended(cause, id !== undefined) : cause
  }
}

/** The history took no row without a version: see doneSql. */
function rowRefused(error: unknown, { tableName }: JournalPlace): boolean {
  const fields = (error instanceof LockstepError ? error.cause : error) as Partial<DatabaseErrorFields> | undefined
  return fields?.code === '23502' && fields.table === `${tableName}_history`
}

const ended = (cause: unknown, transaction: boolean): MigrationError =>
  transaction
    ? new MigrationError(
        'MIGRATION_TRANSACTION',
        'Its transaction was ended while it ran, so that a part of it may be committed.',
        { cause, hint: 'Something in it sent COMMIT or ROLLBACK. Look at the database before you run it again.' },
      )
    : new MigrationError('MIGRATION_FAILED', 'Its row in the journal is gone.', {
        cause,
        hint: 'Something deleted it while the migration ran.',
      })
