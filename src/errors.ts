// Every error that Lockstep throws: one base with a stable code, a family per stage, and the table of codes that docs/errors.md explains.

export interface ErrorOptions {
  readonly hint?: string
  readonly cause?: unknown
  readonly details?: Readonly<Record<string, unknown>>
}

/** The base of all errors. `code` is stable, `hint` says what to do next, `details` is plain JSON. */
export class LockstepError extends Error {
  readonly code: ErrorCode
  readonly hint?: string
  readonly details?: Readonly<Record<string, unknown>>
  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = new.target.name
    this.code = code
    if (options.hint !== undefined) this.hint = options.hint
    if (options.details !== undefined) this.details = options.details
  }
  toJSON(): Record<string, unknown> {
    return { code: this.code, message: this.message, hint: this.hint, ...this.details }
  }
}

/** One mistake in a model. */
export interface ModelIssue {
  readonly code: ErrorCode
  readonly message: string
  readonly hint?: string
  readonly entity?: string
  readonly property?: string
  /** `file:line:column` of the declaration, where it is known. */
  readonly source?: string
}

/** The model cannot be used; `issues` lists every mistake at once. */
export class ModelError extends LockstepError {
  readonly issues: readonly ModelIssue[]
  constructor(issues: readonly ModelIssue[]) {
    super('MODEL_INVALID', modelMessage(issues), { details: { issues } })
    this.issues = issues
  }
}

function modelMessage(issues: readonly ModelIssue[]): string {
  const lines = issues.map((issue, index) => {
    const place = [issue.entity, issue.property].filter(Boolean).join('.')
    const where = [place, issue.source && `(${issue.source})`].filter(Boolean).join(' ')
    return `  ${index + 1}. ${where ? `${where}: ` : ''}${issue.message} [${issue.code}]${issue.hint ? `\n     ${issue.hint}` : ''}`
  })
  return `The model has ${issues.length === 1 ? 'one mistake' : `${issues.length} mistakes`}:\n${lines.join('\n')}`
}

/** The database could not be read or reached. */
export class IntrospectionError extends LockstepError {}
/** No plan can be made that leads to the desired state. */
export class PlanError extends LockstepError {}
/** A plan exists and was not allowed to run; nothing was changed. */
export class RefusedError extends LockstepError {}
/** Another session holds the migration lock. */
export class LockHeldError extends LockstepError {}
/** Wrong use of the program, the API or the configuration. */
export class UsageError extends LockstepError {}

/** One finding about file migrations; strict mode turns warnings into errors. */
export interface MigrationIssue {
  readonly code: ErrorCode
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly hint?: string
  readonly file?: string
  readonly line?: number
  readonly column?: number
}

/** A file migration cannot run, or failed; `issues` lists all findings where there are several. */
export class MigrationError extends LockstepError {
  get issues(): readonly MigrationIssue[] {
    return (this.details?.issues ?? []) as readonly MigrationIssue[]
  }
}

export interface FailedStatement {
  /** 1-based number of the step in the plan; undefined outside of steps (a hook, COMMIT). */
  readonly step?: number
  readonly description?: string
  readonly sql?: string
  readonly sqlstate?: string
  /** 1-based character offset in `sql`, as PostgreSQL reports it. */
  readonly position?: number
  readonly detail?: string
}

/** A statement failed while a plan was applied. The message shows the operation, its SQL and a caret. */
export class ExecutionError extends LockstepError {
  readonly failed: FailedStatement
  constructor(code: ErrorCode, message: string, failed: FailedStatement, options: ErrorOptions = {}) {
    super(code, message, { ...options, details: { ...options.details, failed } })
    this.failed = failed
  }
}

/** Every stable code with its meaning; docs/errors.md holds one section for each. */
export const errorCodes = {
  // executing
  LOCK_HELD: 'Another session holds the migration lock.',
  STEP_FAILED: 'A step of the plan failed; everything was rolled back.',
  RUN_FAILED: 'The run failed outside of a step (the hook, the commit, the verification).',
  NOT_VERIFIED: 'After all steps something was left to do; everything was rolled back.',
  HOOK_FAILED: 'onMigrationComplete failed; everything was rolled back.',
  HOOK_OBJECT_MISSING: 'A hook did not make an object again that made way for a change.',
  COMMIT_IN_DOUBT: 'The connection was lost at COMMIT and the server cannot tell what became of it.',
  COMMIT_LOST: 'The connection was lost at COMMIT and the transaction did not commit.',
  ABORTED: 'The run was cancelled; everything was rolled back.',
  HOOK_NOT_AWAITED: 'A hook used its client after it had returned.',
  TOO_MANY_LOCKS: 'The plan needs more locks than the server has.',
  // file migrations
  MIGRATION_INVALID: 'Several things are wrong with the migration files; `issues` lists all of them.',
  MIGRATION_NAME: 'A file in the migrations directory does not begin with a version.',
  MIGRATION_DUPLICATE: 'Two migrations have the same version.',
  MIGRATION_SHAPE: 'A migration file does not export what a migration is made of.',
  MIGRATION_NOT_LOADED: 'A migration file could not be imported.',
  MIGRATION_SQL: 'A statement of an .sql migration cannot be run; the message has file, line and column.',
  MIGRATION_DEPENDENCY: 'A migration depends on one that is not there, not applied, or later.',
  MIGRATION_CHANGED: 'The file of an applied migration was edited.',
  MIGRATION_MISSING: 'The file of an applied migration is gone.',
  MIGRATION_OUT_OF_ORDER: 'A pending migration is older than one that is applied.',
  MIGRATION_NO_DOWN: 'A migration has no way down.',
  MIGRATION_IRREVERSIBLE: 'A migration that would be rolled back has no way down.',
  MIGRATION_NOT_FOUND: 'The migration, version, batch or directory that was named is not there.',
  MIGRATION_INTERRUPTED: 'A migration without a transaction was cut off half way.',
  MIGRATION_FAILED: 'A migration threw, or one of its statements failed.',
  MIGRATION_TIMEOUT: 'A migration, or the run, took longer than its timeout.',
  MIGRATION_NOT_AWAITED: 'A migration did not await a call of its builder, or used it after its end.',
  MIGRATION_TRANSACTION: 'A migration would end its transaction, or holds what cannot run in one.',
  MIGRATION_EMPTY: 'There is no difference to generate a migration from.',
  MIGRATION_ROUND_TRIP: 'A migration up, down and up again does not lead to the same schema.',
  MIGRATIONS_DISABLED: 'File migrations are switched off by `enabled: false`.',
  MIGRATIONS_NOT_INITIALIZED: 'A MigrationManager was used before initialize() or after shutdown().',
  JOURNAL_MISMATCH: 'The table that should be the journal has other columns.',
  // refusing
  REFUSED: 'The plan destroys data and was not allowed to.',
  MOVED: 'The database kept changing while it was planned for.',
  // reading
  CATALOG_UNREADABLE: 'The catalog could not be read.',
  // planning
  BLOCKED_BY_UNMANAGED: 'An object that Lockstep does not manage depends on one that would be changed or dropped.',
  NAME_TAKEN: 'A name that the desired side needs is held by an object that stays.',
  SERVER_TOO_OLD: 'The desired side needs something that the version of the server does not have.',
  ROLE_MISSING: 'Something names a role that the server does not have.',
  COLUMN_ORDER: 'Columns stand, or would stand, in another order than a type or a query counts on.',
  PLAN_CYCLE: 'Objects depend on each other in a circle that no order of statements can make.',
  NO_UPDATE_PATH: 'The server has no script that leads from the version of an extension to the one that is asked for.',
  VALUES_IN_USE: 'Rows hold values that the new type does not have.',
  // usage
  MODEL_INVALID: 'The model has mistakes; `issues` lists all of them.',
  UNKNOWN_TYPE: 'A column type is misspelt or unknown.',
  TYPE_MISSING: 'A column has no type, and none could be inferred.',
  NOT_AN_ENTITY: 'A class that the model leads to is no entity.',
  NO_COLUMNS: 'An entity has no columns.',
  NO_KEY: 'An entity has no primary key.',
  UNKNOWN_PROPERTY: 'A key, index, foreign key or selector names a property that is no column.',
  DUPLICATE_TABLE: 'Two entities have the same table.',
  DUPLICATE_COLUMN: 'Two properties of an entity have the same column.',
  DUPLICATE_NAME: 'A name is given twice, or taken in a space shared with another kind.',
  NAME_EMPTY: 'A name is empty.',
  NAME_TOO_LONG: 'A name is longer than the 63 bytes that PostgreSQL keeps.',
  KEY_TARGET_MISSING: 'A foreign key leads to columns that no key or unique index covers.',
  FOREIGN_KEY_MISMATCH: 'The columns of a foreign key do not go with those that they refer to.',
  ENUM_LABELS: 'The labels of an enum are empty, repeated or too long.',
  ENUM_CONFLICT: 'Two enums of the same name have different labels.',
  DEFAULT_MISMATCH: "A default is not a value of the column's type.",
  OPTIONS_CONFLICT: 'Options of a column, sequence or index exclude each other.',
  NOT_AN_EXPRESSION: 'A text that should be one SQL expression is not.',
  GETTER_FAILED: 'A getter of the context threw while its entities were looked for.',
  CLIENT_ENDED: 'The client was used after end().',
  CONNECTION_FAILED: 'The server could not be reached or refused the connection.',
  CONNECTION_LOST: 'The connection broke.',
  TRANSACTION_CONTROL_REFUSED:
    "A hook sent BEGIN, COMMIT, ROLLBACK or another statement that would end the migration's transaction.",
  DRIVER_MISSING: 'An optional package that this use needs is not installed.',
  SNAPSHOT_INVALID: 'A snapshot file cannot be read.',
  SQL_PART_NOT_SQL: 'A bare value was interpolated into sql`…`.',
  NUL_IN_NAME: 'A name or value contains a NUL character.',
  // command line
  USAGE: 'An option, argument or command of the program is wrong.',
  CONFIG_INVALID: 'The configuration file has an unknown key or a wrong value.',
  CONFIG_NOT_FOUND: 'The configuration file or the environment that was named does not exist.',
  MODULE_NOT_LOADED: 'A file of the project (configuration, context) could not be loaded.',
  CONTEXT_NOT_FOUND: 'No DbContext subclass was found where the model should come from.',
  CONTEXT_AMBIGUOUS: 'The module exports several DbContext subclasses and none was chosen.',
  URL_MISSING: 'No target database was named.',
  SOURCE_INVALID: 'A source (of --desired, diff or snapshot) cannot be understood or read.',
  FILE_EXISTS: 'A file that would be written exists already.',
  FORBIDDEN_HERE: 'The command is not allowed in this environment.',
  UNEXPECTED: 'An error that Lockstep does not know; --verbose shows where it comes from.',
} as const satisfies Record<string, string>

export type ErrorCode = keyof typeof errorCodes
