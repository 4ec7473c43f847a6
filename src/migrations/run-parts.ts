// What every run is made of, and its lock: the journal's tables are there, and what a crash left behind is put right.
import type { DatabaseClient, DatabaseSession } from '../client/database-client.js'
import { acquire, release } from '../execute/lock.js'
import { aborted } from './deadline.js'
import type { MigrationEmitter } from './events.js'
import { type FilesFound, findFiles } from './files.js'
import { type JournalRow, readJournal } from './journal.js'
import { ensureTables, type JournalPlace } from './journal-table.js'
import { writeFailed } from './journal-writes.js'
import { isHalfway } from './resolve.js'
import type { ResolvedSettings } from './settings.js'

/** What a run is made of. */
export interface RunnerParts {
  readonly client: DatabaseClient
  readonly settings: ResolvedSettings
  readonly events: MigrationEmitter
}

export const placeOfJournal = ({ schemaName, tableName }: ResolvedSettings): JournalPlace => ({ schemaName, tableName })

export const filesOf = (settings: ResolvedSettings): Promise<FilesFound> => findFiles(settings)

/** Under the migration lock, with the journal's tables there and what a crash left behind put right. */
export async function underLock<T>(
  parts: RunnerParts,
  reason: string,
  signal: AbortSignal | undefined,
  work: (session: DatabaseSession, rows: readonly JournalRow[]) => Promise<T>,
): Promise<T> {
  const { client, settings, events } = parts
  return client.session(async (session) => {
    await waiting(signal, () =>
      acquire(
        session,
        client,
        {
          ownSchema: settings.ownSchema,
          wait: settings.wait,
          reason,
          signal,
          onEvent: (event) => {
            if (event.type === 'lock-waiting')
              events.emit('lock', { state: 'waiting', ...(event.holder ? { holder: event.holder } : {}) })
            if (event.type === 'lock-acquired') events.emit('lock', { state: 'acquired' })
          },
        },
        'session',
      ),
    )
    try {
      const place = placeOfJournal(settings)
      await ensureTables(session, place)
      const rows = await recovered(parts, session, await readJournal(session, place))
      return await work(session, rows)
    } finally {
      await release(session, settings.ownSchema).catch(() => undefined)
      await session.script('reset all').catch(() => undefined)
      events.emit('lock', { state: 'released' })
    }
  })
}

/** A signal that fires while the lock is waited for. */
async function waiting(signal: AbortSignal | undefined, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    throw signal?.aborted ? aborted('Waiting for the migration lock', signal.reason) : error
  }
}

/** We hold the lock, so whatever still says `running` was cut off; inside a transaction nothing of it stays. */
async function recovered(
  { settings, events }: RunnerParts,
  session: DatabaseSession,
  rows: readonly JournalRow[],
): Promise<readonly JournalRow[]> {
  const cut = rows.filter((row) => row.status === 'running' && !isHalfway(row))
  if (cut.length === 0) return rows
  const place = placeOfJournal(settings)
  for (const row of cut) {
    const direction = row.metadata.direction === 'down' ? 'down' : 'up'
    const message = `The last run was cut off in migration ${row.file}; PostgreSQL rolled it back.`
    await writeFailed(
      session,
      place,
      {
        ...row,
        direction,
        batch: row.batch ?? 0,
        triggeredBy: row.triggeredBy ?? '',
        startedAt: new Date().toISOString(),
      },
      { error: 'interrupted: the process or its connection ended', milliseconds: null, halfway: false },
    )
    events.emit('note', {
      message: direction === 'up' ? `${message} It is pending again.` : `${message} It is still applied.`,
    })
    settings.logger.warn({ migration: row.file }, message)
  }
  return readJournal(session, place)
}
