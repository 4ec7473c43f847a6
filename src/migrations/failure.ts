// What became of a migration that failed, in words: which one, where in its file, what of it stays.
import { pathToFileURL } from 'node:url'
import type { DatabaseErrorFields } from '../client/database-client.js'
import { ExecutionError, LockstepError, MigrationError } from '../errors.js'
import { executionError, sqlstateOf } from '../execute/failure.js'
import { nearest } from '../model/suggest.js'
import { AlterTable } from './builder/alter-table.js'
import { siteOf } from './builder/call.js'
import { ColumnBuilder } from './builder/column-builder.js'
import { SchemaBuilder } from './builder/schema-builder.js'
import { TableBuilder } from './builder/table-builder.js'
import type { MigrationFile } from './files.js'
import type { LoadedMigration } from './load.js'
import { placeWithin, type SqlStatement } from './sql-file.js'

const fate = 'Everything was rolled back: the database is as it was.'

/** Failures that keep their own code; every other one is MIGRATION_FAILED. */
const ownCodes = new Set([
  'MIGRATION_TIMEOUT',
  'ABORTED',
  'MIGRATION_NOT_AWAITED',
  'MIGRATION_TRANSACTION',
  'CONNECTION_LOST',
  'COMMIT_IN_DOUBT',
  'COMMIT_LOST',
  'MIGRATION_SQL',
])

export function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message === '' ? error.name : error.message
  return typeof error === 'string' ? error : (JSON.stringify(error) ?? String(error))
}

/** The error that a run ends in. `left`: what of the migration stays, where it ran without a transaction. */
export function migrationFailure(
  migration: Pick<LoadedMigration, 'file'>,
  direction: 'up' | 'down',
  cause: unknown,
  left: 'nothing' | 'part',
): LockstepError {
  const stays =
    left === 'nothing'
      ? 'Nothing of it stays.'
      : 'It runs without a transaction: what it had done before stays. See `lockstep migration:repair`.'
  const own = cause instanceof LockstepError && ownCodes.has(cause.code)
  const code = own ? cause.code : 'MIGRATION_FAILED'
  const place = placeIn(migration.file, cause)
  const hint =
    cause instanceof ExecutionError && direction === 'up' && existing.has(cause.failed.sqlstate ?? '')
      ? existsAlready(migration.file.version)
      : cause instanceof LockstepError
        ? cause.hint
        : misspelt(cause)
  const text = (cause instanceof LockstepError ? cause.message : unknownText(cause))
    .replace(`\n\n${fate}`, '')
    .replace(fate, '')
    .trimEnd()
  const message = `Migration ${migration.file.stem} failed${direction === 'down' ? ' on its way down' : ''}: ${place ? `${placeText(migration.file, place)}: ` : ''}${text}\n${stays}`
  const failed = cause instanceof ExecutionError ? cause.failed : undefined
  return new MigrationError(code, message, {
    cause,
    ...(hint ? { hint } : {}),
    details: {
      migration: migration.file.stem,
      version: migration.file.version,
      direction,
      ...(failed ? { failed } : {}),
      ...(place ? { file: migration.file.shown, ...place } : {}),
      ...(cause instanceof LockstepError ? cause.details : {}),
    },
  })
}

/** A call of a method that the builder does not have, and almost has. */
function misspelt(cause: unknown): string | undefined {
  const [, called] = (cause instanceof TypeError && /\b(\w+) is not a function$/.exec(cause.message)) || []
  const near = called === undefined ? undefined : nearest(called, methods())
  return near === undefined ? undefined : `Did you mean ${near}()?`
}

function methods(): readonly string[] {
  const names: string[] = []
  for (const start of [SchemaBuilder, TableBuilder, AlterTable, ColumnBuilder])
    for (let one: object = start.prototype; one !== Object.prototype; one = Object.getPrototypeOf(one) as object)
      names.push(...Object.getOwnPropertyNames(one))
  return names.filter((name) => name !== 'constructor')
}

/** A relation, column, object, schema, function or database that is there. */
const existing = new Set(['42P07', '42701', '42710', '42P06', '42723'])

const existsAlready = (version: string): string =>
  `The database has it already, made by hand or by \`lockstep migrate\`. Where all of it is as the file would make it: \`lockstep migration:repair ${version} --applied\`. Else drop what is in the way, or build the database anew.`

interface Place {
  readonly line: number
  readonly column: number
}

/** Where in the migration's code it came from: the error's own stack, else that of the call that failed. An .sql file's place is in its message. */
function placeIn(file: MigrationFile, cause: unknown): Place | undefined {
  if (file.form === 'sql' || file.path === '') return undefined
  const names = [file.path, pathToFileURL(file.path).href]
  for (const stack of [cause instanceof Error ? cause.stack : undefined, siteOf(cause)]) {
    const frame = stack?.split('\n').find((line) => /^\s+at /.test(line) && names.some((name) => line.includes(name)))
    const [, line, column] = /:(\d+):(\d+)\)?$/.exec(frame ?? '') ?? []
    if (line !== undefined) return { line: Number(line), column: Number(column) }
  }
  return undefined
}

const placeText = ({ shown }: MigrationFile, { line, column }: Place): string => `${shown}:${line}:${column}`

/** Whatever was thrown, a database error through another client included. */
function unknownText(cause: unknown): string {
  if (sqlstateOf(cause) !== undefined) return executionError(cause, { what: 'A statement', ownSql: true }).message
  return cause instanceof Error
    ? `it threw ${cause.name}: ${messageOf(cause)}`
    : `it threw ${typeof cause === 'string' ? `'${cause}'` : messageOf(cause)}`
}

/** A statement of an .sql file that failed: file, line and column first. `offset`: what was sent before it in its message. */
export function statementFailure(
  shown: string,
  statement: SqlStatement,
  cause: unknown,
  offset: number,
): LockstepError {
  if (cause instanceof LockstepError && !(cause instanceof ExecutionError)) return cause
  const position = Number((cause as Partial<DatabaseErrorFields>).position) - offset
  const place = Number.isFinite(position) && position > 0 ? placeWithin(statement, position - 1) : statement
  const at = `${shown}:${place.line}:${place.column}`
  const error = executionError(cause, { sql: statement.text, what: at, offset, ownSql: true })
  const failed = error instanceof ExecutionError ? error.failed : {}
  return new ExecutionError('RUN_FAILED', error.message.replace(`${at} failed: `, `${at}: `), failed, {
    cause,
    ...(error.hint ? { hint: error.hint } : {}),
    details: { file: shown, line: place.line, column: place.column },
  })
}
