// What surrounds a migration, in as few messages as can be: a clean session, its rows in the journal, its transaction.
import type { DatabaseErrorFields } from '../client/database-client.js'
import { LockstepError, MigrationError } from '../errors.js'
import { commitWith, settleCommit } from '../execute/commit.js'
import { announce } from '../execute/lock.js'
import { literal, sql } from '../sql/sql.js'
import type { AttemptSettings } from './attempt-settings.js'
import type { JournalPlace } from './journal-table.js'
import { type Attempt, runningSql } from './journal-writes.js'

/**
 * A migration that was begun with the commit of the one before it: its row says `running`, its transaction is open. A crash leaves
 * both or neither, and one migration costs one commit.
 */
export interface Ahead {
  readonly row: Attempt
  /** Of the transaction, by which one that was ended behind our back is noticed. */
  readonly id: string
}

/** One statement each: a clean session, and the transaction of the migration; the last yields its id. */
function beginning(settings: AttemptSettings, transaction: boolean): readonly string[] {
  const { lockTimeout, statementTimeout, watched } = settings
  const set = transaction ? 'set local' : 'set'
  return [
    ...(transaction ? ['begin'] : []),
    `${set} ${sql`lock_timeout = ${literal(String(lockTimeout))}`.text}`,
    `${set} ${sql`statement_timeout = ${literal(String(statementTimeout))}`.text}`,
    ...(watched ? [`${set} client_connection_check_interval = '5s'`] : []),
    transaction ? 'select pg_catalog.pg_current_xact_id()::text' : 'select null',
  ]
}

const clean = ({ reason }: AttemptSettings): readonly string[] => ['reset all', announce(reason)]

/** RESET ALL leaves these as they are. */
export const ownRole = ['reset session authorization', 'reset role'] as const

/** One statement each: a clean session, `running` in the journal, committed, and the transaction of the migration; the last yields its id. */
export function openingOf(settings: AttemptSettings, row: Attempt, transaction: boolean): readonly string[] {
  const before = ['begin', ...(transaction ? ['set local synchronous_commit = off'] : [])]
  return [
    ...clean(settings),
    ...before,
    runningSql(settings.place, row, transaction),
    'commit',
    ...beginning(settings, transaction),
  ]
}

/** Sends it on its own. @returns the transaction's id; undefined without one */
export async function openAttempt(settings: AttemptSettings, opening: readonly string[]): Promise<string | undefined> {
  const results = await settings.session.script(opening.join(';\n'))
  return results.at(-1)?.rows[0]?.[0] ?? undefined
}

export interface Closing {
  /** Writes the row; see doneSql. */
  readonly row: string
  /** The transaction's; undefined: there is none. */
  readonly id: string | undefined
  /** The migration may have taken another role, which must not write the journal. */
  readonly otherRole: boolean
  /** To be begun with the commit. */
  readonly next: Attempt | undefined
}

/** The row and, in a transaction, the commit. */
export async function closeAttempt(settings: AttemptSettings, closing: Closing): Promise<Ahead | undefined> {
  const { session, client, place, signal } = settings
  const { row, id, next } = closing
  signal?.throwIfAborted()
  const own = closing.otherRole ? ownRole : []
  try {
    if (id === undefined) {
      await session.script([...own, row].join(';\n'))
      return undefined
    }
    // Without knowing which statement failed nobody could say whether the COMMIT before it was done.
    const along = next !== undefined && session.tellsStatement === true ? next : undefined
    const { lost, after } = await commitWith(session, {
      transaction: id,
      before: [...own, row, ...(along ? [runningSql(place, along, true)] : [])],
      after: along ? [...clean(settings), ...beginning(settings, true)] : [],
    })
    if (lost) await settleCommit(client, lost)
    const begun = after.at(-1)?.rows[0]?.[0]
    return along && begun ? { row: along, id: begun } : undefined
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
