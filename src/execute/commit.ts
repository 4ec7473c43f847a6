// COMMIT, and what became of it when the connection was lost there.
import { setTimeout as sleep } from 'node:timers/promises'
import type { DatabaseClient, DatabaseSession } from '../client/database-client.js'
import { ExecutionError } from '../errors.js'
import { executionError, sqlstateOf } from './failure.js'

/** A COMMIT whose answer never came. */
export interface LostCommit {
  readonly transaction: string
  readonly cause: unknown
}

const connectionStates = /^(08|57P0)/

/** Commits; the transaction's id is noted first, so that a lost answer can be settled. `known`: it is, and a last statement goes along. */
export async function commit(
  session: DatabaseSession,
  known?: { readonly transaction: string; readonly before: string },
): Promise<LostCommit | undefined> {
  const transaction = known?.transaction ?? (await assigned(session))
  try {
    const results = await session.script(known ? `${known.before};\ncommit` : 'commit')
    if (results.at(-1)?.command === 'ROLLBACK')
      throw new ExecutionError(
        'RUN_FAILED',
        'COMMIT was answered with ROLLBACK: the transaction had failed before.',
        {},
      )
    return undefined
  } catch (cause) {
    if (cause instanceof ExecutionError) throw cause
    const state = sqlstateOf(cause)
    if (state !== undefined && !connectionStates.test(state)) throw executionError(cause, { what: 'COMMIT' })
    if (transaction === '') return undefined
    return { transaction, cause }
  }
}

async function assigned(session: DatabaseSession): Promise<string> {
  const noted = await session.script("select coalesce(pg_current_xact_id_if_assigned()::text, '')")
  return noted[0]?.rows[0]?.[0] ?? ''
}

/** Asks the server, over another connection, what became of the transaction. Throws unless it was committed. */
export async function settleCommit(client: DatabaseClient, lost: LostCommit): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const status = await statusOf(client, lost.transaction)
    if (status === 'committed') return
    if (status === 'aborted') {
      throw new ExecutionError(
        'COMMIT_LOST',
        'The connection was lost at COMMIT, and the server says that the transaction was rolled back: the database is as it was.',
        {},
        { cause: lost.cause, hint: 'Run again.' },
      )
    }
    await sleep(200)
  }
  throw new ExecutionError(
    'COMMIT_IN_DOUBT',
    `The connection was lost at COMMIT of transaction ${lost.transaction}, and the server could not be asked what became of it.`,
    {},
    {
      cause: lost.cause,
      hint: 'When the server answers again, run `lockstep plan`: it shows what, if anything, is left to do.',
      details: { transaction: lost.transaction },
    },
  )
}

async function statusOf(client: DatabaseClient, transaction: string): Promise<string | null> {
  try {
    const { rows } = await client.query<{ status: string | null }>('select pg_xact_status($1::xid8) as status', [
      transaction,
    ])
    return rows[0]?.status ?? null
  } catch {
    return null
  }
}
