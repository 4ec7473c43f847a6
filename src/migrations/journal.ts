// The journal as it is read: one row per migration as it stands, one row of history per attempt. Reading makes nothing.
import type { DatabaseClient } from '../client/database-client.js'
import type { OperationBase } from '../engine/kind.js'
import { literal } from '../sql/sql.js'
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
