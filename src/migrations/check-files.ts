// What is wrong with files and journal before anything runs. Pure: findings in, findings out; strict mode turns warnings into errors.
import { MigrationError, type MigrationIssue } from '../errors.js'
import { checksumsDiffer, type MigrationFile } from './files.js'
import type { JournalRow } from './journal.js'
import type { LoadedMigration } from './load.js'
import { interrupted, isApplied, isHalfway, named, outOfOrder } from './resolve.js'
import { compareKeys } from './version.js'

/** Files against the journal: edited, gone, renamed, late, half way. */
export function checkJournal(
  files: readonly MigrationFile[],
  rows: readonly JournalRow[],
  outOfOrderAllowed: boolean,
): readonly MigrationIssue[] {
  const byKey = new Map(files.map((file) => [file.key, file]))
  const issues: MigrationIssue[] = []
  for (const row of rows) {
    if (isHalfway(row)) issues.push({ severity: 'error', ...interrupted(row) })
    if (!isApplied(row)) continue
    const file = byKey.get(row.key)
    if (!file) {
      const twin = files.find((one) => one.checksum === row.checksum)
      issues.push({
        code: 'MIGRATION_MISSING',
        severity: 'error',
        message: `Migration ${row.file} is applied and its file is gone.`,
        hint: twin
          ? `${twin.shown} has the same text: give it back its version.`
          : `Restore it (git log -- "*${row.file}*"), or have it forgotten: \`lockstep migration:repair ${row.version} --forget\`.`,
      })
    } else if (checksumsDiffer(file.checksum, row.checksum)) {
      issues.push({
        code: 'MIGRATION_CHANGED',
        severity: 'error',
        file: file.shown,
        message:
          file.stem === row.file
            ? `${file.shown} was edited after it had been applied.`
            : `${file.shown} has the version of ${row.file}, which is applied, and another text.`,
        hint: 'Undo the edit and make a new migration; or, where the database is as the file says, `lockstep migration:repair --accept-changes`.',
      })
    } else if (file.stem !== row.file) {
      issues.push({
        code: 'MIGRATION_CHANGED',
        severity: 'warning',
        file: file.shown,
        message: `${file.shown} was applied under the name ${row.file}; its text is the same, so it is the same migration.`,
        hint: '`lockstep migration:repair --accept-changes` writes the new name into the journal.',
      })
    }
  }
  for (const late of outOfOrder(files, rows))
    issues.push({
      code: 'MIGRATION_OUT_OF_ORDER',
      severity: outOfOrderAllowed ? 'warning' : 'error',
      file: (late as MigrationFile).shown,
      message: `${(late as MigrationFile).shown} is pending and older than one that is applied.`,
      hint: 'Run it with --out-of-order (outOfOrder: true), or give it a new version (rename the file).',
    })
  return issues
}

/** Loaded files among themselves: what they depend on, and whether they can be rolled back. */
export function checkLoaded(
  loaded: readonly LoadedMigration[],
  files: readonly MigrationFile[],
  rows: readonly JournalRow[],
): readonly MigrationIssue[] {
  const issues: MigrationIssue[] = loaded.flatMap((migration) => migration.issues)
  for (const { file, dependsOn, down, up } of loaded) {
    for (const name of dependsOn) {
      const found = named(files, name, (one) => [one.stem, one.slug])[0]
      const applied = named(rows.filter(isApplied), name, (row) => [row.file, row.name])[0]
      if (applied || (found && compareKeys(found.key, file.key) < 0)) continue
      issues.push({
        code: 'MIGRATION_DEPENDENCY',
        severity: 'error',
        file: file.shown,
        message: found
          ? `${file.shown} depends on ${found.stem}, which comes after it.`
          : `${file.shown} depends on '${name}', and there is no such migration.`,
        hint: found ? 'Give it a later version, or turn the dependency round.' : 'Name it by version or file name.',
      })
    }
    if (!down && up.type === 'sql')
      issues.push({
        code: 'MIGRATION_NO_DOWN',
        severity: 'warning',
        file: file.shown,
        message: `${file.shown} has no way down: it cannot be rolled back.`,
        hint: 'Add a part `-- down`.',
      })
  }
  return issues
}

/** Throws where there are errors; in strict mode warnings are. One kind of finding keeps its own code. */
export function refuseIssues(issues: readonly MigrationIssue[], strict: boolean): void {
  const errors = issues.filter((issue) => strict || issue.severity === 'error')
  const [first] = errors
  if (!first) return
  const lines = errors.map((issue) => `  - ${issue.message}`)
  const one = errors.length === 1
  const code = errors.every((issue) => issue.code === first.code) ? first.code : 'MIGRATION_INVALID'
  const hints = [...new Set(errors.flatMap((issue) => issue.hint ?? []))]
  throw new MigrationError(
    code,
    one ? first.message : `Nothing was run: ${errors.length} things are wrong.\n${lines.join('\n')}`,
    {
      hint: hints.join('\n'),
      details: {
        issues: errors,
        ...(first.file && one
          ? { file: first.file, ...(first.line ? { line: first.line, column: first.column } : {}) }
          : {}),
      },
    },
  )
}
