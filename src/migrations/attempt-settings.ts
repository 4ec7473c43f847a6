// What all migrations of a run have in common.
import type { DatabaseClient, DatabaseSession } from '../client/database-client.js'
import type { OperationPath } from './builder/operation-path.js'
import type { JournalPlace } from './journal-table.js'
import type { Logger } from './logger.js'

export interface AttemptSettings {
  readonly session: DatabaseSession
  readonly client: DatabaseClient
  readonly place: JournalPlace
  readonly ownSchema: string
  readonly defaultSchema: string
  readonly lockTimeout: number
  readonly statementTimeout: number
  readonly reason: string
  readonly logger: Logger
  readonly signal: AbortSignal | undefined
  /** The caller's own context, for every migration. */
  readonly context: object
  readonly triggeredBy: string
  readonly path: OperationPath
  /** The server can notice that its client died: client_connection_check_interval. */
  readonly watched: boolean
}
