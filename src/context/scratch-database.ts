// A throw-away database built from SQL files, so that a file can be compared like any other database: on the target's server, or in PGlite where there is none.
import { randomBytes } from 'node:crypto'
import type { DatabaseClient } from '../client/database-client.js'
import { PgClient } from '../client/pg-client.js'
import { PgliteClient } from '../client/pglite-client.js'
import { LockstepError, UsageError } from '../errors.js'
import { caret } from '../execute/failure.js'
import { loadParser } from '../sql/parser.js'
import { classify, type Statement, splitScript } from '../sql/script.js'
import { id, sql } from '../sql/sql.js'
import { withRoles } from './scratch-roles.js'

export interface SqlFile {
  readonly name: string
  readonly text: string
}

export interface ScratchDatabase {
  readonly client: DatabaseClient
  readonly label: string
  /** Ends the client and drops the database. */
  dispose(): Promise<void>
}

interface FileStatement extends Statement {
  readonly file: string
}

/**
 * Builds the files' schema, in the order of the list. What pg_dump writes around a schema (`\restrict`, SET, set_config, COPY data, owners) is skipped.
 * @throws SOURCE_INVALID with file and line, for a statement that fails, another psql command, or a statement that reaches beyond the database
 */
export async function buildScratchDatabase({
  target,
  files,
}: {
  readonly target?: DatabaseClient | undefined
  readonly files: readonly SqlFile[]
}): Promise<ScratchDatabase> {
  const parser = await loadParser()
  const statements = files.flatMap((file) =>
    splitScript(file.text, parser).map((statement): FileStatement => ({ ...statement, file: file.name })),
  )
  const wanted = statements.filter(needed)
  const scratch = await open(target)
  try {
    await scratch.client.session(async (session) => {
      await session.script('set check_function_bodies = off; set client_min_messages = error')
      for (let at = 0; at < wanted.length; at += batchSize) await runBatch(session, wanted.slice(at, at + batchSize))
      await session.script('reset all')
    })
  } catch (error) {
    await scratch.dispose()
    throw error
  }
  return { ...scratch, label: files.map((file) => file.name).join(', ') }
}

/** Statements in one message: few round trips, and far from the limits of the lock table. */
const batchSize = 50

const hint = 'A .sql source is a schema as pg_dump writes it, or plain SQL statements.'
const wrong = (statement: FileStatement, message: string, cause?: unknown) =>
  new UsageError('SOURCE_INVALID', `${statement.file}:${statement.line}: ${message}`, {
    hint,
    cause,
    details: { file: statement.file, line: statement.line },
  })

/** Whose rights and what session settings are not the schema's business; the search path is. */
const skipped = new Set(['AlterOwnerStmt', 'GrantRoleStmt', 'CopyStmt', 'VariableShowStmt', 'ReassignOwnedStmt'])

/** What a grant may be on and no schema has. */
const elsewhere = new Set(['OBJECT_DATABASE', 'OBJECT_TABLESPACE', 'OBJECT_PARAMETER_ACL', 'OBJECT_LARGEOBJECT'])

function needed(statement: FileStatement): boolean {
  if (statement.psql) {
    if (/^\\(un)?restrict(\s|$)|^\\\.$/.test(statement.text)) return false
    throw wrong(statement, `the psql command '${statement.text.slice(0, 60)}' cannot be run here.`)
  }
  const { type, node } = statement
  const found = classify(statement)
  if (found === 'server')
    throw wrong(
      statement,
      `'${firstLine(statement.text)}' reaches beyond one database; a scratch database is never built with it.`,
    )
  if (found === 'transaction' || type === undefined) return found !== 'transaction'
  if (skipped.has(type)) return false
  if (type === 'GrantStmt') return !elsewhere.has(String(node?.objtype))
  if (type === 'VariableSetStmt') return node?.name === 'search_path'
  if (type === 'SelectStmt' && /^select\s+(pg_catalog\.)?(set_config|setval)\s*\(/i.test(statement.text)) return false
  if (type === 'AlterTableStmt') return !onlyOwners(node?.cmds)
  return true
}

const onlyOwners = (commands: unknown): boolean =>
  Array.isArray(commands) &&
  commands.length > 0 &&
  commands.every((item: { AlterTableCmd?: { subtype?: string } }) => item.AlterTableCmd?.subtype === 'AT_ChangeOwner')

const firstLine = (text: string): string => (text.split('\n', 1)[0] ?? '').slice(0, 80)

/** In one message; where that fails, one by one, so that the statement can be named and what cannot share a transaction runs alone. */
async function runBatch(session: DatabaseClient, batch: readonly FileStatement[]): Promise<void> {
  if (!batch.some((statement) => classify(statement) === 'outside')) {
    try {
      await session.script(batch.map((statement) => statement.text).join(';\n'))
      return
    } catch (error) {
      if (error instanceof LockstepError) throw error
    }
  }
  for (const statement of batch) {
    try {
      await withRoles(session, statement.text, `${statement.file}:${statement.line}`)
    } catch (error) {
      if (error instanceof LockstepError) throw error
      const { message, position, code, detail } = error as {
        message?: string
        position?: string
        code?: string
        detail?: string
      }
      const shown =
        statement.text.length > 2000
          ? firstLine(statement.text)
          : caret(statement.text, position === undefined ? undefined : Number(position))
      throw wrong(
        statement,
        `${message}${code ? ` (SQLSTATE ${code})` : ''}${detail ? `\n${detail}` : ''}\n${shown}`,
        error,
      )
    }
  }
}

async function open(target: DatabaseClient | undefined): Promise<Omit<ScratchDatabase, 'label'>> {
  if (!(target instanceof PgClient)) {
    const client = new PgliteClient()
    return { client, dispose: () => client.end() }
  }
  const name = `lockstep_scratch_${randomBytes(6).toString('hex')}`
  const maintenance = target.sibling(await maintenanceDatabase(target))
  try {
    // template0, so that nothing of the installation's own template is taken for the file's.
    await maintenance.query(sql`create database ${id(name)} template template0`.text)
  } catch (cause) {
    await maintenance.end()
    const { message, code } = cause as { message?: string; code?: string }
    throw new UsageError('SOURCE_INVALID', `No scratch database could be made on ${target.describe()}: ${message}`, {
      cause,
      hint:
        code === '42501'
          ? 'A .sql source is built on the target server: grant CREATEDB, or make a snapshot of it elsewhere (lockstep snapshot file.sql --out schema.json).'
          : hint,
    })
  }
  const client = target.sibling(name)
  return {
    client,
    async dispose() {
      await client.end()
      await maintenance
        .query(sql`drop database if exists ${id(name)} with (force)`.text)
        .finally(() => maintenance.end())
    },
  }
}

/** The target may not exist yet, or may be the only one that the role may enter. */
async function maintenanceDatabase(target: PgClient): Promise<string> {
  const postgres = target.sibling('postgres')
  try {
    await postgres.query('select 1')
    return 'postgres'
  } catch {
    const { rows } = await target.query<{ name: string }>('select current_database() as name')
    return rows[0]?.name ?? 'postgres'
  } finally {
    await postgres.end()
  }
}
