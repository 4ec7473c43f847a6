// The configuration as a user writes it, and the refusal of what it must not hold. Reads no file.
import type { Filter } from '../context/options.js'
import { UsageError } from '../errors.js'
import { duration } from '../execute/durations.js'
import type { MigrationSettings } from '../migrations/settings.js'
import { nearest } from '../model/suggest.js'

/** Fields of node-postgres that a URL does not say well. */
export interface ConnectionSettings {
  /** `true`, or TLS options: `{ ca, rejectUnauthorized }`. */
  readonly ssl?: boolean | Readonly<Record<string, unknown>> | undefined
  /** Connections at most. Default 4. */
  readonly max?: number | undefined
  readonly connectionTimeoutMillis?: number | undefined
  readonly idleTimeoutMillis?: number | undefined
}

/** What the configuration and each of its environments may set. */
export interface LockstepSettings {
  /** The module of the context: its default or only exported DbContext subclass; `file.ts#Name` chooses. Default `./src/database.ts`. */
  readonly context?: string | undefined
  /** The target: `postgres://…` or `pglite:…`. Default: `DATABASE_URL`. */
  readonly url?: string | undefined
  /** The managed schemas. Default: those of the desired side and of the ledger. */
  readonly schemas?: readonly string[] | undefined
  /** Lockstep's own schema. Default `lockstep`. */
  readonly ownSchema?: string | undefined
  /** What is left alone. Default: nothing. */
  readonly filter?: Filter | undefined
  /** How long a statement waits for a table lock: milliseconds or `'10s'`. Default 10 s; 0 waits for ever. */
  readonly lockTimeout?: number | string | undefined
  /** How long a statement may run: milliseconds or `'5m'`. Default 0: no limit. */
  readonly statementTimeout?: number | string | undefined
  /** File migrations. */
  readonly migrations?: MigrationSettings | undefined
  /** How connections to the target are made; with `pglite:` without effect. Default: node-postgres's own. */
  readonly connection?: ConnectionSettings | undefined
}

/** One environment: what it sets wins over the rest of the configuration. */
export interface LockstepEnvironment extends LockstepSettings {
  /** `drop` and `reset` are refused here. Default false. */
  readonly protected?: boolean | undefined
}

/** What `lockstep.config.ts` exports by default. */
export interface LockstepConfig extends LockstepSettings {
  /** Chosen with `--env <name>` or `LOCKSTEP_ENV`. */
  readonly environments?: Readonly<Record<string, LockstepEnvironment>> | undefined
}

/**
 * Gives the configuration its type; returns it as it is. Unknown keys are refused when the program reads it.
 * @example
 * export default defineConfig({
 *   context: './src/database.ts',
 *   url: process.env.DATABASE_URL,
 *   environments: { production: { url: process.env.PRODUCTION_URL, protected: true } },
 * })
 */
export function defineConfig(config: LockstepConfig): LockstepConfig {
  return config
}

type Check = (value: unknown, where: string) => string | undefined

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const text: Check = (value) =>
  typeof value === 'string' && value !== '' ? undefined : 'has to be a text that is not empty'
const flag: Check = (value) => (typeof value === 'boolean' ? undefined : 'has to be true or false')
const texts: Check = (value) =>
  Array.isArray(value) && value.every((item) => typeof item === 'string' && item !== '')
    ? undefined
    : "has to be a list of texts, for example ['public']"
const textOrTexts: Check = (value, where) => (typeof value === 'string' ? text(value, where) : texts(value, where))
const number: Check = (value) => (typeof value === 'number' && value >= 0 ? undefined : 'has to be a number from 0 on')
const flagOrRecord: Check = (value) =>
  typeof value === 'boolean' || isRecord(value) ? undefined : 'has to be true, false or an object'
const time: Check = (value, where) => {
  if (typeof value !== 'number' && typeof value !== 'string') return "has to be milliseconds or a text such as '10s'"
  duration(value, where)
  return undefined
}
const keys =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value, where) => {
    if (!isRecord(value)) return 'has to be an object'
    for (const [key, inner] of Object.entries(value)) {
      const place = where === '' ? key : `${where}.${key}`
      const check = Object.hasOwn(checks, key) ? checks[key] : undefined
      if (!check) throw unknownKey(key, place, Object.keys(checks))
      const wrong = inner === undefined ? undefined : check(inner, place)
      if (wrong !== undefined) throw invalid(`'${place}' ${wrong}.`)
    }
    return undefined
  }

const settings: Readonly<Record<keyof LockstepSettings, Check>> = {
  context: text,
  url: text,
  schemas: texts,
  ownSchema: text,
  filter: keys({ include: texts, exclude: texts, excludeKinds: texts, alsoKinds: texts }),
  lockTimeout: time,
  statementTimeout: time,
  migrations: keys({
    enabled: flag,
    directory: textOrTexts,
    tableName: text,
    schemaName: text,
    extension: text,
    loadExtensions: texts,
    sortDirsSeparately: flag,
    timeout: time,
    validation: keys({ enabled: flag, strictMode: flag }),
    outOfOrder: flag,
  } satisfies Record<keyof MigrationSettings, Check>),
  connection: keys({
    ssl: flagOrRecord,
    max: number,
    connectionTimeoutMillis: number,
    idleTimeoutMillis: number,
  } satisfies Record<keyof ConnectionSettings, Check>),
}
const environment = keys({ ...settings, protected: flag })
const environments: Check = (value, where) => {
  if (!isRecord(value)) return 'has to be an object of environments by name'
  for (const [name, inner] of Object.entries(value)) {
    const wrong = environment(inner, `${where}.${name}`)
    if (wrong !== undefined) throw invalid(`'${where}.${name}' ${wrong}.`)
  }
  return undefined
}
const whole = keys({ ...settings, environments })

/**
 * Checks what a configuration file exports.
 * @throws UsageError CONFIG_INVALID for an unknown key (with the nearest known one) or a value of the wrong type
 */
export function checkConfig(value: unknown, file: string): LockstepConfig {
  try {
    if (!isRecord(value))
      throw invalid('it has no default export that is an object.', 'Write export default defineConfig({ … }).')
    whole(value, '')
    return value as LockstepConfig
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    throw new UsageError('CONFIG_INVALID', `${file}: ${error.message}`, {
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      details: { file },
    })
  }
}

const invalid = (message: string, hint?: string): UsageError =>
  new UsageError('CONFIG_INVALID', message, hint === undefined ? {} : { hint })

function unknownKey(key: string, place: string, known: readonly string[]): UsageError {
  const near = nearest(key, known)
  return invalid(
    `'${place}' is not a known key.`,
    near === undefined ? `Known keys here: ${known.join(', ')}.` : `Did you mean '${near}'?`,
  )
}
