// COMMIT, and what became of it when the connection was lost there.
import { setTimeout as sleep } from 'node:timers/promises'
import type { DatabaseClient, DatabaseErrorFields, DatabaseSession, ScriptResult } from '../client/database-client.js'
import { ExecutionError } from '../errors.js'
import { executionError, sqlstateOf } from './failure.js'

/** A COMMIT whose answer never came. */
export interface LostCommit {
  readonly transaction: string
  readonly cause: unknown
}

const connectionStates = /^(08|57P0)/

/** Commits; the transaction's id is noted first, so that a lost answer can be settled. */
export async function commit(session: DatabaseSession): Promise<LostCommit | undefined> {
  return (await commitWith(session, { transaction: await assigned(session) })).lost
}

/** What goes with a COMMIT in one message. */
export interface CommitMessage {
  /** The transaction's id; empty: it has none, so that nothing can be lost. */
  readonly transaction: string
  readonly before?: readonly string[]
  /** Statements of what comes next. Only where the session tells which statement failed. */
  readonly after?: readonly string[]
}

export interface Committed {
  readonly lost?: LostCommit
  /** Of the statements after it; empty where one of them failed. */
  readonly after: readonly ScriptResult[]
}

/** @throws what a statement before the COMMIT, or the COMMIT itself, failed with */
export async function commitWith(
  session: DatabaseSession,
  { transaction, before = [], after = [] }: CommitMessage,
): Promise<Committed> {
  try {
    const results = await session.script([...before, 'commit', ...after].join(';\n'))
    if (results[before.length]?.command === 'ROLLBACK')
      throw new ExecutionError(
        'RUN_FAILED',
        'COMMIT was answered with ROLLBACK: the transaction had failed before.',
        {},
      )
    return { after: results.slice(before.length + 1) }
  } catch (cause) {
    if (cause instanceof ExecutionError) throw cause
    const state = sqlstateOf(cause)
    if (state !== undefined && !connectionStates.test(state)) {
      if (((cause as Partial<DatabaseErrorFields>).statement ?? 0) > before.length) return { after: [] }
      throw executionError(cause, { what: 'COMMIT' })
    }
    return transaction === '' ? { after: [] } : { lost: { transaction, cause }, after: [] }
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
