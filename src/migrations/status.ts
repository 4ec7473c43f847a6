// Files and journal side by side, as `migration:status` shows them. Reads only.
import type { DatabaseClient } from '../client/database-client.js'
import type { MigrationIssue } from '../errors.js'
import type { LockHolder } from '../execute/events.js'
import { lockStatus } from '../execute/lock.js'
import { checkJournal } from './check-files.js'
import { findFiles, type MigrationFile } from './files.js'
import { type JournalRow, type JournalStatus, readJournal } from './journal.js'
import { loadMigration } from './load.js'
import { isApplied, isHalfway } from './resolve.js'
import type { ResolvedSettings } from './settings.js'

export interface AppliedMigration {
  readonly version: string
  readonly name: string
  readonly file: string
  readonly description: string | null
  /** ISO 8601, UTC. */
  readonly appliedAt: string | null
  /** Milliseconds. */
  readonly executionTime: number | null
  readonly batch: number | null
  readonly reversible: boolean
  readonly triggeredBy: string | null
  /** The file is still there. */
  readonly fileExists: boolean
}

export interface PendingMigration {
  readonly version: string
  readonly name: string
  readonly file: string
  readonly description: string | null
  /** It has a way down of its own; one that is derived shows only when it is applied. */
  readonly reversible: boolean
  /** By whoever holds the lock. */
  readonly running: boolean
}

export interface FailedMigration extends PendingMigration {
  readonly status: JournalStatus
  readonly error: string | null
  /** It ran without a transaction and was cut off: `repair` has to be told what it is now. */
  readonly halfway: boolean
}

export interface MigrationStatus {
  readonly applied: readonly AppliedMigration[]
  readonly pending: readonly PendingMigration[]
  /** Pending again, or half way. */
  readonly failed: readonly FailedMigration[]
  readonly locked: LockHolder | null
  readonly summary: {
    readonly total: number
    readonly applied: number
    readonly pending: number
    readonly failed: number
  }
  /** What `up` would complain about. */
  readonly issues: readonly MigrationIssue[]
}

export async function statusOf(client: DatabaseClient, settings: ResolvedSettings): Promise<MigrationStatus> {
  const [found, written, holder] = await Promise.all([
    findFiles(settings),
    readJournal(client, { schemaName: settings.schemaName, tableName: settings.tableName }),
    lockStatus(client, settings.ownSchema),
  ])
  // Whoever holds the lock is at work on what says `running`; where nobody does, it was cut off.
  const running = new Set(holder ? written.filter((row) => row.status === 'running').map((row) => row.key) : [])
  const rows = written.map(
    (row): JournalRow =>
      running.has(row.key) ? { ...row, status: row.metadata.direction === 'down' ? 'completed' : 'pending' } : row,
  )
  const byKey = new Map(found.files.map((file) => [file.key, file]))
  const applied = rows.filter(isApplied).sort((a, b) => (a.position ?? 0) - (b.position ?? 0))
  const done = new Set(applied.map((row) => row.key))
  const rowOf = new Map(rows.map((row) => [row.key, row]))
  const pending = await Promise.all(
    found.files.filter((file) => !done.has(file.key)).map((file) => pendingOf(file, settings, running.has(file.key))),
  )
  const failed = pending.flatMap((one): readonly FailedMigration[] => {
    const row = rowOf.get(one.key)
    return row && (row.status === 'failed' || isHalfway(row))
      ? [{ ...shown(one), status: row.status, error: row.error, halfway: isHalfway(row) }]
      : []
  })
  const issues = [...found.issues, ...checkJournal(found.files, rows, settings.outOfOrder)]
  return {
    applied: applied.map((row) => appliedOf(row, byKey)),
    pending: pending.map(shown),
    failed,
    locked: holder ?? null,
    summary: {
      total: applied.length + pending.length,
      applied: applied.length,
      pending: pending.length,
      failed: failed.length,
    },
    issues,
  }
}

const appliedOf = (row: JournalRow, files: ReadonlyMap<string, MigrationFile>): AppliedMigration => ({
  version: row.version,
  name: row.name,
  file: row.file,
  description: row.description,
  appliedAt: row.appliedAt,
  executionTime: row.executionTime,
  batch: row.batch,
  reversible: row.reversible,
  triggeredBy: row.triggeredBy,
  fileExists: files.has(row.key),
})

interface Pending extends PendingMigration {
  readonly key: string
}

/** A file that cannot be loaded is pending all the same; `validate` and `up` say why. */
async function pendingOf(file: MigrationFile, settings: ResolvedSettings, running: boolean): Promise<Pending> {
  const named = { key: file.key, version: file.version, file: file.stem, running }
  try {
    const migration = await loadMigration(file, settings.importFile)
    return {
      ...named,
      name: migration.name,
      description: migration.description,
      reversible: migration.down !== undefined,
    }
  } catch {
    return { ...named, name: file.slug, description: null, reversible: false }
  }
}

const shown = ({ key: _key, ...pending }: Pending): PendingMigration => pending
