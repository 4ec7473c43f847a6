// The statements of an .sql migration: in few messages where the session can tell which one failed, else one by one.
import type { DatabaseErrorFields } from '../client/database-client.js'
import type { BuilderWork } from './builder/work.js'
import { statementFailure } from './failure.js'
import type { LoadedMigration } from './load.js'
import type { SqlStatement } from './sql-file.js'

/** Of one message. */
const mostCharacters = 1_000_000
const mostStatements = 500

/**
 * @param opening statements that go before them, in the same message; the last yields the transaction's id
 * @returns that id
 * @throws RUN_FAILED with file, line and column
 */
export async function sendSql(
  migration: LoadedMigration,
  statements: readonly SqlStatement[],
  direction: 'up' | 'down',
  work: BuilderWork,
  opening: readonly string[] = [],
): Promise<string | undefined> {
  const { session, signal, dryRun, transaction } = work.options
  const shown =
    direction === 'down' && migration.file.downPath
      ? migration.file.shown.replace(/\.up\.sql$/, '.down.sql')
      : migration.file.shown
  work.ownSql(statements.map(({ text }) => ({ sql: text })))
  if (dryRun) return undefined
  let id: string | undefined
  const together = transaction && session.tellsStatement === true
  const messages = together ? grouped(statements) : statements.map((one) => [one])
  for (const [index, message] of (messages.length === 0 && opening.length > 0 ? [[]] : messages).entries()) {
    signal.throwIfAborted()
    const head = index === 0 ? opening : []
    const texts = [...head, ...message.map(({ text }) => text)]
    try {
      const results = await session.script(texts.join(separator))
      if (head.length > 0) id = results[head.length - 1]?.rows[0]?.[0] ?? undefined
      work.done += message.length
    } catch (cause) {
      if (signal.aborted) throw cause
      const at = failedAt(cause, texts) - head.length
      const statement = message[at]
      throw statement ? statementFailure(shown, statement, cause, lengthOf(texts.slice(0, at + head.length))) : cause
    }
  }
  return id
}

/** A comment may end a statement's text. */
const separator = '\n;\n'

/** What stands before a statement in its message, in characters as PostgreSQL counts them. */
const lengthOf = (texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + [...text].length + separator.length, 0)

/** One that the server could not even parse fails before the first is run; its place says which it is. */
function failedAt(cause: unknown, texts: readonly string[]): number {
  const { statement = 0, position } = cause as Partial<DatabaseErrorFields>
  if (statement > 0 || position === undefined || texts.length === 1) return statement
  let end = 0
  return texts.findIndex((text) => {
    end += [...text].length + separator.length
    return Number(position) <= end
  })
}

/** What our parser does not know goes alone: a message that PostgreSQL cannot parse is not run at all. */
function grouped(statements: readonly SqlStatement[]): readonly (readonly SqlStatement[])[] {
  const groups: SqlStatement[][] = [[]]
  let characters = 0
  for (const statement of statements) {
    const last = groups.at(-1) as SqlStatement[]
    const alone = statement.unknown !== undefined || last.some((one) => one.unknown !== undefined)
    if (alone || last.length >= mostStatements || characters + statement.text.length > mostCharacters) {
      groups.push([statement])
      characters = statement.text.length
    } else {
      last.push(statement)
      characters += statement.text.length
    }
  }
  return groups
}
