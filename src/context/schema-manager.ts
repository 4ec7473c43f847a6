// The pipeline: desired and current state, diff, plan, confirm, execute.
import type { DatabaseClient } from '../client/database-client.js'
import type { OperationBase } from '../engine/kind.js'
import type { Plan } from '../engine/plan.js'
import type { LockHolder } from '../execute/events.js'
import type { MigrateOptions, MigrateReport, SchemaOptions } from './options.js'
import type { DesiredSource } from './sources.js'

/** Keeps one database in step with one desired side. */
export class DbSchemaManager {
  constructor(
    protected readonly client: DatabaseClient,
    protected readonly desired: DesiredSource,
    protected readonly options: SchemaOptions = {},
  ) {}
  async analyze(): Promise<readonly OperationBase[]> {
    return (await this.plan()).steps.map((step) => step.operation)
  }
  async plan(_options: { readonly measure?: boolean } = {}): Promise<Plan> {
    throw new Error('being written')
  }
  async migrate(_options: MigrateOptions = {}): Promise<MigrateReport> {
    throw new Error('being written')
  }
  async ensureCreated(_options: MigrateOptions = {}): Promise<MigrateReport> {
    throw new Error('being written')
  }
  async ensureDeleted(_options: MigrateOptions = {}): Promise<MigrateReport> {
    throw new Error('being written')
  }
  /** The plan that ensureDeleted would run; `drop` and `reset` ask about it. */
  async planDeleted(): Promise<Plan> {
    throw new Error('being written')
  }
  /** undefined: nobody holds the lock. */
  async lockStatus(): Promise<LockHolder | undefined> {
    throw new Error('being written')
  }
  /** Terminates the holder's backend; the holder that was ended, or undefined. */
  async unlock(): Promise<LockHolder | undefined> {
    throw new Error('being written')
  }
  /** The current state of the managed schemas as a snapshot (plain JSON). */
  async snapshot(): Promise<unknown> {
    throw new Error('being written')
  }
}
