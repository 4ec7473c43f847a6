// What a manager may be told, its defaults, and the refusal of what it must not be told.
import { resolve } from 'node:path'
import type { DatabaseClient } from '../client/database-client.js'
import type { PgFields } from '../client/pg-client.js'
import { UsageError } from '../errors.js'
import { duration } from '../execute/durations.js'
import { nearest } from '../model/suggest.js'
import { type Logger, safeLogger, silentLogger } from './logger.js'

/** Imports a file; the program brings one that reads TypeScript. */
export type ImportFile = (url: string, name: string) => Promise<Readonly<Record<string, unknown>>>

/** What the configuration file and a manager share. */
export interface MigrationSettings {
  /** `false`: every use is refused with MIGRATIONS_DISABLED. Default true. */
  readonly enabled?: boolean | undefined
  /** One directory or several, relative to the working directory. Default `./migrations`. */
  readonly directory?: string | readonly string[] | undefined
  /** The journal's table; `_history` is added for the other one. Default `migration`. */
  readonly tableName?: string | undefined
  /** The journal's schema. Default: Lockstep's own, `lockstep`. */
  readonly schemaName?: string | undefined
  /** Of new files: `ts`, `js` or `sql`. Default `ts`. */
  readonly extension?: string | undefined
  /** Of files that are read. Default .ts, .mts, .js, .mjs, .cjs, .sql. */
  readonly loadExtensions?: readonly string[] | undefined
  /** Several directories one after the other, each in its own order. Default false: one order over all. */
  readonly sortDirsSeparately?: boolean | undefined
  /** For a file: milliseconds or `'5m'`. Default 30 s; 0: none. */
  readonly timeout?: number | string | undefined
  readonly validation?:
    | { readonly enabled?: boolean | undefined; readonly strictMode?: boolean | undefined }
    | undefined
  /** Pending migrations that are older than an applied one may run. Default false. */
  readonly outOfOrder?: boolean | undefined
}

export interface MigrationManagerOptions extends MigrationSettings {
  /** A client, which stays the caller's; or what one is made of, which shutdown() ends. */
  readonly client?: DatabaseClient | undefined
  readonly connection?: string | PgFields | undefined
  /** The manager's name, for logs and errors. Default `default`. */
  readonly name?: string | undefined
  readonly ownSchema?: string | undefined
  /** The schema of names that say none. Default `public`. */
  readonly defaultSchema?: string | undefined
  /** Milliseconds a statement waits for a table lock. Default 10000; 0 waits for ever. */
  readonly lockTimeout?: number | undefined
  /** Milliseconds a statement may run. Default 0: only the migration's own timeout. */
  readonly statementTimeout?: number | undefined
  /** Milliseconds to wait for the migration lock. Default 60000; 0 fails at once. */
  readonly wait?: number | undefined
  readonly logger?: Logger | undefined
  /** Given to every migration, on top of the builder. */
  readonly context?: object | undefined
  /** Kept in the journal. Default: the user and host of the process. */
  readonly triggeredBy?: string | undefined
  /** Forbids what must not happen in production: dry runs that execute. Default false. */
  readonly protected?: boolean | undefined
  /** How files are imported. Default: Node's import; the command line brings one that reads TypeScript. */
  readonly importFile?: ImportFile | undefined
  /** Initialise on the first use instead of demanding initialize(). Default false. */
  readonly lazy?: boolean | undefined
}

export interface ResolvedSettings {
  readonly enabled: boolean
  readonly name: string
  readonly directories: readonly string[]
  readonly tableName: string
  readonly schemaName: string
  readonly ownSchema: string
  readonly defaultSchema: string
  readonly extension: 'ts' | 'js' | 'mjs' | 'sql'
  readonly extensions: readonly string[]
  readonly sortDirsSeparately: boolean
  readonly timeout: number
  readonly validation: { readonly enabled: boolean; readonly strictMode: boolean }
  readonly outOfOrder: boolean
  readonly lockTimeout: number
  readonly statementTimeout: number
  readonly wait: number
  readonly logger: Logger
  readonly context: object
  readonly triggeredBy: string | undefined
  readonly protected: boolean
  readonly importFile: ImportFile | undefined
}

export const readable = ['.ts', '.mts', '.js', '.mjs', '.cjs', '.sql'] as const
const writable = ['ts', 'js', 'mjs', 'sql'] as const
const known: readonly (keyof MigrationManagerOptions)[] = [
  'enabled',
  'directory',
  'tableName',
  'schemaName',
  'extension',
  'loadExtensions',
  'sortDirsSeparately',
  'timeout',
  'validation',
  'outOfOrder',
  'client',
  'connection',
  'name',
  'ownSchema',
  'defaultSchema',
  'lockTimeout',
  'statementTimeout',
  'wait',
  'logger',
  'context',
  'triggeredBy',
  'protected',
  'importFile',
  'lazy',
]

const wrong = (message: string, hint: string): UsageError => new UsageError('USAGE', message, { hint })

/** @throws USAGE for an unknown option, an unreadable duration, an extension that no migration has */
export function resolveSettings(options: MigrationManagerOptions): ResolvedSettings {
  for (const key of Object.keys(options)) {
    if ((known as readonly string[]).includes(key)) continue
    const near = nearest(key, known)
    throw wrong(
      `A MigrationManager has no option '${key}'.`,
      near === undefined ? `Options: ${known.join(', ')}.` : `Did you mean '${near}'?`,
    )
  }
  const extension = (options.extension ?? 'ts').replace(/^\./, '')
  if (!(writable as readonly string[]).includes(extension))
    throw wrong(`The extension '${extension}' is none of ${writable.join(', ')}.`, "Write extension: 'ts'.")
  const extensions = (options.loadExtensions ?? readable).map((one) => (one.startsWith('.') ? one : `.${one}`))
  for (const one of extensions)
    if (!(readable as readonly string[]).includes(one))
      throw wrong(`Files with the extension '${one}' cannot be migrations.`, `There are: ${readable.join(', ')}.`)
  const directories = (
    typeof options.directory === 'string' ? [options.directory] : (options.directory ?? ['./migrations'])
  ).map((one) => resolve(one))
  if (directories.length === 0)
    throw wrong('The list of migration directories is empty.', "Write directory: './migrations'.")
  return {
    enabled: options.enabled ?? true,
    name: options.name ?? 'default',
    directories,
    tableName: options.tableName ?? 'migration',
    schemaName: options.schemaName ?? options.ownSchema ?? 'lockstep',
    ownSchema: options.ownSchema ?? 'lockstep',
    defaultSchema: options.defaultSchema ?? 'public',
    extension: extension as ResolvedSettings['extension'],
    extensions,
    sortDirsSeparately: options.sortDirsSeparately ?? false,
    timeout: duration(options.timeout ?? 30_000, 'timeout'),
    validation: { enabled: options.validation?.enabled ?? true, strictMode: options.validation?.strictMode ?? false },
    outOfOrder: options.outOfOrder ?? false,
    lockTimeout: options.lockTimeout ?? 10_000,
    statementTimeout: options.statementTimeout ?? 0,
    wait: options.wait ?? 60_000,
    logger: safeLogger(options.logger ?? silentLogger),
    context: options.context ?? {},
    triggeredBy: options.triggeredBy,
    protected: options.protected ?? false,
    importFile: options.importFile,
  }
}
