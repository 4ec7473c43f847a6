// What a user writes in a migration file, and what it is given.
import type { QueryResult, ScriptResult } from '../client/database-client.js'
import type { SchemaBuilder } from './builder/schema-builder.js'
import type { Logger } from './logger.js'

/** Exported as `config` by a file, or a property of a class or object. */
export interface MigrationConfig {
  /** Default true: the file runs in one transaction with its row in the journal. `false`: statement by statement. */
  readonly transaction?: boolean
  /** Milliseconds, or a text such as `'5m'`; 0: none. Default: that of the manager, 30 s. */
  readonly timeout?: number | string
}

/** What every migration's context has besides the builder. */
export interface BaseMigrationContext {
  readonly logger: Logger
  /** Kept in the journal's row; plain JSON. */
  readonly metadata: Record<string, unknown>
  /** Nothing is sent but reads. */
  readonly dryRun: boolean
  /** Who or what started the run. */
  readonly triggeredBy: string
  /** Fires when the run is cancelled or the migration's time is over. */
  readonly signal: AbortSignal
  /** Tells listeners how far a long migration is. */
  progress(done: number, total?: number): void
}

/** The one argument of `up` and `down`. `C`: what the manager was given as `context`. */
export type MigrationContext<C = unknown> = SchemaBuilder & BaseMigrationContext & C

/**
 * A migration: a class that implements this, an exported object, or a file that exports `up` and `down`.
 * @example
 * export class CreateUsers implements Migration {
 *   async up(schema: SchemaBuilder) {
 *     await schema.createTable('users', (t) => {
 *       t.integer('id').primaryKey()
 *       t.varchar('username', 100).notNull()
 *     })
 *   }
 * }
 */
export interface Migration<C = unknown> {
  /** Shown instead of the file's name. */
  readonly name?: string
  readonly description?: string
  readonly config?: MigrationConfig
  /** Versions or names of migrations that have to be applied before. */
  readonly dependsOn?: readonly string[]
  up(schema: MigrationContext<C>): PromiseLike<unknown> | unknown
  /** Absent: derived from what `up` did through the builder; not reversible where `up` sent SQL of its own. */
  down?(schema: MigrationContext<C>): PromiseLike<unknown> | unknown
}

/** SQL of your own inside a migration. */
export interface MigrationSql {
  query<Row = Record<string, unknown>>(text: string, parameters?: readonly unknown[]): Promise<QueryResult<Row>>
  script(text: string): Promise<readonly ScriptResult[]>
}
