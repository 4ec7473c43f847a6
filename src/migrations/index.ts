// The public surface of file migrations, `lockstep-pg/migrations`: what migration files import, and the manager.

export { PgClient } from '../client/pg-client.js'
export { PgliteClient } from '../client/pglite-client.js'
export {
  type ErrorCode,
  LockHeldError,
  LockstepError,
  MigrationError,
  type MigrationIssue,
  UsageError,
} from '../errors.js'
export { id, literal, qualified, raw, type Sql, sql } from '../sql/sql.js'
export type { AlterTable } from './builder/alter-table.js'
export type { ColumnChanges } from './builder/altered-column.js'
export type { Change } from './builder/base-builder.js'
export type { ColumnBuilder } from './builder/column-builder.js'
export type { SequenceInput } from './builder/object-builder.js'
export type { SchemaBuilder } from './builder/schema-builder.js'
export type { ForeignKeyInput, IndexInput, IndexKeyInput, NameInput, TableBuilder } from './builder/table-builder.js'
export type { Statement } from './builder/work.js'
export type { ConnectionReport } from './connection.js'
export type { Rehearsed } from './dry-run.js'
export type { Direction, MigrationEmitter, MigrationEvent, MigrationEvents, MigrationName } from './events.js'
export type { HistoryRequest, HistoryRow, JournalStatus } from './journal.js'
export type { Logger, LogMethod } from './logger.js'
export { MigrationManager } from './manager.js'
export type { BaseMigrationContext, Migration, MigrationConfig, MigrationContext } from './migration.js'
export type { Repaired, RepairRequest } from './repair.js'
export {
  type Applied,
  type DownRequest,
  type Known,
  type Resolution,
  type ResolvedStep,
  type ResolveError,
  type ResolveRequest,
  resolve,
  type UpRequest,
} from './resolve.js'
export type { MigrateFilesOptions, MigrateResult, MigrationResult, RollbackOptions, RollbackResult } from './results.js'
export type { Executed, Failed, RunOptions } from './runner.js'
export type { MigrationManagerOptions, MigrationSettings } from './settings.js'
export type { AppliedMigration, FailedMigration, MigrationStatus, PendingMigration } from './status.js'
export type { ValidationReport } from './validate.js'
