// What is written into the journal, only under the migration lock: before an attempt, with its commit, after its failure, by repair.
import type { DatabaseClient } from '../client/database-client.js'
import { literal, sql } from '../sql/sql.js'
import type { Inverse, JournalStatus } from './journal.js'
import { historyTable, type JournalPlace, journalTable } from './journal-table.js'

/** What every writing about one attempt has in common. */
export interface Attempt {
  readonly version: string
  readonly name: string
  readonly file: string
  readonly description: string | null
  readonly checksum: string
  readonly direction: 'up' | 'down'
  readonly batch: number
  readonly triggeredBy: string
  /** ISO 8601. */
  readonly startedAt: string
  readonly reversible: boolean
}

const text = (value: string | number | boolean | null): string =>
  value === null ? 'null' : literal(String(value)).text

/** Before the first statement: what a crash leaves behind. */
export function runningSql(place: JournalPlace, attempt: Attempt, transaction: boolean): string {
  const { version, name, file, description, checksum, batch, triggeredBy, reversible } = attempt
  const table = journalTable(place).text
  const metadata = text(
    JSON.stringify({
      ...(transaction ? {} : { transaction: false }),
      ...(attempt.direction === 'down' ? { direction: 'down' } : {}),
    }),
  )
  return attempt.direction === 'up'
    ? `insert into ${table} as j (version, name, file, description, status, checksum, reversible, batch, triggered_by, metadata)
         values (${[version, name, file, description].map(text).join(', ')}, 'running', ${[checksum, reversible, batch, triggeredBy].map(text).join(', ')}, ${metadata})
         on conflict (version) do update set status = 'running', name = excluded.name, file = excluded.file, description = excluded.description, checksum = excluded.checksum,
           reversible = excluded.reversible, batch = excluded.batch, triggered_by = excluded.triggered_by, metadata = excluded.metadata, error = null, updated_at = now()`
    : `update ${table} set status = 'running', metadata = metadata || ${metadata}, triggered_by = ${text(triggeredBy)}, updated_at = now() where version = ${text(version)}`
}

export interface Outcome {
  readonly milliseconds: number
  readonly inverse: Inverse | null
  readonly metadata: Readonly<Record<string, unknown>>
  /** Of this application, counted over all. */
  readonly position: number
}

/**
 * In the migration's own transaction; without one, after its last statement. Fails (23502, no version for the history) where the
 * row of the journal is gone, or the transaction is not the one that was begun.
 * @param transaction its id, as it was begun
 */
export function doneSql(place: JournalPlace, attempt: Attempt, outcome: Outcome, transaction?: string): string {
  const set =
    attempt.direction === 'up'
      ? `status = 'completed', applied_at = now(), rolled_back_at = null, position = ${text(outcome.position)}, reversible = ${text(attempt.reversible)},
         inverse = ${text(outcome.inverse && JSON.stringify(outcome.inverse))}, metadata = ${text(JSON.stringify(outcome.metadata))}`
      : `status = 'rolled-back', rolled_back_at = now(), position = null, batch = null, inverse = null,
         metadata = (metadata || ${text(JSON.stringify(outcome.metadata))}) - 'direction' - 'transaction' - 'halfway'`
  const same = transaction === undefined ? '' : ` and pg_catalog.pg_current_xact_id()::text = ${text(transaction)}`
  const { version, name, direction, batch, startedAt, checksum, triggeredBy } = attempt
  return `with changed as (update ${journalTable(place).text} set ${set}, execution_time = ${text(outcome.milliseconds)}, error = null, updated_at = now()
       where version = ${text(version)}${same} returning version)
     insert into ${historyTable(place).text} (version, name, direction, status, batch, started_at, execution_time, checksum, triggered_by)
     values ((select version from changed), ${[name, direction, direction === 'up' ? 'completed' : 'rolled-back', batch, startedAt, outcome.milliseconds, checksum, triggeredBy].map(text).join(', ')})`
}

/**
 * After everything was rolled back, on the journal's connection: a failed way up is pending again, a failed way down is still applied.
 * `halfway`: there was no transaction and something had been done; `repair` has to say what it is now.
 */
export async function writeFailed(
  client: DatabaseClient,
  place: JournalPlace,
  attempt: Attempt,
  failure: { readonly error: string; readonly milliseconds: number | null; readonly halfway: boolean },
): Promise<void> {
  const table = journalTable(place).text
  const metadata = failure.halfway
    ? `j.metadata || '{"halfway":true}'`
    : "j.metadata - 'direction' - 'transaction' - 'halfway'"
  const { version, name, file, description, checksum, direction, batch, startedAt, triggeredBy, reversible } = attempt
  const [error, milliseconds] = [text(failure.error), text(failure.milliseconds)]
  const changed =
    direction === 'up'
      ? `insert into ${table} as j (version, name, file, description, status, checksum, reversible, batch, triggered_by, error, execution_time)
         values (${[version, name, file, description].map(text).join(', ')}, 'failed', ${[checksum, reversible, batch, triggeredBy].map(text).join(', ')}, ${error}, ${milliseconds})
         on conflict (version) do update set status = 'failed', name = excluded.name, file = excluded.file, checksum = excluded.checksum, error = excluded.error,
           execution_time = coalesce(excluded.execution_time, j.execution_time), metadata = ${metadata}, updated_at = now() returning version`
      : `update ${table} as j set status = 'completed', error = ${error}, execution_time = coalesce(${milliseconds}, execution_time), metadata = ${metadata}, updated_at = now()
         where version = ${text(version)} returning version`
  await client.script(
    `with changed as (${changed})
     insert into ${historyTable(place).text} (version, name, direction, status, batch, started_at, execution_time, error, checksum, triggered_by)
     select version, ${text(name)}, ${text(direction)}, 'failed', ${batch}, ${text(startedAt)}::timestamptz, ${milliseconds}::bigint, ${error}, ${text(checksum)}, ${text(triggeredBy)} from changed`,
  )
}

/** What `repair` decides about a row, and about the files that rows speak of. */
export async function writeRepaired(
  client: DatabaseClient,
  place: JournalPlace,
  version: string,
  change: {
    readonly status?: JournalStatus
    readonly checksum?: string
    readonly name?: string
    readonly file?: string
    readonly reversible?: boolean
    readonly forget?: true
  },
): Promise<void> {
  const table = journalTable(place)
  if (change.forget) {
    await client.query(sql`delete from ${table} where version = $1`.text, [version])
    return
  }
  await client.query(
    `update ${table.text} set status = coalesce($2, status), checksum = coalesce($3, checksum), name = coalesce($4, name), file = coalesce($5, file), reversible = coalesce($6, reversible),
       position = case when $2 = 'completed' and position is null then (select coalesce(max(position), 0) + 1 from ${table.text}) when $2 in ('failed', 'rolled-back') then null else position end,
       applied_at = case when $2 = 'completed' then coalesce(applied_at, now()) else applied_at end, metadata = metadata - 'direction' - 'transaction' - 'halfway', updated_at = now()
     where version = $1`,
    [
      version,
      change.status ?? null,
      change.checksum ?? null,
      change.name ?? null,
      change.file ?? null,
      change.reversible ?? null,
    ],
  )
}
