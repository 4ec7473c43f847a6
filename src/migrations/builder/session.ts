// SQL of a migration's own: parsed before it is sent, so that nothing ends the transaction; in a dry run only reads are sent.
import type { DatabaseClient, QueryResult, ScriptResult } from '../../client/database-client.js'
import { MigrationError } from '../../errors.js'
import { executionError } from '../../execute/failure.js'
import { pieces } from '../../sql/lexical.js'
import type { Parser } from '../../sql/parser.js'
import { classify, type Statement, splitScript } from '../../sql/script.js'
import type { Calls } from './call.js'
import type { BuilderWork } from './work.js'

const remembered = 200

export class MigrationSession {
  /** Texts that were looked at already: a loop sends one text many times. */
  readonly #known = new Map<string, readonly Statement[]>()

  constructor(
    private readonly client: DatabaseClient,
    private readonly work: BuilderWork,
    private readonly calls: Calls,
    private readonly parser: Parser,
  ) {}

  query<Row>(text: string, parameters?: readonly unknown[]): Promise<QueryResult<Row>> {
    return this.#tracked('schema.query()', async () => {
      const statements = this.#inspected(text)
      if (this.work.options.dryRun && !this.#onlyReads(statements)) return { rows: [], rowCount: 0, command: '' }
      return this.#sent(text, () => this.client.query<Row>(text, parameters))
    })
  }

  script(text: string): Promise<readonly ScriptResult[]> {
    return this.#tracked('schema.script()', async () => {
      const statements = this.#inspected(text)
      if (this.work.options.dryRun && !this.#onlyReads(statements)) return []
      if (this.work.options.transaction) return this.#sent(text, () => this.client.script(text))
      // Several statements in one message are one transaction, which is what this migration does without.
      const results: ScriptResult[] = []
      for (const statement of statements)
        results.push(...(await this.#sent(statement.text, () => this.client.script(statement.text))))
      return results
    })
  }

  /** A question to the catalog; it says nothing about what the migration does. */
  asks(text: string, parameters: readonly unknown[]): Promise<boolean> {
    return this.#tracked(
      'schema.has…()',
      async () => (await this.client.query<{ found: boolean }>(text, parameters)).rows[0]?.found === true,
    )
  }

  #tracked<T>(name: string, work: () => Promise<T>): Promise<T> {
    const promise = this.calls.run({ name, site: new Error('called') }, work)
    // One that nobody awaits is reported at the end, not by the end of the process.
    promise.catch(() => undefined)
    return promise
  }

  #onlyReads(statements: readonly Statement[]): boolean {
    return statements.length > 0 && statements.every(reads)
  }

  #inspected(text: string): readonly Statement[] {
    let statements = this.#known.get(text)
    if (!statements) {
      statements = plain(text) ?? splitScript(text, this.parser)
      for (const statement of statements) this.#refuse(statement)
      if (this.#known.size < remembered) this.#known.set(text, statements)
    }
    if (!statements.every(reads)) this.work.ownSql([{ sql: text }])
    return statements
  }

  #refuse(statement: Statement): void {
    const shown = statement.text.replace(/\s+/g, ' ').slice(0, 60)
    const found = classify(statement)
    if (found === 'transaction') {
      throw new MigrationError(
        'MIGRATION_TRANSACTION',
        `The migration sent '${shown}', which begins or ends a transaction. It was not sent.`,
        {
          hint: 'Remove it: a migration runs in one transaction with its row in the journal. A savepoint is allowed; for none at all export config = { transaction: false }.',
        },
      )
    }
    if (found === 'outside' && this.work.options.transaction) {
      throw new MigrationError(
        'MIGRATION_TRANSACTION',
        `The migration sent '${shown}', which cannot run inside a transaction. It was not sent.`,
        {
          hint: 'Put it into a migration of its own that exports config = { transaction: false }.',
        },
      )
    }
  }

  async #sent<T>(text: string, work: () => Promise<T>): Promise<T> {
    const { signal } = this.work.options
    signal.throwIfAborted()
    try {
      const result = await work()
      if (this.work.sentSql) this.work.done++
      return result
    } catch (cause) {
      if (signal.aborted) throw cause
      throw executionError(cause, { sql: text, what: 'A statement of the migration', ownSql: true })
    }
  }
}

const writes =
  /^\s*(insert|update|delete|create\s+(unlogged\s+)?table|create\s+(unique\s+)?index|alter\s+table|drop\s+table|comment\s+on)\b/i

/** A single statement that plainly writes, and inside a transaction: the parser would say no more about it. */
function plain(text: string): readonly Statement[] | undefined {
  if (!writes.test(text) || /\bconcurrently\b/i.test(text)) return undefined
  const found = pieces(text)
  return found.length === 1 ? found : undefined
}

/** A SELECT that locks nothing and makes nothing. */
function reads({ type, node }: Statement): boolean {
  if (type === 'VariableShowStmt' || type === 'ExplainStmt') return true
  return (
    type === 'SelectStmt' &&
    !node?.lockingClause &&
    !node?.intoClause &&
    !JSON.stringify(node).includes('"InsertStmt"') &&
    !/"(Update|Delete|Merge)Stmt"/.test(JSON.stringify(node))
  )
}
