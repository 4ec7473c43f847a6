// PostgreSQL inside this process, by PGlite; its only importer, by import() when the first statement is sent.
import { mkdir } from 'node:fs/promises'
import { IntrospectionError, UsageError } from '../errors.js'
import type { DatabaseClient, DatabaseSession, QueryResult, ScriptResult, Server } from './database-client.js'
import { Session, type SessionOwner } from './session.js'
import { type LogOptions, type StatementLog, statementLog } from './statement-log.js'
import type { TransactionState, Wire } from './wire.js'

/** What is used of a PGlite that exists already; written out here because its package is optional, its types with it. */
export interface PgliteInstance {
  readonly waitReady: Promise<void>
  readonly closed: boolean
  query<Row>(
    text: string,
    parameters?: unknown[],
    options?: object,
  ): Promise<{ rows: Row[]; affectedRows?: number | undefined }>
  exec(text: string, options?: object): Promise<{ rows: object[]; affectedRows?: number | undefined }[]>
  execProtocol(message: Uint8Array, options?: object): Promise<{ messages: readonly unknown[] }>
  close(): Promise<void>
}

export interface PgliteOptions extends LogOptions {
  /** The folder that holds the data. Default: in memory, gone with the client. */
  readonly dataDir?: string | undefined
  /** PGlite's extensions by name, for example `{ vector }`. */
  readonly extensions?: Readonly<Record<string, unknown>>
  /** An instance that exists already; end() closes it. */
  readonly instance?: PgliteInstance
}

/**
 * A client for an embedded PostgreSQL: one session, no other backends. Needs the package `@electric-sql/pglite`.
 * @example new PgliteClient({ dataDir: './data' })
 * @throws DRIVER_MISSING, CONNECTION_FAILED, CLIENT_ENDED
 */
export class PgliteClient implements DatabaseClient, SessionOwner {
  readonly #options: PgliteOptions
  readonly #log: StatementLog
  #opening: Promise<PgliteWire> | undefined
  #server: Server | undefined
  #turn: Promise<unknown> = Promise.resolve()
  #ended: Promise<void> | undefined

  constructor(options: PgliteOptions = {}) {
    this.#options = options
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

  /** There is one session: others wait for their turn. */
  session<T>(work: (session: DatabaseSession) => Promise<T>): Promise<T> {
    const mine = this.#turn.then(async () => {
      if (this.#ended)
        throw new UsageError('CLIENT_ENDED', `The client of ${this.describe()} was used after end().`, {
          hint: 'Make a new client, or end this one later.',
        })
      this.#opening ??= open(this.#options, this.#log)
      this.#opening.catch(() => {
        this.#opening = undefined
      })
      const wire = await this.#opening
      const session = new Session(wire, this)
      try {
        return await work(session)
      } finally {
        session.close()
        if (wire.state !== 'idle') await wire.script('rollback').catch(() => undefined)
      }
    })
    this.#turn = mine.catch(() => undefined)
    return mine
  }

  async server(): Promise<Server> {
    return this.#server ?? this.session((session) => session.server())
  }

  async serverOn(wire: Wire): Promise<Server> {
    if (!this.#server) {
      const [version, user] = await wire.script('show server_version_num; select current_user')
      this.#server = {
        version: Number(version?.rows[0]?.[0]),
        product: 'pglite',
        user: user?.rows[0]?.[0] ?? undefined,
      }
    }
    return this.#server
  }

  describe(): string {
    return `pglite:${this.#options.dataDir ?? 'memory'}`
  }

  end(): Promise<void> {
    this.#ended ??= this.#turn.then(async () => {
      const wire = await this.#opening?.catch(() => undefined)
      await wire?.close()
    })
    return this.#ended
  }
}

async function open(options: PgliteOptions, log: StatementLog): Promise<PgliteWire> {
  const driver = await import('@electric-sql/pglite').catch((cause: unknown) => {
    throw new UsageError('DRIVER_MISSING', 'PGlite is not installed.', {
      cause,
      hint: 'Run: npm install @electric-sql/pglite',
    })
  })
  try {
    if (options.dataDir && !options.dataDir.includes('://')) await mkdir(options.dataDir, { recursive: true })
    const instance: PgliteInstance =
      options.instance ??
      (await driver.PGlite.create({ dataDir: options.dataDir, extensions: options.extensions as never }))
    await instance.waitReady
    const found = await instance.query<{ pid: number }>('select pg_backend_pid() as pid')
    return new PgliteWire(instance, driver.protocol, found.rows[0]?.pid ?? 0, log)
  } catch (cause) {
    throw new IntrospectionError(
      'CONNECTION_FAILED',
      `Cannot open pglite:${options.dataDir ?? 'memory'}: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        cause,
        hint: 'The folder must be writable, made by the same major version of PGlite, and not in use by another process.',
      },
    )
  }
}

type Protocol = typeof import('@electric-sql/pglite')['protocol']
type Message = {
  readonly name: string
  readonly text?: string
  readonly status?: string
  readonly fields?: readonly unknown[]
}

const states: Readonly<Record<string, TransactionState>> = { I: 'idle', T: 'open', E: 'failed' }
/** As node-postgres does: int8 stays text. */
const parsers = { 20: (value: string) => value }

class PgliteWire implements Wire {
  state: TransactionState = 'idle'
  readonly lost: unknown = undefined
  readonly version = undefined

  constructor(
    private readonly instance: PgliteInstance,
    private readonly protocol: Protocol,
    readonly pid: number,
    private readonly log: StatementLog,
  ) {}

  query<Row>(text: string, parameters?: readonly unknown[]): Promise<QueryResult<Row>> {
    return this.log(text, async () => {
      if (!parameters || parameters.length === 0) {
        const results = await this.instance.exec(text, { parsers }).finally(() => this.#send(''))
        const last = results.at(-1)
        return {
          rows: (last?.rows ?? []) as Row[],
          rowCount: last?.rows.length || last?.affectedRows || 0,
          command: commandOf(text),
        }
      }
      const result = await this.instance.query<Row>(text, [...parameters], { parsers }).finally(() => this.#send(''))
      return { rows: result.rows, rowCount: result.rows.length || result.affectedRows || 0, command: commandOf(text) }
    })
  }

  script(text: string): Promise<readonly ScriptResult[]> {
    return this.log(text, () => this.#send(text))
  }

  async close(): Promise<void> {
    if (!this.instance.closed) await this.instance.close()
  }

  /** One simple-protocol message; values stay text, and the last message tells the transaction's state. */
  async #send(text: string): Promise<readonly ScriptResult[]> {
    const { messages } = await this.instance.execProtocol(this.protocol.serialize.query(text), { throwOnError: false })
    const results: ScriptResult[] = []
    let fields: readonly string[] = []
    let rows: (string | null)[][] = []
    let failure: unknown
    for (const message of messages as readonly Message[]) {
      if (message.name === 'readyForQuery') this.state = states[message.status ?? 'I'] ?? 'idle'
      else if (message.name === 'error') failure = message
      else if (message.name === 'rowDescription')
        fields = (message.fields as readonly { name: string }[]).map((field) => field.name)
      else if (message.name === 'dataRow') rows.push(message.fields as (string | null)[])
      else if (message.name === 'commandComplete') {
        const [command = '', ...numbers] = (message.text ?? '').split(' ')
        results.push({ command, fields, rows, rowCount: Number(numbers.at(-1) ?? 0) || 0 })
        fields = []
        rows = []
      }
    }
    if (failure) throw failure
    return results
  }
}

const commandOf = (text: string): string => (/[a-z]+/i.exec(text)?.[0] ?? '').toUpperCase()
