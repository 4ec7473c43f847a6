// The migration lock: an advisory lock, taken by polling, read from PostgreSQL's own lock table, so that it can never be stale.
import { hostname, userInfo } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DatabaseClient } from '../client/database-client.js'
import { LockHeldError } from '../errors.js'
import { literal, sql } from '../sql/sql.js'
import type { LockHolder, RunListener } from './events.js'

/** First key of the two-key advisory lock; the second is derived from the name of Lockstep's schema. */
const space = 1_280_262_987

/** First key of a shared lock that conflicts with nothing: its second one says, in seconds from `epoch`, since when the session holds the migration lock. */
const sinceSpace = space + 1
const epoch = "timestamptz '2020-01-01 00:00Z'"

const key = (ownSchema: string): number => {
  let hash = 0
  for (const character of ownSchema) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) | 0
  return hash
}

/** A holder is called dead after this long; a living session's lock is never taken from it without unlock. */
const lifetime = 30 * 60_000

/** It was renewed until now: whoever holds it is alive. */
const renewals = (seconds: number): number => Math.floor(Math.max(0, seconds * 1_000) / lifetime) + 1

export interface LockRequest {
  readonly ownSchema: string
  /** Milliseconds to wait for another holder; 0 fails at once. */
  readonly wait: number
  readonly reason: string
  readonly onEvent?: RunListener | undefined
  readonly signal?: AbortSignal | undefined
}

const interval = 200

/** Two-key advisory locks of this database that are held. */
const advisory = (first: number): string =>
  `locktype = 'advisory' and granted and objsubid = 2 and classid::bigint = ${first}
     and database = (select oid from pg_database where datname = current_database())`

/** A container may run under a user id that has no name. */
function userName(): string {
  try {
    return userInfo().username
  } catch {
    return String(process.getuid?.() ?? 'unknown')
  }
}

let known: string | undefined

/** `user@host` of this process. */
export const whoRuns = (): string => {
  known ??= `${userName()}@${hostname()}`
  return known
}

/** Marks the session, so that others see who holds the lock and why: `lockstep user@host: reason` (63 bytes at most). */
export function announce(reason: string): string {
  const who = `lockstep ${whoRuns()}`
  return sql`set application_name = ${literal(`${who}: ${reason}`.replace(/[^\x20-\x7e]/g, '?').slice(0, 63))}`.text
}

/**
 * Takes the lock for the transaction that `begin` opens, or with `scope: 'session'` until it is released.
 * Never waits inside PostgreSQL: a waiting session's snapshot would stall CREATE INDEX CONCURRENTLY.
 */
export async function acquire(
  session: DatabaseClient,
  others: DatabaseClient,
  request: LockRequest,
  scope: 'transaction' | 'session',
): Promise<void> {
  const call = scope === 'transaction' ? 'pg_try_advisory_xact_lock' : 'pg_try_advisory_lock'
  const deadline = Date.now() + request.wait
  let told = false
  for (;;) {
    request.signal?.throwIfAborted()
    const opening = scope === 'transaction' ? 'begin; ' : ''
    const results = await session.script(
      `${announce(request.reason)}; ${opening}select ${call}(${space}, ${key(request.ownSchema)})`,
    )
    if (results.at(-1)?.rows[0]?.[0] === 't') {
      // A transaction's start says it already.
      if (scope === 'session')
        await session.script(
          `select pg_advisory_lock_shared(${sinceSpace}, extract(epoch from now() - ${epoch})::integer)`,
        )
      break
    }
    if (scope === 'transaction') await session.script('rollback')
    const holder = await lockStatus(others, request.ownSchema)
    if (Date.now() >= deadline) throw held(holder)
    if (!told) request.onEvent?.({ type: 'lock-waiting', ...(holder ? { holder } : {}) })
    told = true
    await sleep(interval, undefined, request.signal ? { signal: request.signal } : {})
  }
  request.onEvent?.({ type: 'lock-acquired' })
}

export async function release(session: DatabaseClient, ownSchema: string): Promise<void> {
  await session.script(
    `select pg_advisory_unlock(${space}, ${key(ownSchema)});
     select pg_advisory_unlock_shared(${sinceSpace}, objid::bigint::integer) from pg_locks where ${advisory(sinceSpace)} and pid = pg_backend_pid()`,
  )
}

function held(holder: LockHolder | undefined): LockHeldError {
  const who = holder
    ? `${holder.holder} (${holder.host}, backend ${holder.pid}) since ${holder.acquiredAt}, reason: ${holder.reason}`
    : 'another session'
  return new LockHeldError('LOCK_HELD', `The migration lock is held by ${who}.`, {
    hint: 'Wait longer (--wait 5m), look with `lockstep lock-status`, or end that session with `lockstep unlock --confirm`.',
    details: { holder },
  })
}

/** Who holds the lock right now; undefined when nobody does. A backend that is ending has lost its times before its lock. */
export async function lockStatus(client: DatabaseClient, ownSchema: string): Promise<LockHolder | undefined> {
  const { rows } = await client.query<{ pid: number; name: string; host: string; since: string; seconds: number }>(
    `select pid, name, host, to_char(since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as since, extract(epoch from now() - since)::float8 as seconds
     from (select l.pid, coalesce(a.application_name, '') as name, coalesce(a.client_addr::text, 'local') as host, coalesce(
         (select max(${epoch} + make_interval(secs => objid::bigint)) from pg_locks where ${advisory(sinceSpace)} and pid = l.pid),
         a.xact_start, a.query_start, a.backend_start, now()) as since
       from (select pid from pg_locks where ${advisory(space)} and objid::bigint = $1) l left join pg_stat_activity a on a.pid = l.pid) h`,
    [key(ownSchema) >>> 0],
  )
  const row = rows[0]
  if (!row) return undefined
  const [, holder, reason] = /^lockstep (\S+): (.*)$/s.exec(row.name) ?? [undefined, row.name || 'unknown', '']
  return {
    holder: holder ?? 'unknown',
    host: row.host,
    pid: Number(row.pid),
    reason: reason ?? '',
    acquiredAt: row.since,
    expiresAt: new Date(Date.parse(row.since) + renewals(row.seconds) * lifetime).toISOString(),
  }
}

/** Terminates the holder's backend, which rolls its transaction back and frees the lock. */
export async function unlock(client: DatabaseClient, ownSchema: string): Promise<LockHolder | undefined> {
  const holder = await lockStatus(client, ownSchema)
  if (!holder) return undefined
  const { rows } = await client.query<{ done: boolean }>('select pg_terminate_backend($1) as done', [holder.pid])
  if (rows[0]?.done !== true) {
    throw new LockHeldError('LOCK_HELD', `The backend ${holder.pid} that holds the lock could not be terminated.`, {
      hint: 'A role that may signal that backend is needed (pg_signal_backend, or the same role).',
      details: { holder },
    })
  }
  for (let attempt = 0; attempt < 50; attempt++) {
    const now = await lockStatus(client, ownSchema)
    if (now?.pid !== holder.pid) return holder
    await sleep(100)
  }
  return holder
}
