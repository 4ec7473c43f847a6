// PostgreSQL over the network, by node-postgres; the only importer of pg.
import pg, {
  type CustomTypesConfig,
  type QueryResult as PgResult,
  type Pool,
  type PoolClient,
  type PoolConfig,
  type QueryArrayResult,
} from 'pg'
import { UsageError } from '../errors.js'
import { connectionFailed, connectionLost, meansLost } from './connection-errors.js'
import type { DatabaseClient, DatabaseSession, QueryResult, ScriptResult, Server } from './database-client.js'
import { redact } from './redact.js'
import { Session, type SessionOwner } from './session.js'
import { type LogOptions, type StatementLog, statementLog } from './statement-log.js'
import type { TransactionState, Wire } from './wire.js'

/** Fields of node-postgres: host, port, database, user, password, ssl, max, connectionTimeoutMillis, … */
export type PgFields = PoolConfig

/**
 * A client for a server. `end()` ends its connections, those of a pool that it was given included.
 * @example
 * new PgClient('postgres://app@localhost/app')
 * new PgClient({ host: 'db', database: 'app', ssl: { ca } }, { logQueries: true })
 * new PgClient(existingPool)
 * @throws CONNECTION_FAILED where no connection can be made, CONNECTION_LOST where it breaks, CLIENT_ENDED after end();
 * PostgreSQL's own errors come through as they are, with `code`, `detail`, `hint`, `position`.
 */
export class PgClient implements DatabaseClient, SessionOwner {
  readonly #pool: Pool
  readonly #log: StatementLog
  #server: Server | undefined
  #ended: Promise<void> | undefined

  /** Without a connection, PostgreSQL's environment variables (PGHOST, …) decide, as with psql. */
  constructor(connection?: string | PgFields | Pool, options: LogOptions = {}) {
    this.#pool = isPool(connection)
      ? connection
      : new pg.Pool({ application_name: 'lockstep', max: 4, ...fieldsOf(connection), Client: NotingClient } as PgFields)
    // An idle connection that breaks must not end the process; the next use makes a new one.
    this.#pool.on('error', () => undefined)
    this.#log = statementLog(options)
  }

  query<Row = Record<string, unknown>>(text: string, parameters?: readonly unknown[]): Promise<QueryResult<Row>> {
    return this.session((session) => session.query<Row>(text, parameters))
  }

  script(text: string): Promise<readonly ScriptResult[]> {
    return this.session((session) => session.script(text))
  }

  transaction<T>(work: (client: DatabaseClient) => Promise<T>): Promise<T> {
    return this.session((session) => session.transaction(work))
  }

  async session<T>(work: (session: DatabaseSession) => Promise<T>): Promise<T> {
    const wire = await this.#connect()
    const session = new Session(wire, this)
    try {
      return await work(session)
    } finally {
      session.close()
      await wire.release()
    }
  }

  async server(): Promise<Server> {
    return this.#server ?? this.session((session) => session.server())
  }

  async serverOn(wire: Wire): Promise<Server> {
    this.#server ??= {
      version: wire.version ?? Number((await wire.script('show server_version_num'))[0]?.rows[0]?.[0]),
      product: 'postgres',
      user: wire.user ?? (await wire.script('select current_user'))[0]?.rows[0]?.[0] ?? undefined,
    }
    return this.#server
  }

  describe(): string {
    const { user, host, port, database } = this.#target()
    return redact(
      `postgres://${user ? `${encodeURIComponent(user)}@` : ''}${host}:${port}/${encodeURIComponent(database)}`,
    )
  }

  /** A client for another database of the same server, with the same credentials; it is ended on its own. */
  sibling(database: string): PgClient {
    const { connectionString, ...options } = this.#pool.options as PgFields
    // A pool hides it, so that it is not printed with the rest.
    const { password } = this.#pool.options as PgFields
    const { user, host, port } = this.#target()
    return new PgClient({
      ...options,
      ...(connectionString === undefined ? {} : { connectionString: withDatabase(connectionString, database) }),
      user,
      ...(password === undefined ? {} : { password }),
      host,
      port,
      database,
    })
  }

  end(): Promise<void> {
    this.#ended ??= this.#pool.ended ? Promise.resolve() : this.#pool.end()
    return this.#ended
  }

  async #connect(): Promise<PgWire> {
    if (this.#ended || this.#pool.ended) {
      throw new UsageError('CLIENT_ENDED', `The client of ${this.describe()} was used after end().`, {
        hint: 'Make a new client, or end this one later (dispose() ends the client of a context).',
      })
    }
    try {
      return new PgWire(await this.#pool.connect(), this.describe(), this.#log)
    } catch (error) {
      throw connectionFailed(error, this.describe())
    }
  }

  /** What node-postgres makes of URL, fields and environment. */
  #target(): {
    readonly user: string | undefined
    readonly host: string
    readonly port: number
    readonly database: string
  } {
    const { user, host, port, database } = new pg.Client(this.#pool.options as PgFields)
    return { user, host, port, database: database ?? user ?? '' }
  }
}

const isPool = (value: unknown): value is Pool => typeof (value as Pool | undefined)?.connect === 'function'

function fieldsOf(connection: string | PgFields | undefined): PgFields {
  if (typeof connection !== 'string') return connection ?? {}
  if (!/^postgres(ql)?:\/\//.test(connection)) {
    throw new UsageError('USAGE', `'${redact(connection)}' is not a PostgreSQL URL.`, {
      hint: 'Write postgres://user:password@host:5432/database.',
    })
  }
  try {
    // node-postgres warns that `require` will verify less one day; today it verifies, which is what is meant.
    return { connectionString: connection.replace(/([?&]sslmode=)(require|prefer|verify-ca)(?=&|$)/, '$1verify-full') }
  } catch (cause) {
    throw new UsageError('USAGE', `The PostgreSQL URL cannot be read: ${redact(String(cause))}`, {
      hint: 'Percent-encode special characters of user and password.',
    })
  }
}

const withDatabase = (url: string, database: string): string => {
  const changed = new URL(url)
  changed.pathname = `/${encodeURIComponent(database)}`
  return changed.href
}

interface Emitter {
  on(event: 'parameterStatus', listener: (message: { parameterName: string; parameterValue: string }) => void): void
  on(event: 'readyForQuery', listener: (message: { status: string }) => void): void
  on(event: 'commandComplete', listener: () => void): void
}

interface Noted {
  readonly processID?: number
  readonly connection: Emitter
  lockstepVersion?: number
  lockstepUser?: string
}

/** Learns the server's version and who it is from what it reports while connecting: no round trip. */
class NotingClient extends pg.Client {
  lockstepVersion?: number
  lockstepUser?: string
  constructor(config?: string | pg.ClientConfig) {
    super(config)
    ;(this as unknown as Noted).connection.on('parameterStatus', ({ parameterName, parameterValue }) => {
      const [, major, minor] = /^(\d+)(?:\.(\d+))?/.exec(parameterName === 'server_version' ? parameterValue : '') ?? []
      if (major !== undefined) this.lockstepVersion = Number(major) * 10_000 + Number(minor ?? 0)
      if (parameterName === 'session_authorization') this.lockstepUser = parameterValue
    })
  }
}

const states: Readonly<Record<string, TransactionState>> = { I: 'idle', T: 'open', E: 'failed' }
const asText = { getTypeParser: () => (value: string) => value }

interface Status {
  state: TransactionState
  /** Statements that the server has said to be done, since the message was sent. */
  completed: number
}
const statusOf = new WeakMap<object, Status>()

class PgWire implements Wire {
  readonly tellsStatement = true
  readonly #status: Status
  readonly #onError = (error: Error) => {
    this.lost ??= connectionLost(error, this.where)
  }
  lost: unknown
  #turn: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly client: PoolClient,
    private readonly where: string,
    private readonly log: StatementLog,
  ) {
    const known = statusOf.get(client)
    this.#status = known ?? { state: 'idle', completed: 0 }
    if (!known) {
      // Between two uses an error is the pool's business; without a listener it would end the process.
      client.on('error', () => undefined)
      statusOf.set(client, this.#status)
      const status = this.#status
      this.#noted.connection.on('readyForQuery', ({ status: letter }) => {
        status.state = states[letter] ?? 'idle'
      })
      this.#noted.connection.on('commandComplete', () => {
        status.completed++
      })
    }
    client.on('error', this.#onError)
  }

  get #noted(): Noted {
    return this.client as unknown as Noted
  }
  get pid(): number {
    return this.#noted.processID ?? 0
  }
  get version(): number | undefined {
    return this.#noted.lockstepVersion
  }
  get user(): string | undefined {
    return this.#noted.lockstepUser
  }
  get state(): TransactionState {
    return this.#status.state
  }

  async query<Row>(text: string, parameters?: readonly unknown[]): Promise<QueryResult<Row>> {
    const results: unknown = await this.#send(text, () => this.client.query(text, parameters as unknown[] | undefined))
    const last = (Array.isArray(results) ? results.at(-1) : results) as PgResult
    return { rows: last.rows as Row[], rowCount: last.rowCount ?? 0, command: last.command ?? '' }
  }

  async script(text: string): Promise<readonly ScriptResult[]> {
    const results: unknown = await this.#send(text, () => {
      this.#status.completed = 0
      return this.client.query({ text, rowMode: 'array', types: asText as unknown as CustomTypesConfig })
    }).catch((error: unknown) => {
      if (error instanceof Error)
        Object.defineProperty(error, 'statement', { value: this.#status.completed, configurable: true })
      throw error
    })
    return (Array.isArray(results) ? results : [results]).map((result: QueryArrayResult) => ({
      command: result.command ?? '',
      fields: result.fields.map((field) => field.name),
      rows: result.rows as (string | null)[][],
      rowCount: result.rowCount ?? 0,
    }))
  }

  /** Never leaves a transaction open for whoever gets the connection next; one that broke is thrown away. */
  async release(): Promise<void> {
    await this.#turn
    if (this.lost === undefined && this.state !== 'idle') await this.script('rollback').catch(() => undefined)
    this.client.off('error', this.#onError)
    this.client.release(this.lost !== undefined || this.state !== 'idle')
  }

  /** One after the other: the driver does not want to be asked while it waits for an answer. */
  async #send<T>(text: string, work: () => Promise<T>): Promise<T> {
    const before = this.#turn
    const answer = before.then(() => {
      if (this.lost) throw this.lost
      return this.log(text, work)
    })
    this.#turn = answer.catch(() => undefined)
    try {
      return await answer
    } catch (error) {
      if (error === this.lost || !meansLost(error)) throw error
      this.lost = connectionLost(error, this.where)
      throw this.lost
    }
  }
}
