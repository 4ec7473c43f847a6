// Statement logging around any client: what a context with `logQueries` talks through.
import type { DatabaseClient, DatabaseSession, QueryResult, ScriptResult, Server } from './database-client.js'
import { type LogOptions, type StatementLog, statementLog } from './statement-log.js'

/** The client itself where `logQueries` is off, else one that logs each statement; a transaction is one line more, when it ends. */
export function logged(client: DatabaseClient, options: LogOptions): DatabaseClient {
  return options.logQueries ? new LoggedClient(client, statementLog(options)) : client
}

class LoggedClient<Inner extends DatabaseClient> implements DatabaseClient {
  constructor(
    protected readonly inner: Inner,
    private readonly log: StatementLog,
  ) {}
  query<Row = Record<string, unknown>>(text: string, parameters?: readonly unknown[]): Promise<QueryResult<Row>> {
    return this.log(text, () => this.inner.query<Row>(text, parameters))
  }
  script(text: string): Promise<readonly ScriptResult[]> {
    return this.log(text, () => this.inner.script(text))
  }
  transaction<T>(work: (client: DatabaseClient) => Promise<T>): Promise<T> {
    return this.log('begin … commit', () =>
      this.inner.transaction((client) => work(new LoggedClient(client, this.log))),
    )
  }
  session<T>(work: (session: DatabaseSession) => Promise<T>): Promise<T> {
    return this.inner.session((session) => work(new LoggedSession(session, this.log)))
  }
  server(): Promise<Server> {
    return this.inner.server()
  }
  describe(): string {
    return this.inner.describe()
  }
  end(): Promise<void> {
    return this.inner.end()
  }
}

class LoggedSession extends LoggedClient<DatabaseSession> implements DatabaseSession {
  get pid(): number {
    return this.inner.pid
  }
}
