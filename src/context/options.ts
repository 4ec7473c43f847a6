// What a caller may choose, in one place: the options of a context, of a schema manager and of a run.
import type { Plan, Report } from '../engine/plan.js'
import type { Allowance, Confirmer } from '../execute/confirm.js'
import type { RunListener } from '../execute/events.js'
import type { MigrationSettings } from '../migrations/settings.js'
import type { NamingStrategy } from '../model/naming.js'

export interface ContextOptions {
  /** The name under which the ledger keeps what is this context's. Default: the name of the class; give one before you rename the class. */
  readonly name?: string
  /** Log every statement with its time; parameters are never shown. Default false. */
  readonly logQueries?: boolean
  /** Where log lines go; default stderr. */
  readonly log?: (line: string) => void
  /** The schema of entities that name none. Default `public`. */
  readonly defaultSchema?: string
  /** File migrations: `db.migrations`. */
  readonly migrations?: MigrationSettings
  /** How names are chosen that the model does not spell out. Default: snake_case, and PostgreSQL's own names for constraints and indexes. */
  readonly naming?: Partial<NamingStrategy>
}

/** Patterns of `schema.name` or `name`, `*` matches any run of characters. */
export interface Filter {
  readonly include?: readonly string[]
  readonly exclude?: readonly string[]
  /** Kind names that are left alone, for example `index`. */
  readonly excludeKinds?: readonly string[]
  /** Kinds that are compared only on demand, where the desired side is no model: `owner`. */
  readonly alsoKinds?: readonly string[]
}

export interface SchemaOptions {
  /** `ask`: undeclared parts of our tables are dropped after a question, strangers stay. `drop`: everything undeclared in the managed schemas is dropped after a question. Default `ask` for a model, `drop` for any other desired side. */
  readonly undeclared?: 'ask' | 'drop'
  /** The managed schemas; default: those of the desired side and of the ledger. `all`: every one that is not the system's, an extension's or Lockstep's. */
  readonly schemas?: readonly string[] | 'all'
  readonly filter?: Filter
  /** Lockstep's own schema. Default `lockstep`. */
  readonly ownSchema?: string
  /** Milliseconds a statement waits for a table lock. Default 10000; 0 waits for ever. */
  readonly lockTimeout?: number
  /** Milliseconds a statement may run. Default 0: no limit. */
  readonly statementTimeout?: number
  /** Milliseconds to wait for the migration lock that another run holds. Default 60000; 0: fail at once. */
  readonly wait?: number
}

export interface MigrateOptions {
  /** `ask` in a terminal, else `refuse` (the default picks between the two); an allow-list; or a function that decides. */
  readonly confirm?: 'ask' | 'refuse' | Allowance | Confirmer
  /** Used together with `ask` or a function: what need not be asked about. */
  readonly allow?: readonly string[]
  readonly onEvent?: RunListener
  readonly signal?: AbortSignal
  /** Shown to others who wait for the lock. */
  readonly reason?: string
}

/** The result of migrate, ensureCreated and ensureDeleted. */
export interface MigrateReport extends Report {
  /** The plan that was applied (planned again under the lock). */
  readonly plan: Plan
  readonly inStep: boolean
}
