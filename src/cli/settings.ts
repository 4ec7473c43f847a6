// From flags, environment variables and the configuration file to the settings of one run: which file, which environment, which database.
import { access, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { SchemaOptions } from '../context/options.js'
import { UsageError } from '../errors.js'
import { duration } from '../execute/durations.js'
import type { MigrationSettings } from '../migrations/settings.js'
import { nearest } from '../model/suggest.js'
import { type ConnectionSettings, checkConfig, type LockstepConfig, type LockstepEnvironment } from './config.js'
import { importProjectModule } from './load/import-module.js'
import type { TargetFlags } from './options.js'

const fileNames = ['ts', 'mts', 'js', 'mjs'].map((extension) => `lockstep.config.${extension}`)

export interface Settings {
  /** What relative paths of the configuration are relative to. */
  readonly root: string
  /** The configuration file that was read. */
  readonly file?: string
  /** The name of the environment that was chosen. */
  readonly environment?: string
  readonly protected: boolean
  readonly url?: string
  readonly context?: string
  readonly schema: SchemaOptions
  readonly migrations?: MigrationSettings
  readonly connection?: ConnectionSettings
}

/**
 * Reads `.env`, then the configuration, and picks the environment.
 * @throws UsageError CONFIG_NOT_FOUND, CONFIG_INVALID, MODULE_NOT_LOADED, URL_MISSING (an environment whose `url` is there but undefined)
 */
export async function readSettings(flags: TargetFlags, cwd: string = process.cwd()): Promise<Settings> {
  loadEnvFile(cwd)
  const file = await configFile(flags.config, cwd)
  const root = file === undefined ? cwd : dirname(file)
  if (root !== cwd) loadEnvFile(root)
  const config = file === undefined ? {} : await readConfig(file)
  const name = flags.env ?? (process.env.LOCKSTEP_ENV || undefined)
  const chosen = name === undefined ? {} : environmentOf(config, name, file)
  if ('url' in chosen && chosen.url === undefined && flags.url === undefined) {
    throw new UsageError('URL_MISSING', `The environment '${name}' has a url that is undefined.`, {
      hint: 'Set the variable that the configuration reads it from, or give --url.',
    })
  }
  const merged: LockstepEnvironment = { ...config, ...given(chosen) }
  const url = flags.url ?? merged.url ?? (process.env.DATABASE_URL || undefined)
  return {
    root: flags.context === undefined ? root : cwd,
    ...(file === undefined ? {} : { file }),
    ...(name === undefined ? {} : { environment: name }),
    protected: chosen.protected === true,
    ...given({
      url,
      context: flags.context ?? merged.context,
      migrations: merged.migrations,
      connection: merged.connection,
    }),
    schema: schemaOptions(flags, merged),
  }
}

function schemaOptions(flags: TargetFlags, merged: LockstepEnvironment): SchemaOptions {
  const timeout = (flag: number | undefined, value: number | string | undefined, where: string) =>
    flag ?? (value === undefined ? undefined : duration(value, where))
  return given({
    schemas: flags.schemas ?? merged.schemas,
    filter: merged.filter,
    ownSchema: merged.ownSchema,
    undeclared: flags.dropUndeclared ? ('drop' as const) : undefined,
    lockTimeout: timeout(flags.lockTimeout, merged.lockTimeout, 'lockTimeout'),
    statementTimeout: timeout(flags.statementTimeout, merged.statementTimeout, 'statementTimeout'),
    wait: flags.wait,
  })
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** Without the keys whose value is undefined. */
function given<T extends object>(values: T): Given<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<T>
}

/** Variables that are set already win; a missing file is fine. */
function loadEnvFile(directory: string): void {
  try {
    process.loadEnvFile(join(directory, '.env'))
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT') return
    throw new UsageError('CONFIG_INVALID', `${join(directory, '.env')} cannot be read (${code ?? String(error)}).`, {
      cause: error,
    })
  }
}

async function configFile(named: string | undefined, cwd: string): Promise<string | undefined> {
  if (named !== undefined) {
    const file = resolve(cwd, named)
    const found = await stat(file).catch(() => undefined)
    if (found?.isFile()) return file
    throw new UsageError('CONFIG_NOT_FOUND', `The configuration file ${named} does not exist.`, {
      hint: '`lockstep init` writes a lockstep.config.ts.',
    })
  }
  const found: string[] = []
  for (const name of fileNames) {
    const file = join(cwd, name)
    if (
      await access(file).then(
        () => true,
        () => false,
      )
    )
      found.push(file)
  }
  if (found.length > 1) {
    throw new UsageError('CONFIG_INVALID', `There are several configuration files: ${found.join(', ')}.`, {
      hint: 'Keep one of them, or choose with --config.',
    })
  }
  return found[0]
}

async function readConfig(file: string): Promise<LockstepConfig> {
  const module = await importProjectModule(pathToFileURL(file).href, file)
  return checkConfig(module.default, file)
}

function environmentOf(config: LockstepConfig, name: string, file: string | undefined): LockstepEnvironment {
  const environments = config.environments ?? {}
  const found = Object.hasOwn(environments, name) ? environments[name] : undefined
  if (found) return found
  const known = Object.keys(environments)
  const near = nearest(name, known)
  throw new UsageError('CONFIG_NOT_FOUND', `There is no environment '${name}'${file ? ` in ${file}` : ''}.`, {
    hint:
      near !== undefined
        ? `Did you mean '${near}'?`
        : known.length > 0
          ? `There are: ${known.join(', ')}.`
          : `Add environments: { ${JSON.stringify(name)}: { url: … } } to the configuration.`,
  })
}
