// What the user's tsconfig says about decorators and paths: the nearest file, `extends` and references followed.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { parseJsonc } from './jsonc.js'

export interface TsOptions {
  readonly experimentalDecorators: boolean
  readonly emitDecoratorMetadata: boolean
  readonly useDefineForClassFields: boolean
  readonly verbatimModuleSyntax: boolean
  readonly jsx?: string
  readonly jsxImportSource?: string
  /** Patterns of bare specifiers, with absolute targets. */
  readonly paths: readonly (readonly [pattern: string, targets: readonly string[]])[]
  /** Absolute. */
  readonly baseUrl?: string
}

type Raw = Readonly<Record<string, unknown>>

interface Merged {
  readonly options: Raw
  /** The directory of the file that sets `paths`. */
  readonly pathsFrom: string
}

const isRaw = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value)
const newest = /^(es2022|es2023|es2024|es2025|es2026|esnext)$/i

const byDirectory = new Map<string, TsOptions>()

/** The options for a file of the user: of the nearest tsconfig.json above it; TypeScript's defaults where there is none. */
export function tsOptionsFor(file: string): TsOptions {
  return optionsOf(dirname(file))
}

function optionsOf(directory: string): TsOptions {
  const known = byDirectory.get(directory)
  if (known) return known
  const file = join(directory, 'tsconfig.json')
  const parent = dirname(directory)
  const options = existsSync(file)
    ? readOptions(file)
    : parent === directory
      ? digest({ options: {}, pathsFrom: directory })
      : optionsOf(parent)
  byDirectory.set(directory, options)
  return options
}

/** The options of one tsconfig file. Throws an Error that names the file where it cannot be read. */
export function readOptions(file: string): TsOptions {
  const raw = readRaw(file)
  const own = merged(file, dirname(file), [])
  const referenced = isSolution(raw) ? firstReference(file, raw) : undefined
  return digest(
    referenced
      ? {
          options: { ...referenced.options, ...own.options },
          pathsFrom: own.options.paths ? own.pathsFrom : referenced.pathsFrom,
        }
      : own,
  )
}

/** A tsconfig with no files of its own only points to others. */
const isSolution = (raw: Raw): boolean =>
  Array.isArray(raw.files) && raw.files.length === 0 && raw.include === undefined && Array.isArray(raw.references)

function firstReference(file: string, raw: Raw): Merged | undefined {
  for (const reference of raw.references as readonly unknown[]) {
    if (!isRaw(reference) || typeof reference.path !== 'string') continue
    const path = resolve(dirname(file), reference.path)
    const target = existsSync(path) && statSync(path).isDirectory() ? join(path, 'tsconfig.json') : path
    if (existsSync(target)) return merged(target, dirname(target), [file])
  }
  return undefined
}

function readRaw(file: string): Raw {
  try {
    const raw = parseJsonc(readFileSync(file, 'utf8'))
    if (isRaw(raw)) return raw
    throw new Error('it is not an object')
  } catch (error) {
    throw new Error(`${file} cannot be read: ${(error as Error).message}`, { cause: error })
  }
}

function merged(file: string, configDirectory: string, seen: readonly string[]): Merged {
  if (seen.includes(file)) throw new Error(`${file} extends itself.`)
  const raw = readRaw(file)
  const parents = (Array.isArray(raw.extends) ? raw.extends : [raw.extends]).filter(
    (name): name is string => typeof name === 'string',
  )
  const directory = dirname(file)
  let options: Raw = {}
  let pathsFrom = directory
  for (const name of parents) {
    const parent = merged(extended(name, file), configDirectory, [...seen, file])
    options = { ...options, ...parent.options }
    if (parent.options.paths !== undefined) pathsFrom = parent.pathsFrom
  }
  const own = isRaw(raw.compilerOptions) ? raw.compilerOptions : {}
  if (own.paths !== undefined) pathsFrom = directory
  const baseUrl = typeof own.baseUrl === 'string' ? placed(own.baseUrl, directory, configDirectory) : undefined
  return {
    options: {
      ...options,
      ...own,
      ...(baseUrl === undefined ? {} : { baseUrl }),
      ...(isRaw(own.paths) ? { paths: withConfigDirectory(own.paths, configDirectory) } : {}),
    },
    pathsFrom,
  }
}

const variable = /^\$\{configDir\}[\\/]?/

const placed = (path: string, directory: string, configDirectory: string): string =>
  variable.test(path) ? resolve(configDirectory, path.replace(variable, './')) : resolve(directory, path)

const withConfigDirectory = (paths: Raw, configDirectory: string): Raw =>
  Object.fromEntries(
    Object.entries(paths).map(([pattern, targets]) => [
      pattern,
      (Array.isArray(targets) ? targets : [])
        .filter((target): target is string => typeof target === 'string')
        .map((target) => (variable.test(target) ? placed(target, configDirectory, configDirectory) : target)),
    ]),
  )

/** The file that `extends` names: a path, or a package's file, with or without `.json`. */
function extended(name: string, file: string): string {
  if (name.startsWith('.') || isAbsolute(name)) {
    const path = resolve(dirname(file), name)
    const found = [path, `${path}.json`, join(path, 'tsconfig.json')].find(
      (candidate) => existsSync(candidate) && statSync(candidate).isFile(),
    )
    if (found) return found
  } else {
    const require = createRequire(file)
    for (const candidate of [name, `${name}.json`, `${name}/tsconfig.json`]) {
      try {
        const found = require.resolve(candidate)
        if (found.endsWith('.json')) return found
      } catch {}
    }
  }
  throw new Error(`${file} extends '${name}', which cannot be found.`)
}

function digest({ options, pathsFrom }: Merged): TsOptions {
  const legacy = options.experimentalDecorators === true
  const target = typeof options.target === 'string' ? options.target : undefined
  const baseUrl = typeof options.baseUrl === 'string' ? options.baseUrl : undefined
  const paths = isRaw(options.paths) ? options.paths : {}
  return {
    experimentalDecorators: legacy,
    emitDecoratorMetadata: legacy && options.emitDecoratorMetadata === true,
    useDefineForClassFields:
      typeof options.useDefineForClassFields === 'boolean'
        ? options.useDefineForClassFields
        : target === undefined || newest.test(target),
    verbatimModuleSyntax: options.verbatimModuleSyntax === true,
    ...(typeof options.jsx === 'string' ? { jsx: options.jsx } : {}),
    ...(typeof options.jsxImportSource === 'string' ? { jsxImportSource: options.jsxImportSource } : {}),
    paths: Object.entries(paths).map(
      ([pattern, targets]) =>
        [pattern, (targets as readonly string[]).map((target) => resolve(baseUrl ?? pathsFrom, target))] as const,
    ),
    ...(baseUrl === undefined ? {} : { baseUrl }),
  }
}
