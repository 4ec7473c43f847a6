// A session over one connection: transactions, savepoints, and the guard against use after its callback has returned.
import { ExecutionError, UsageError } from '../errors.js'
import type { DatabaseClient, DatabaseSession, QueryResult, ScriptResult, Server } from './database-client.js'
import type { Wire } from './wire.js'

/** The client that a session belongs to. */
export interface SessionOwner {
  describe(): string
  serverOn(wire: Wire): Promise<Server>
}

let savepoints = 0

/** One connection, or one transaction on it: queries, nested transactions, closed when its callback returns. */
export class Session implements DatabaseSession {
  #closed = false
  #failure: unknown

  constructor(
    private readonly wire: Wire,
    private readonly owner: SessionOwner,
    private readonly what: 'session' | 'transaction' = 'session',
  ) {}

  get pid(): number {
    return this.wire.pid
  }

  get tellsStatement(): boolean {
    return this.wire.tellsStatement === true
  }

  query<Row = Record<string, unknown>>(text: string, parameters?: readonly unknown[]): Promise<QueryResult<Row>> {
    return this.#noting(() => this.wire.query<Row>(text, parameters))
  }

  script(text: string): Promise<readonly ScriptResult[]> {
    return this.#noting(() => this.wire.script(text))
  }

  async transaction<T>(work: (client: DatabaseClient) => Promise<T>): Promise<T> {
    this.#refuseClosed()
    const savepoint = this.wire.state === 'idle' ? undefined : `lockstep_${++savepoints}`
    await this.wire.script(savepoint ? `savepoint ${savepoint}` : 'begin')
    const scope = new Session(this.wire, this.owner, 'transaction')
    try {
      const result = await work(scope)
      scope.close()
      await scope.#keep(savepoint)
      return result
    } catch (error) {
      scope.close()
      await this.#undo(savepoint)
      throw error
    }
  }

  async session<T>(work: (session: DatabaseSession) => Promise<T>): Promise<T> {
    this.#refuseClosed()
    return work(this)
  }

  async server(): Promise<Server> {
    this.#refuseClosed()
    return this.owner.serverOn(this.wire)
  }

  describe(): string {
    return this.owner.describe()
  }

  /** Nothing: a session ends when its callback returns. */
  async end(): Promise<void> {}

  close(): void {
    this.#closed = true
  }

  async #keep(savepoint: string | undefined): Promise<void> {
    if (this.wire.state === 'failed') {
      throw new ExecutionError(
        'RUN_FAILED',
        'A statement of the transaction had failed and its error was caught: PostgreSQL can only roll back.',
        {},
        {
          cause: this.#failure,
          hint: 'Let the error through, or run the part that may fail in a nested client.transaction().',
        },
      )
    }
    await this.wire.script(savepoint ? `release savepoint ${savepoint}` : 'commit')
  }

  /** Never hides the error that led here: a connection on which it fails is not used again. */
  async #undo(savepoint: string | undefined): Promise<void> {
    if (this.wire.lost !== undefined || this.wire.state === 'idle') return
    const text = savepoint ? `rollback to savepoint ${savepoint}; release savepoint ${savepoint}` : 'rollback'
    await this.wire.script(text).catch(() => undefined)
  }

  async #noting<T>(work: () => Promise<T>): Promise<T> {
    this.#refuseClosed()
    try {
      return await work()
    } catch (error) {
      this.#failure = error
      throw error
    }
  }

  #refuseClosed(): void {
    if (!this.#closed) return
    throw new UsageError('CLIENT_ENDED', `The ${this.what} was used after its callback had returned.`, {
      hint: `Await every call inside the callback, and use only the client that the callback is given.`,
    })
  }
}
