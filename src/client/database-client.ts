// The port through which everything talks to PostgreSQL. Drivers implement it; nothing else knows a driver.

export interface QueryResult<Row = Record<string, unknown>> {
  readonly rows: readonly Row[]
  /** Rows returned or affected; 0 where the command has no count. */
  readonly rowCount: number
  /** The command tag's word, for example `SELECT`. */
  readonly command: string
}

/** The result of one statement of a script; every value as PostgreSQL's own text, NULL as null. */
export interface ScriptResult {
  readonly command: string
  readonly fields: readonly string[]
  readonly rows: readonly (readonly (string | null)[])[]
  readonly rowCount: number
}

export interface Server {
  /** `server_version_num`, for example 170004. */
  readonly version: number
  /** `pglite` runs in this process: one session, no timeouts, no other backends. */
  readonly product: 'postgres' | 'pglite'
  /** The role that is connected. */
  readonly user?: string | undefined
}

/** One connection, reserved until `session()`'s callback returns. */
export interface DatabaseSession extends DatabaseClient {
  /** The backend's process id as PostgreSQL reports it. */
  readonly pid: number
  /** An error of `script()` carries `statement`, the index of the one that failed. Default: it does not. */
  readonly tellsStatement?: boolean
}

export interface DatabaseClient {
  /** One statement, with parameters (`$1`, …) if any. */
  query<Row = Record<string, unknown>>(text: string, parameters?: readonly unknown[]): Promise<QueryResult<Row>>
  /** Several statements in one simple-protocol message: one round trip, no parameters, one result per statement. */
  script(text: string): Promise<readonly ScriptResult[]>
  /** Runs `work` on one connection inside BEGIN … COMMIT; ROLLBACK when it throws. Nested calls use a savepoint. */
  transaction<T>(work: (client: DatabaseClient) => Promise<T>): Promise<T>
  /** Runs `work` with one connection to itself. On a session: that same session. */
  session<T>(work: (session: DatabaseSession) => Promise<T>): Promise<T>
  /** What is on the other side; asked once per client. */
  server(): Promise<Server>
  /** Where this client leads, without secrets: `postgres://user@host:5432/db`. */
  describe(): string
  /** Ends all connections. May be called twice. */
  end(): Promise<void>
}

/** What a driver's error carries from PostgreSQL. */
export interface DatabaseErrorFields {
  readonly message: string
  /** SQLSTATE. */
  readonly code?: string
  readonly detail?: string
  readonly hint?: string
  readonly position?: string | number
  readonly where?: string
  readonly table?: string
  /** Of a script: which statement failed, from 0, where the session tells. */
  readonly statement?: number
}
