// From a file to a migration that can run: imports it, finds the class, functions or object in it, or reads its SQL.

import { pathToFileURL } from 'node:url'
import { LockstepError, MigrationError, type MigrationIssue } from '../errors.js'
import { duration } from '../execute/durations.js'
import { loadParser } from '../sql/parser.js'
import type { MigrationFile } from './files.js'
import type { Migration, MigrationContext } from './migration.js'
import type { ImportFile } from './settings.js'
import { placeWithin, readSqlFile, type SqlMigration, type SqlPart } from './sql-file.js'

/** A migration as the runner runs it. */
export interface LoadedMigration {
  readonly file: MigrationFile
  readonly name: string
  readonly description: string | null
  readonly transaction: boolean
  /** Milliseconds; undefined: the manager's. */
  readonly timeout?: number
  readonly dependsOn: readonly string[]
  readonly up: Way
  readonly down?: Way
  readonly issues: readonly MigrationIssue[]
}

/** One direction: code to call, or SQL to send. */
export type Way =
  | { readonly type: 'code'; run(context: MigrationContext): unknown }
  | { readonly type: 'sql'; readonly part: SqlPart }

const imported = new Map<string, string>()

async function importNatively({ path, shown, checksum }: MigrationFile): Promise<Readonly<Record<string, unknown>>> {
  const known = imported.get(path)
  imported.set(path, checksum)
  const url = `${pathToFileURL(path).href}${known === undefined || known === checksum ? '' : `?${checksum.slice(-12)}`}`
  try {
    return (await import(url)) as Readonly<Record<string, unknown>>
  } catch (error) {
    if (error instanceof LockstepError) throw error
    const typescript = (error as { code?: string }).code === 'ERR_UNKNOWN_FILE_EXTENSION'
    throw new MigrationError('MIGRATION_NOT_LOADED', `${shown} could not be loaded: ${messageOf(error)}`, {
      cause: error,
      hint: typescript
        ? 'This process cannot read TypeScript: run it with tsx, use the command line (it can), or compile the files and name the compiled directory.'
        : 'Correct the file and run again.',
      details: { file: shown },
    })
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** @throws MIGRATION_NOT_LOADED, MIGRATION_SHAPE, MIGRATION_SQL; what is only doubtful is in `issues` */
export async function loadMigration(file: MigrationFile, importFile?: ImportFile): Promise<LoadedMigration> {
  if (file.form === 'sql') return loadSql(file)
  const exports = importFile ? await importFile(pathToFileURL(file.path).href, file.shown) : await importNatively(file)
  const migration = migrationIn(exports, file)
  const config = { ...(exports.config as object | undefined), ...migration.config }
  const name = textOf(migration.name) ?? textOf(exports.name)
  const down = migration.down
  return {
    file,
    name: name ?? file.slug,
    description: textOf(migration.description) ?? textOf(exports.description) ?? null,
    ...settings(config, migration.dependsOn ?? exports.dependsOn, file),
    up: { type: 'code', run: (context) => migration.up(context) },
    ...(down
      ? { down: { type: 'code', run: (context: MigrationContext) => down.call(migration, context) } as const }
      : {}),
    issues: [],
  }
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
const shape = (file: MigrationFile, message: string, hint: string) =>
  new MigrationError('MIGRATION_SHAPE', `${file.shown}: ${message}`, { hint, details: { file: file.shown } })

const hasUp = (value: unknown): value is Migration => typeof (value as Migration | null)?.up === 'function'
const isClass = (value: unknown): value is new () => Migration =>
  typeof value === 'function' && hasUp((value as { prototype?: unknown }).prototype)

/** Functions `up` and `down`, or the one class or object that has an `up`. A CommonJS module's exports arrive as its default. */
function migrationIn(exports: Readonly<Record<string, unknown>>, file: MigrationFile): Migration {
  if (hasUp(exports)) return { ...exports } as unknown as Migration
  const found = [...new Set(Object.values(exports))].filter(
    (value) => isClass(value) || (typeof value === 'object' && hasUp(value)),
  )
  const [only, ...more] = found
  if (only === undefined)
    throw shape(
      file,
      'it exports no migration: there is no `up`.',
      'Export functions up and down, a class with the method up, or an object with up.',
    )
  if (more.length > 0)
    throw shape(file, `it exports ${found.length} migrations, and a file is one.`, 'Put each into a file of its own.')
  if (!isClass(only)) return only as Migration
  try {
    return new only()
  } catch (cause) {
    throw new MigrationError(
      'MIGRATION_SHAPE',
      `${file.shown}: its class could not be constructed: ${messageOf(cause)}`,
      {
        cause,
        hint: 'The class is constructed without arguments.',
        details: { file: file.shown },
      },
    )
  }
}

function settings(
  config: object,
  dependsOn: unknown,
  file: MigrationFile,
): Pick<LoadedMigration, 'transaction' | 'timeout' | 'dependsOn'> {
  const { transaction, timeout, ...rest } = config as { transaction?: unknown; timeout?: unknown }
  const unknown = Object.keys(rest)
  if (unknown.length > 0)
    throw shape(file, `its config has the unknown key '${unknown[0]}'.`, 'Known keys: transaction, timeout.')
  if (transaction !== undefined && typeof transaction !== 'boolean')
    throw shape(file, 'its config.transaction is neither true nor false.', 'Write config = { transaction: false }.')
  if (dependsOn !== undefined && !(Array.isArray(dependsOn) && dependsOn.every((one) => typeof one === 'string')))
    throw shape(file, 'its dependsOn is no list of texts.', "Write dependsOn = ['001', '003_users'].")
  return {
    transaction: transaction ?? true,
    ...(timeout === undefined ? {} : { timeout: milliseconds(timeout, file) }),
    dependsOn: (dependsOn ?? []) as readonly string[],
  }
}

function milliseconds(timeout: unknown, file: MigrationFile): number {
  try {
    return duration(timeout as string | number, 'timeout')
  } catch {
    throw shape(
      file,
      `its timeout '${String(timeout)}' is no duration.`,
      "Write milliseconds, or '90s', '5m'; 0 for none.",
    )
  }
}

async function loadSql(file: MigrationFile): Promise<LoadedMigration> {
  const parser = await loadParser()
  const main = readSqlFile(file.text.replace(/^\uFEFF/, ''), parser, file.downText === undefined ? undefined : 'up')
  const other =
    file.downText === undefined ? undefined : readSqlFile(file.downText.replace(/^\uFEFF/, ''), parser, 'down')
  const config = settings(
    {
      ...(main.transaction === undefined ? {} : { transaction: main.transaction }),
      ...(main.timeout === undefined ? {} : { timeout: main.timeout }),
    },
    main.dependsOn,
    file,
  )
  const down = main.down ?? other?.down
  const issues = sqlIssues(main, other, file, config.transaction)
  if (!main.up || main.up.statements.length === 0)
    issues.push({
      code: 'MIGRATION_SHAPE',
      severity: 'error',
      file: file.shown,
      message: `${file.shown} has no statement in its way up.`,
      hint: 'Write the statements below a line `-- up`, and those of the way back below `-- down`.',
    })
  return {
    file,
    name: main.name ?? file.slug,
    description: main.description ?? null,
    ...config,
    up: { type: 'sql', part: main.up ?? { statements: [] } },
    ...(down && down.statements.length > 0 ? { down: { type: 'sql', part: down } as const } : {}),
    issues,
  }
}

function sqlIssues(
  main: SqlMigration,
  other: SqlMigration | undefined,
  file: MigrationFile,
  transaction: boolean,
): MigrationIssue[] {
  const issues: MigrationIssue[] = []
  const parts = [
    { read: main, shown: file.shown },
    ...(other ? [{ read: other, shown: file.shown.replace(/\.up\.sql$/, '.down.sql') }] : []),
  ]
  for (const { read, shown } of parts) {
    for (const issue of read.issues)
      issues.push({
        code: 'MIGRATION_SQL',
        severity: 'error',
        file: shown,
        ...issue,
        message: `${shown}:${issue.line}:${issue.column}: ${issue.message}`,
      })
    for (const statement of [...(read.up?.statements ?? []), ...(read.down?.statements ?? [])]) {
      if (statement.outside && transaction)
        issues.push({
          code: 'MIGRATION_TRANSACTION',
          severity: 'error',
          file: shown,
          line: statement.line,
          column: statement.column,
          message: `${shown}:${statement.line}:${statement.column}: '${statement.text.replace(/\s+/g, ' ').slice(0, 60)}' cannot run inside a transaction.`,
          hint: 'Put it into a file of its own, with `-- transaction: false` at its top.',
        })
      if (statement.unknown) {
        const place = placeWithin(statement, statement.unknown.offset)
        issues.push({
          code: 'MIGRATION_SQL',
          severity: 'warning',
          file: shown,
          ...place,
          message: `${shown}:${place.line}:${place.column}: ${statement.unknown.message}.`,
          hint: 'Where it is syntax of a newer PostgreSQL than the parser knows, the server will judge.',
        })
      }
    }
  }
  return issues
}
