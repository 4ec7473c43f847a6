// From a request to migrations that are ready to run: resolved, loaded, checked. Nothing of a migration has run yet.
import type { DatabaseClient } from '../client/database-client.js'
import { MigrationError, UsageError } from '../errors.js'
import { checkJournal, checkLoaded, refuseIssues } from './check-files.js'
import type { MigrationName } from './events.js'
import type { FilesFound, MigrationFile } from './files.js'
import { type Inverse, type JournalRow, readInverse } from './journal.js'
import { type LoadedMigration, loadMigration } from './load.js'
import { type ResolvedStep, type ResolveRequest, resolve } from './resolve.js'
import { placeOfJournal, type RunnerParts } from './run-parts.js'
import type { ResolvedSettings } from './settings.js'
import { judge } from './validate.js'

/** One step with what it needs to run. */
export interface PreparedStep {
  readonly step: ResolvedStep
  readonly migration: LoadedMigration
  readonly inverse?: Inverse
}

/** Resolves, loads and checks; nothing of a migration has run yet. */
export async function prepare(
  { settings }: Pick<RunnerParts, 'settings'>,
  session: DatabaseClient,
  found: FilesFound,
  rows: readonly JournalRow[],
  request: ResolveRequest,
): Promise<readonly PreparedStep[]> {
  const { enabled, strictMode } = settings.validation
  const outOfOrder = settings.outOfOrder || (request.direction === 'up' && request.outOfOrder === true)
  if (enabled && request.direction === 'up') {
    // What resolve() finds has its say first where it is what was asked for.
    const issues = checkJournal(found.files, rows, outOfOrder || request.name !== undefined).filter(
      (issue) => issue.code !== 'MIGRATION_OUT_OF_ORDER' || strictMode,
    )
    refuseIssues([...found.issues, ...issues], strictMode)
  } else
    refuseIssues(
      found.issues.filter((issue) => issue.code === 'MIGRATION_DUPLICATE'),
      false,
    )
  const resolution = resolve(found.files, rows, request.direction === 'up' ? { ...request, outOfOrder } : request)
  if (resolution.error) {
    const { code, message, hint } = resolution.error
    throw code === 'USAGE' ? new UsageError(code, message, { hint }) : new MigrationError(code, message, { hint })
  }
  const byKey = new Map(found.files.map((file) => [file.key, file]))
  const prepared: PreparedStep[] = []
  for (const step of resolution.steps)
    prepared.push(await prepareStep(settings, session, step, byKey.get(step.key), rows))
  const loaded = prepared.map(({ migration }) => migration)
  const issues = await judge(session, checkLoaded(loaded, found.files, rows), loaded)
  refuseIssues(
    request.direction === 'up'
      ? issues
      : issues.filter((issue) => issue.severity === 'error' && issue.code !== 'MIGRATION_DEPENDENCY'),
    enabled && strictMode,
  )
  return prepared
}

async function prepareStep(
  settings: ResolvedSettings,
  session: DatabaseClient,
  step: ResolvedStep,
  file: MigrationFile | undefined,
  rows: readonly JournalRow[],
): Promise<PreparedStep> {
  const row = rows.find((one) => one.key === step.key)
  if (step.direction === 'up')
    return { step, migration: await loadMigration(file as MigrationFile, settings.importFile) }
  if (file && row && settings.validation.enabled) {
    refuseIssues(
      checkJournal([file], [row], true).filter((issue) => issue.severity === 'error'),
      false,
    )
  }
  const migration = file ? await loadMigration(file, settings.importFile) : undefined
  if (migration?.down) return { step, migration }
  const inverse = row?.hasInverse ? await readInverse(session, placeOfJournal(settings), row.version) : undefined
  if (inverse && row) return { step, migration: migration ?? gone(row), inverse }
  throw new MigrationError(
    'MIGRATION_IRREVERSIBLE',
    file
      ? `Migration ${row?.file} has no way down, so nothing was rolled back.`
      : `The file of migration ${row?.file} is gone, and with it its way down; nothing was rolled back.`,
    {
      hint: file ? 'Write a `down` into it.' : 'Restore the file.',
    },
  )
}

/** What the journal still knows of a migration whose file is gone. */
const gone = (row: JournalRow): LoadedMigration => ({
  file: {
    version: row.version,
    key: row.key,
    slug: row.name,
    stem: row.file,
    form: 'ts',
    path: '',
    shown: row.file,
    checksum: row.checksum,
    text: '',
    directory: 0,
  },
  name: row.name,
  description: row.description,
  transaction: true,
  dependsOn: [],
  up: { type: 'sql', part: { statements: [] } },
  issues: [],
})

export const nameOf = ({ file, name }: LoadedMigration): MigrationName => ({
  version: file.version,
  name,
  file: file.stem,
})
