// What a driver has to bring: one connection that takes a statement or a script and knows its transaction's state. Sessions are built on it.
import type { QueryResult, ScriptResult } from './database-client.js'

/** As PostgreSQL reports it after each message: idle, in a transaction, in a failed transaction. */
export type TransactionState = 'idle' | 'open' | 'failed'

export interface Wire {
  readonly pid: number
  /** `server_version_num`, where the connection learned it without asking. */
  readonly version?: number | undefined
  /** Who is connected, where the connection learned it without asking. */
  readonly user?: string | undefined
  readonly state: TransactionState
  /** See DatabaseSession. */
  readonly tellsStatement?: boolean
  /** Set once the connection can no longer be used. */
  readonly lost: unknown
  query<Row>(text: string, parameters?: readonly unknown[]): Promise<QueryResult<Row>>
  script(text: string): Promise<readonly ScriptResult[]>
}
