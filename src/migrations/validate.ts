// Everything that can be found wrong before anything runs, all at once: files, their text, their order, the journal.
import type { DatabaseClient } from '../client/database-client.js'
import { LockstepError, type MigrationIssue } from '../errors.js'
import { sqlstateOf } from '../execute/failure.js'
import { checkJournal, checkLoaded } from './check-files.js'
import { findFiles } from './files.js'
import { readJournal } from './journal.js'
import { type LoadedMigration, loadMigration } from './load.js'
import type { ResolvedSettings } from './settings.js'
import type { SqlStatement } from './sql-file.js'

export interface ValidationReport {
  readonly valid: boolean
  /** How many files were looked at. */
  readonly files: number
  readonly errors: readonly MigrationIssue[]
  readonly warnings: readonly MigrationIssue[]
}

/** @param client undefined: files only */
export async function validateFiles(
  client: DatabaseClient | undefined,
  settings: ResolvedSettings,
): Promise<ValidationReport> {
  const found = await findFiles(settings)
  const rows = client
    ? await readJournal(client, { schemaName: settings.schemaName, tableName: settings.tableName })
    : []
  const issues: MigrationIssue[] = [...found.issues, ...checkJournal(found.files, rows, settings.outOfOrder)]
  const loaded: LoadedMigration[] = []
  for (const file of found.files) {
    try {
      loaded.push(await loadMigration(file, settings.importFile))
    } catch (error) {
      const { code, message, hint } =
        error instanceof LockstepError
          ? error
          : { code: 'MIGRATION_NOT_LOADED' as const, message: String(error), hint: undefined }
      issues.push({ code, severity: 'error', file: file.shown, message, ...(hint ? { hint } : {}) })
    }
  }
  const judged = client
    ? await judge(client, checkLoaded(loaded, found.files, rows), loaded)
    : checkLoaded(loaded, found.files, rows)
  issues.push(...judged)
  const strict = settings.validation.strictMode
  const wrong = (issue: MigrationIssue) => strict || issue.severity === 'error'
  const errors = issues.filter(wrong).map((issue): MigrationIssue => ({ ...issue, severity: 'error' }))
  return {
    valid: errors.length === 0,
    files: found.files.length,
    errors,
    warnings: issues.filter((issue) => !wrong(issue)),
  }
}

/** Words that plpgsql takes for its own: a statement that begins with one cannot be asked about. */
const plpgsqlWords =
  /^\s*(begin|declare|call|close|commit|rollback|end|execute|exit|fetch|for|foreach|get|if|insert|loop|merge|move|null|open|perform|raise|return|select|while|with|assert|case|continue|values)\b/i

/**
 * What our parser does not know is the server's to judge: a DO block that returns before the statement makes PostgreSQL parse it
 * without running it. What the server refuses too is an error; what it knows is fine.
 */
export async function judge(
  client: DatabaseClient,
  issues: readonly MigrationIssue[],
  loaded: readonly LoadedMigration[],
): Promise<readonly MigrationIssue[]> {
  const result: MigrationIssue[] = []
  for (const issue of issues) {
    const statement =
      issue.code === 'MIGRATION_SQL' && issue.severity === 'warning' ? statementAt(loaded, issue) : undefined
    if (!statement) result.push(issue)
    else if (plpgsqlWords.test(statement.text))
      result.push(
        /^\s*(insert|select|with|values|merge)\b/i.test(statement.text) && (await unpreparable(client, statement))
          ? { ...issue, severity: 'error' }
          : issue,
      )
    else if (await unparsable(client, statement))
      result.push({ ...issue, severity: 'error', hint: 'Neither the parser nor the server understands it.' })
  }
  return result
}

function statementAt(loaded: readonly LoadedMigration[], issue: MigrationIssue): SqlStatement | undefined {
  for (const { file, up, down } of loaded) {
    if (
      issue.file === undefined ||
      !(issue.file === file.shown || issue.file === file.shown.replace(/\.up\.sql$/, '.down.sql'))
    )
      continue
    const statements = [up, down].flatMap((way) => (way?.type === 'sql' ? way.part.statements : []))
    const found = statements.findLast(
      (one) =>
        one.unknown !== undefined &&
        (one.line < (issue.line ?? 0) || (one.line === issue.line && one.column <= (issue.column ?? 0))),
    )
    if (found) return found
  }
  return undefined
}

async function unparsable(client: DatabaseClient, { text }: SqlStatement): Promise<boolean> {
  let tag = '$lockstep$'
  while (text.includes(tag)) tag = `${tag.slice(0, -1)}_$`
  return refused(client, () => client.script(`do ${tag} begin return;\n${text};\nend ${tag}`))
}

const unpreparable = (client: DatabaseClient, { text }: SqlStatement): Promise<boolean> =>
  refused(client, async () => {
    await client.script(`begin; set local statement_timeout = 5000; prepare lockstep_syntax as ${text}; rollback`)
  })

async function refused(client: DatabaseClient, work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work()
    return false
  } catch (error) {
    await client.script('rollback').catch(() => undefined)
    return sqlstateOf(error) === '42601'
  }
}
