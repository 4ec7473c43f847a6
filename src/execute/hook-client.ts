// The client that a hook gets: its texts are parsed before they are sent, so that it cannot end the transaction and what it makes is known as its own.
import type { DatabaseClient, DatabaseSession, QueryResult, ScriptResult } from '../client/database-client.js'
import { ExecutionError, UsageError } from '../errors.js'

/** What a CREATE in a hook names, as written. */
export interface HookName {
  readonly objectType: string
  readonly schemaName?: string
  readonly table?: string
  readonly name: string
}

/** What the hook's client needs to know about a text; `sql/script.ts` provides it. */
export interface TextInspector {
  /** The first statement that would begin or end a transaction, or cannot run inside one. */
  forbidden(text: string): string | undefined
  created(text: string): readonly HookName[]
}

export class HookClient implements DatabaseSession {
  readonly names: HookName[] = []
  readonly pid: number
  #over = false

  constructor(
    readonly inner: DatabaseSession,
    readonly inspector: TextInspector,
  ) {
    this.pid = inner.pid
  }

  /** After the hook has returned, a statement that it forgot to await must not run in whatever comes next. */
  close(): void {
    this.#over = true
  }

  async query<Row = Record<string, unknown>>(text: string, parameters?: readonly unknown[]): Promise<QueryResult<Row>> {
    this.#inspect(text)
    return this.inner.query<Row>(text, parameters)
  }

  async script(text: string): Promise<readonly ScriptResult[]> {
    this.#inspect(text)
    return this.inner.script(text)
  }

  async transaction<T>(work: (client: DatabaseClient) => Promise<T>): Promise<T> {
    return this.inner.transaction(() => work(this))
  }

  async session<T>(work: (session: DatabaseSession) => Promise<T>): Promise<T> {
    return work(this)
  }

  server() {
    return this.inner.server()
  }
  describe(): string {
    return this.inner.describe()
  }
  async end(): Promise<void> {
    throw new UsageError('TRANSACTION_CONTROL_REFUSED', 'A hook must not end the client that it was given.', {
      hint: 'Remove client.end() from onMigrationComplete: the migration still needs the connection.',
    })
  }

  #inspect(text: string): void {
    if (this.#over) {
      throw new UsageError('HOOK_NOT_AWAITED', 'onMigrationComplete used its client after it had returned.', {
        hint: 'Await every call on the client inside the hook.',
      })
    }
    const statement = this.inspector.forbidden(text)
    if (statement !== undefined) {
      throw new ExecutionError(
        'TRANSACTION_CONTROL_REFUSED',
        `onMigrationComplete sent '${statement}', which has no place inside the migration's transaction. It was not sent.`,
        { sql: text },
        {
          hint: 'Remove it: the hook runs inside one transaction with the migration, which commits when all of it is verified. Use SAVEPOINT, or client.transaction(), for a part that may fail.',
        },
      )
    }
    this.names.push(...this.inspector.created(text))
  }
}
