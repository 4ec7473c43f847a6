// Where a desired side comes from: a model, nothing, a snapshot, another database, SQL files.
import type { DatabaseClient } from '../client/database-client.js'
import type { ModelConfig } from '../model/model-config.js'

/** `client`: read from that database (a URL, or a scratch database built from SQL files). */
export type DesiredSource =
  | {
      readonly type: 'model'
      readonly model: () => ModelConfig
      readonly hook?: (client: DatabaseClient) => Promise<void>
    }
  | { readonly type: 'empty' }
  | { readonly type: 'snapshot'; readonly snapshot: unknown; readonly label: string }
  | {
      readonly type: 'database'
      readonly client: DatabaseClient
      readonly label: string
      /** What file migrations build: where they make nothing in `public`, it is not theirs. */
      readonly ofMigrations?: true
    }
