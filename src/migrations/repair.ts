// What a person says about a state that no program can judge: a migration cut off half way, a file edited on purpose, a file gone for good.
import type { DatabaseSession } from '../client/database-client.js'
import { MigrationError, UsageError } from '../errors.js'
import { whoRuns } from '../execute/lock.js'
import { checksumsDiffer, type MigrationFile } from './files.js'
import type { JournalRow } from './journal.js'
import { type Attempt, doneSql, runningSql, writeRepaired } from './journal-writes.js'
import { loadMigration } from './load.js'
import { isApplied, isHalfway, named } from './resolve.js'
import { filesOf, placeOfJournal, type RunnerParts, underLock } from './run-parts.js'

export interface RepairRequest {
  /** The migration, by version or name; absent with `acceptChanges`: all that were edited. */
  readonly migration?: string | undefined
  /** `applied`: it has been finished by hand, or the database has had all of it before. `pending`: what it did has been undone; it runs again. */
  readonly as?: 'applied' | 'pending' | undefined
  /** The database is as the edited file says: its checksum and name are taken over. */
  readonly acceptChanges?: boolean | undefined
  /** The file is gone for good: the journal forgets the migration (the history keeps it). */
  readonly forget?: boolean | undefined
}

export interface Repaired {
  readonly version: string
  readonly file: string
  readonly change: string
}

/** Writes what was said into the journal, under the lock. @throws USAGE, MIGRATION_NOT_FOUND */
export async function repairJournal(parts: RunnerParts, request: RepairRequest): Promise<readonly Repaired[]> {
  const wishes = [request.as, request.acceptChanges || undefined, request.forget || undefined].filter(
    (wish) => wish !== undefined,
  )
  if (wishes.length !== 1 || (request.migration === undefined && !request.acceptChanges)) {
    throw new UsageError('USAGE', 'repair needs to be told what is true.', {
      hint: 'One of: <version> --applied, <version> --pending, <version> --forget, [version] --accept-changes.',
    })
  }
  const found = await filesOf(parts.settings)
  return underLock(parts, 'migration:repair', undefined, async (session, rows) => {
    const place = placeOfJournal(parts.settings)
    const chosen =
      request.migration === undefined ? rows : named(rows, request.migration, (row) => [row.file, row.name])
    const adopted = request.as === 'applied' ? pendingFile(found.files, chosen, request.migration ?? '') : undefined
    if (adopted) return [await adopt(parts, session, adopted, rows)]
    if (request.migration !== undefined && chosen.length !== 1)
      throw new MigrationError('MIGRATION_NOT_FOUND', `The journal has no migration '${request.migration}'.`, {
        hint: 'See `lockstep migration:status`.',
      })
    const repaired: Repaired[] = []
    for (const row of chosen) {
      const said = (change: string) => repaired.push({ version: row.version, file: row.file, change })
      if (request.forget) {
        if (found.files.some((file) => file.key === row.key) && isApplied(row))
          throw new UsageError('USAGE', `The file of ${row.file} is there: there is nothing to forget.`, {
            hint: 'Roll it back with `lockstep migration:down`, or delete the file first.',
          })
        await writeRepaired(session, place, row.version, { forget: true })
        said('forgotten')
      } else if (request.as) {
        if (!isHalfway(row))
          throw new UsageError('USAGE', `Migration ${row.file} is not half way: it is ${row.status}.`, {
            hint: 'Only one that was cut off without a transaction needs this; --applied also takes one that is pending.',
          })
        const status =
          request.as === 'applied' ? 'completed' : row.metadata.direction === 'down' ? 'rolled-back' : 'failed'
        await writeRepaired(session, place, row.version, { status })
        said(request.as)
      } else {
        const file = found.files.find((one) => one.key === row.key)
        if (!file || !isApplied(row) || (!checksumsDiffer(file.checksum, row.checksum) && file.stem === row.file))
          continue
        const { name, down } = await loadMigration(file, parts.settings.importFile)
        await writeRepaired(session, place, row.version, {
          checksum: file.checksum,
          name,
          file: file.stem,
          reversible: down !== undefined || row.hasInverse,
        })
        said('changes accepted')
      }
    }
    return repaired
  })
}

/** A file that is not applied, and not half way: its row, if there is one, says that it failed or was rolled back. */
function pendingFile(
  files: readonly MigrationFile[],
  rows: readonly JournalRow[],
  migration: string,
): MigrationFile | undefined {
  const [row] = rows
  if (rows.length > 1 || (row && (isApplied(row) || isHalfway(row)))) return undefined
  if (row) return files.find((file) => file.key === row.key)
  const found = named(files, migration, (file) => [file.stem, file.slug])
  return found.length === 1 ? found[0] : undefined
}

/** Recorded without running: a batch of its own, with the way down that the file has. */
async function adopt(
  { settings }: RunnerParts,
  session: DatabaseSession,
  file: MigrationFile,
  rows: readonly JournalRow[],
): Promise<Repaired> {
  const { name, description, down, dependsOn } = await loadMigration(file, settings.importFile)
  const most = (value: (row: JournalRow) => number | null) =>
    rows.reduce((max, row) => Math.max(max, value(row) ?? 0), 0)
  const place = placeOfJournal(settings)
  const attempt: Attempt = {
    version: rows.find((row) => row.key === file.key)?.version ?? file.version,
    name,
    file: file.stem,
    description,
    checksum: file.checksum,
    direction: 'up',
    batch: most((row) => row.batch) + 1,
    triggeredBy: settings.triggeredBy ?? whoRuns(),
    startedAt: new Date().toISOString(),
    reversible: down !== undefined,
  }
  const metadata = { adopted: true, ...(dependsOn.length > 0 ? { dependsOn } : {}) }
  const outcome = { milliseconds: 0, inverse: null, metadata, position: most((row) => row.position) + 1 }
  await session.script([runningSql(place, attempt, true), doneSql(place, attempt, outcome)].join(';\n'))
  return { version: attempt.version, file: attempt.file, change: 'applied' }
}
