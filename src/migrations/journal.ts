// The journal: one row per migration as it stands, one row of history per attempt. Read without being made; written only under the migration lock.
import type { DatabaseClient } from '../client/database-client.js'
import type { OperationBase } from '../engine/kind.js'
import { literal, sql } from '../sql/sql.js'
import { historyTable, type JournalPlace, journalTable, missingTables } from './journal-table.js'
import { versionKey } from './version.js'

export type JournalStatus = 'pending' | 'running' | 'completed' | 'failed' | 'rolled-back'

/** The operations that lead back, in the order in which they run; null where they are not known. */
export interface Inverse {
  readonly operations: readonly OperationBase[]
}

/** A migration as the journal has it. */
export interface JournalRow {
  readonly version: string
  readonly key: string
  readonly name: string
  /** The stem of the file's name. */
  readonly file: string
  readonly description: string | null
  readonly status: JournalStatus
  /** ISO 8601, UTC. */
  readonly appliedAt: string | null
  readonly rolledBackAt: string | null
  /** Milliseconds. */
  readonly executionTime: number | null
  readonly error: string | null
  readonly reversible: boolean
  readonly batch: number | null
  /** Counts applications: later is greater, whatever the clock says. */
  readonly position: number | null
  readonly checksum: string
  readonly hasInverse: boolean
  readonly metadata: Readonly<Record<string, unknown>>
  readonly triggeredBy: string | null
}

export interface HistoryRow {
  readonly id: number
  readonly version: string
  readonly name: string
  readonly direction: 'up' | 'down'
  readonly status: JournalStatus
  readonly batch: number | null
  readonly startedAt: string
  readonly executionTime: number | null
  readonly error: string | null
  readonly triggeredBy: string | null
}

const utc = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
const numberOf = (text: string | null | undefined): number | null =>
  text === null || text === undefined ? null : Number(text)

/** Everything in the journal; empty where there is none yet. @throws JOURNAL_MISMATCH */
export async function readJournal(client: DatabaseClient, place: JournalPlace): Promise<readonly JournalRow[]> {
  if ((await missingTables(client, place)).includes(place.tableName)) return []
  const [result] = await client.script(
    `select version, name, file, description, status, ${utc('applied_at')}, ${utc('rolled_back_at')}, execution_time, error, reversible,
       batch, position, checksum, inverse is not null, metadata, triggered_by
     from ${journalTable(place).text}`,
  )
  return (result?.rows ?? []).map((row) => ({
    version: row[0] ?? '',
    key: versionKey(row[0] ?? '') ?? '0',
    name: row[1] ?? '',
    file: row[2] ?? '',
    description: row[3] ?? null,
    status: row[4] as JournalStatus,
    appliedAt: row[5] ?? null,
    rolledBackAt: row[6] ?? null,
    executionTime: numberOf(row[7]),
    error: row[8] ?? null,
    reversible: row[9] === 't',
    batch: numberOf(row[10]),
    position: numberOf(row[11]),
    checksum: row[12] ?? '',
    hasInverse: row[13] === 't',
    metadata: JSON.parse(row[14] ?? '{}') as Record<string, unknown>,
    triggeredBy: row[15] ?? null,
  }))
}

export async function readInverse(
  client: DatabaseClient,
  place: JournalPlace,
  version: string,
): Promise<Inverse | undefined> {
  const [result] = await client.script(
    `select inverse from ${journalTable(place).text} where version = ${literal(version).text}`,
  )
  const text = result?.rows[0]?.[0]
  return text ? (JSON.parse(text) as Inverse) : undefined
}

export interface HistoryRequest {
  /** Default 50. */
  readonly limit?: number | undefined
  readonly skip?: number | undefined
  readonly status?: JournalStatus | undefined
}

/** The latest attempts first. */
export async function readHistory(
  client: DatabaseClient,
  place: JournalPlace,
  request: HistoryRequest,
): Promise<readonly HistoryRow[]> {
  if ((await missingTables(client, place)).length > 0) return []
  const where = request.status === undefined ? '' : `where status = ${literal(request.status).text}`
  const [result] = await client.script(
    `select id, version, name, direction, status, batch, ${utc('started_at')}, execution_time, error, triggered_by
     from ${historyTable(place).text} ${where} order by id desc limit ${Math.max(0, Math.trunc(request.limit ?? 50))} offset ${Math.max(0, Math.trunc(request.skip ?? 0))}`,
  )
  return (result?.rows ?? []).map((row) => ({
    id: Number(row[0]),
    version: row[1] ?? '',
    name: row[2] ?? '',
    direction: row[3] as 'up' | 'down',
    status: row[4] as JournalStatus,
    batch: numberOf(row[5]),
    startedAt: row[6] ?? '',
    executionTime: numberOf(row[7]),
    error: row[8] ?? null,
    triggeredBy: row[9] ?? null,
  }))
}

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

/** Before the first statement, on a connection of its own: what a crash leaves behind. Without a transaction it has to survive a crash of the server too. */
export async function writeRunning(
  client: DatabaseClient,
  place: JournalPlace,
  attempt: Attempt,
  transaction: boolean,
): Promise<void> {
  const { version, name, file, description, checksum, batch, triggeredBy, reversible } = attempt
  const values = [version, name, file, description, checksum, String(reversible), String(batch), triggeredBy].map(
    (value) => (value === null ? 'null' : literal(value).text),
  )
  const table = journalTable(place).text
  const metadata = literal(
    JSON.stringify({
      ...(transaction ? {} : { transaction: false }),
      ...(attempt.direction === 'down' ? { direction: 'down' } : {}),
    }),
  ).text
  const write =
    attempt.direction === 'up'
      ? `insert into ${table} as j (version, name, file, description, status, checksum, reversible, batch, triggered_by, metadata)
         values (${values.slice(0, 4).join(', ')}, 'running', ${values.slice(4).join(', ')}, ${metadata})
         on conflict (version) do update set status = 'running', name = excluded.name, file = excluded.file, description = excluded.description, checksum = excluded.checksum,
           reversible = excluded.reversible, batch = excluded.batch, triggered_by = excluded.triggered_by, metadata = excluded.metadata, error = null, updated_at = now()`
      : `update ${table} set status = 'running', metadata = metadata || ${metadata}, triggered_by = ${values[7]}, updated_at = now() where version = ${values[0]}`
  await client.script(!transaction ? write : `begin; set local synchronous_commit = off; ${write}; commit`)
}

export interface Outcome {
  readonly milliseconds: number
  readonly inverse: Inverse | null
  readonly metadata: Readonly<Record<string, unknown>>
}

/** In the migration's own transaction; without one, after its last statement. */
export async function writeDone(
  client: DatabaseClient,
  place: JournalPlace,
  attempt: Attempt,
  outcome: Outcome,
): Promise<void> {
  const [table, past] = [journalTable(place).text, historyTable(place).text]
  const set =
    attempt.direction === 'up'
      ? `status = 'completed', applied_at = now(), rolled_back_at = null, position = (select coalesce(max(position), 0) + 1 from ${table}), reversible = $7, inverse = $8::jsonb, metadata = $9::jsonb`
      : "status = 'rolled-back', rolled_back_at = now(), position = null, batch = null, inverse = null, metadata = (metadata || $9::jsonb) - 'direction' - 'transaction' - 'halfway'"
  // The parameters that one direction does not need are named all the same, so that both have one list.
  await client.query(
    `with changed as (update ${table} set ${set}, execution_time = $6, error = null, updated_at = now() where version = $1 returning version),
       unused as (select $7::boolean, $8::jsonb)
     insert into ${past} (version, name, direction, status, batch, started_at, execution_time, checksum, triggered_by)
     select $1, $2, $3, $4, $5, $10, $6, $11, $12 from changed`,
    [
      attempt.version,
      attempt.name,
      attempt.direction,
      attempt.direction === 'up' ? 'completed' : 'rolled-back',
      attempt.batch,
      outcome.milliseconds,
      attempt.reversible,
      outcome.inverse === null ? null : JSON.stringify(outcome.inverse),
      JSON.stringify(outcome.metadata),
      attempt.startedAt,
      attempt.checksum,
      attempt.triggeredBy,
    ],
  )
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
  const status = attempt.direction === 'up' ? 'failed' : 'completed'
  const metadata = failure.halfway
    ? `metadata || '{"halfway":true}'`
    : "metadata - 'direction' - 'transaction' - 'halfway'"
  await client.query(
    `with changed as (update ${journalTable(place).text} set status = $4, error = $5, execution_time = coalesce($6, execution_time), metadata = ${metadata}, updated_at = now() where version = $1 returning version)
     insert into ${historyTable(place).text} (version, name, direction, status, batch, started_at, execution_time, error, checksum, triggered_by)
     select $1, $2, $3, 'failed', $7, $8, $6, $5, $9, $10 from changed`,
    [
      attempt.version,
      attempt.name,
      attempt.direction,
      status,
      failure.error,
      failure.milliseconds,
      attempt.batch,
      attempt.startedAt,
      attempt.checksum,
      attempt.triggeredBy,
    ],
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
