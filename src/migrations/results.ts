// What runs are asked for and what they yield, as callers see it.
import type { Rehearsed } from './dry-run.js'
import type { Executed, Failed, RunOptions } from './runner.js'

export interface MigrateFilesOptions extends RunOptions {
  /** Up to and with this version. */
  readonly to?: string | undefined
  /** At most so many. */
  readonly steps?: number | undefined
  /** Only this one: a version, a file name, or a name. */
  readonly name?: string | undefined
  /** Pending ones that are older than an applied one may run. */
  readonly outOfOrder?: boolean | undefined
  /** `true`: record what would be sent. `'execute'`: send it, in a transaction that is rolled back. */
  readonly dryRun?: boolean | 'execute' | undefined
}

export interface RollbackOptions extends RunOptions {
  /** This version stays, and whatever was applied before it; `0`: nothing stays. */
  readonly to?: string | undefined
  readonly steps?: number | undefined
  readonly batch?: number | undefined
  readonly all?: boolean | undefined
  readonly name?: string | undefined
  readonly dryRun?: boolean | 'execute' | undefined
}

/** What a run did; with `dryRun`, what it would do is in `rehearsed` and nothing was executed. */
export interface MigrationResult {
  readonly success: boolean
  readonly executed: readonly Executed[]
  readonly failed: readonly Failed[]
  readonly error?: Error
  readonly milliseconds: number
  readonly rehearsed?: readonly Rehearsed[]
}
export interface MigrateResult extends MigrationResult {
  readonly appliedMigrations: readonly Executed[]
  readonly batch: number
}
export interface RollbackResult extends MigrationResult {
  readonly rolledBackMigrations: readonly Executed[]
}
