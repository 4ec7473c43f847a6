// Which migrations a request means, in order, from definitions and journal alone. Pure: no file, no database, no clock.
import type { ErrorCode } from '../errors.js'
import { compareKeys, versionKey } from './version.js'

/** What resolving needs to know of a file. In the order in which files run. */
export interface Known {
  readonly key: string
  readonly version: string
  readonly stem: string
  readonly slug: string
  readonly checksum: string
}

/** What resolving needs to know of a row. */
export interface Applied {
  readonly key: string
  readonly version: string
  readonly name: string
  readonly file: string
  readonly status: 'pending' | 'running' | 'completed' | 'failed' | 'rolled-back'
  readonly position: number | null
  readonly batch: number | null
  readonly reversible: boolean
  readonly metadata: Readonly<Record<string, unknown>>
}

export type UpRequest = {
  readonly direction: 'up'
  readonly to?: string | undefined
  readonly steps?: number | undefined
  readonly name?: string | undefined
  /** Run pending ones that are older than an applied one. Default: an error. */
  readonly outOfOrder?: boolean | undefined
  /** Those among them that have failed before may run: an earlier run went on without them. */
  readonly continueOnError?: boolean | undefined
}
export type DownRequest = {
  readonly direction: 'down'
  readonly to?: string | undefined
  readonly steps?: number | undefined
  readonly batch?: number | undefined
  readonly all?: boolean | undefined
  readonly name?: string | undefined
}
export type ResolveRequest = UpRequest | DownRequest

export interface ResolvedStep {
  readonly direction: 'up' | 'down'
  readonly key: string
  readonly version: string
  /** The row of the journal, where there is one. */
  readonly row?: Applied
}

export interface ResolveError {
  readonly code: ErrorCode
  readonly message: string
  readonly hint: string
}

export type Resolution =
  | { readonly steps: readonly ResolvedStep[]; readonly error?: undefined }
  | { readonly error: ResolveError }

/** A way down that a crash cut off was rolled back with its transaction. */
export const isApplied = (row: Applied): boolean =>
  row.status === 'completed' || (row.status === 'running' && row.metadata.direction === 'down')

/** Without a transaction, a part of it may have been done: nobody but a person knows. */
export const isHalfway = (row: Applied): boolean =>
  row.metadata.halfway === true || (row.status === 'running' && row.metadata.transaction === false)

/**
 * The steps of a request.
 * @example resolve(files, rows, { direction: 'down', steps: 2 })   // { steps: [the last applied, the one before] }
 */
export function resolve(
  definitions: readonly Known[],
  journal: readonly Applied[],
  request: ResolveRequest,
): Resolution {
  const wrong = wrongOptions(request)
  if (wrong) return { error: wrong }
  const halfway = journal.find(isHalfway)
  if (halfway) return { error: interrupted(halfway) }
  return request.direction === 'up' ? up(definitions, journal, request) : down(definitions, journal, request)
}

export const interrupted = (row: Applied): ResolveError => ({
  code: 'MIGRATION_INTERRUPTED',
  message: `Migration ${row.file} was cut off half way${row.metadata.direction === 'down' ? ' down' : ''}: it runs without a transaction, so a part of it may have been done.`,
  hint: `Look at the database, then say what it is: \`lockstep migration:repair ${row.version} --pending\` (run it again, after undoing what it did) or \`--applied\` (you have finished it by hand).`,
})

function wrongOptions(request: ResolveRequest): ResolveError | undefined {
  const usage = (message: string, hint: string): ResolveError => ({ code: 'USAGE', message, hint })
  const { steps, to } = request
  const counted = request.direction === 'down' ? { steps, batch: request.batch } : { steps }
  for (const [option, value] of Object.entries(counted))
    if (value !== undefined && (!Number.isInteger(value) || value < 1))
      return usage(`--${option} ${value} is not a whole number from 1 on.`, `For example --${option} 1.`)
  if (to !== undefined && versionKey(to) === undefined)
    return usage(`--to '${to}' is no version.`, 'A version is what a file name begins with: 001, 20250122_001.')
  const given = Object.entries(request).flatMap(([option, value]) =>
    ['to', 'steps', 'batch', 'all', 'name'].includes(option) && value !== undefined && value !== false ? [option] : [],
  )
  const both = given.length > 1 && !(request.direction === 'up' && given.join() === 'to,steps')
  return both
    ? usage(
        `${given.map((one) => (one === 'name' ? 'a name' : `--${one}`)).join(' and ')} exclude each other.`,
        'Give one of them.',
      )
    : undefined
}

/** A migration by version, file name, or name. */
export function named<T extends { readonly key: string }>(
  list: readonly T[],
  name: string,
  names: (item: T) => readonly string[],
): readonly T[] {
  const key = versionKey(name)
  const byKey = key === undefined ? [] : list.filter((item) => item.key === key)
  if (byKey.length > 0) return byKey
  const bare = name.replace(/^.*[\\/]/, '').replace(/(\.(up|down))?\.(ts|mts|js|mjs|cjs|sql)$/, '')
  return list.filter((item) => names(item).includes(bare))
}

function up(definitions: readonly Known[], journal: readonly Applied[], request: UpRequest): Resolution {
  const applied = new Map(journal.filter(isApplied).map((row) => [row.key, row]))
  const rows = new Map(journal.map((row) => [row.key, row]))
  const pending = definitions.filter((one) => !applied.has(one.key))
  let chosen: readonly Known[] = pending
  if (request.name !== undefined) {
    const found = named(definitions, request.name, (one) => [one.stem, one.slug])
    if (found.length !== 1)
      return {
        error: notOne(
          request.name,
          found.map((one) => one.stem),
        ),
      }
    if (applied.has(found[0]!.key)) return { steps: [] }
    chosen = found
  } else if (request.to !== undefined) {
    const target = versionKey(request.to) as string
    const at = definitions.findIndex((one) => one.key === target)
    if (at < 0) return { error: unknownVersion(request.to) }
    chosen = definitions.slice(0, at + 1).filter((one) => !applied.has(one.key))
  }
  if (request.steps !== undefined) chosen = chosen.slice(0, request.steps)
  // One that is asked for by its name is meant.
  if (!request.outOfOrder && request.name === undefined) {
    const again = (one: Known) => request.continueOnError === true && rows.get(one.key)?.status === 'failed'
    const late = outOfOrder(definitions, journal).find((one) => chosen.includes(one) && !again(one))
    if (late) {
      const newest = [...applied.values()].sort((a, b) => compareKeys(b.key, a.key))[0]
      return {
        error: {
          code: 'MIGRATION_OUT_OF_ORDER',
          message: `Migration ${late.stem} is pending and older than ${newest?.file}, which is applied.`,
          hint: rows.has(late.key)
            ? 'It failed or was rolled back before, and later ones were applied. Run it by its name, or with --out-of-order (outOfOrder: true).'
            : 'It came with a merge, or late. If it does not depend on the order, run with --out-of-order (outOfOrder: true); else give it a new version (rename the file).',
        },
      }
    }
  }
  return {
    steps: chosen.map((one) => {
      const row = rows.get(one.key)
      return { direction: 'up', key: one.key, version: row?.version ?? one.version, ...(row ? { row } : {}) }
    }),
  }
}

/** Pending ones with an applied one after them, in the order of the files. */
export function outOfOrder(definitions: readonly Known[], journal: readonly Applied[]): readonly Known[] {
  const applied = new Set(journal.filter(isApplied).map((row) => row.key))
  const last = definitions.findLastIndex((one) => applied.has(one.key))
  return definitions.filter((one, index) => index < last && !applied.has(one.key))
}

function down(definitions: readonly Known[], journal: readonly Applied[], request: DownRequest): Resolution {
  // By when they were applied, never by their names.
  const applied = journal.filter(isApplied).sort((a, b) => (b.position ?? 0) - (a.position ?? 0))
  const chosen = choose(definitions, applied, request)
  if (!Array.isArray(chosen)) return { error: chosen as ResolveError }
  const rows = chosen as readonly Applied[]
  const stuck = rows.find((row) => !row.reversible)
  if (stuck) {
    return {
      error: {
        code: 'MIGRATION_IRREVERSIBLE',
        message: `Migration ${stuck.file} has no way down, so nothing was rolled back.`,
        hint: 'Give it a `down`, and accept the edit with `lockstep migration:repair --accept-changes`; or roll back only what came after it (--to its version).',
      },
    }
  }
  const keys = new Set(rows.map((row) => row.key))
  for (const row of applied) {
    if (keys.has(row.key)) continue
    const needed = dependencies(row).find((name) => named(rows, name, (one) => [one.file, one.name]).length > 0)
    if (needed !== undefined) {
      return {
        error: {
          code: 'MIGRATION_DEPENDENCY',
          message: `Migration ${row.file} is applied and depends on ${needed}, so that one cannot be rolled back alone.`,
          hint: `Roll back ${row.file} first.`,
        },
      }
    }
  }
  return { steps: rows.map((row) => ({ direction: 'down', key: row.key, version: row.version, row })) }
}

const dependencies = (row: Applied): readonly string[] =>
  Array.isArray(row.metadata.dependsOn) ? (row.metadata.dependsOn as readonly string[]) : []

function choose(
  definitions: readonly Known[],
  applied: readonly Applied[],
  request: DownRequest,
): readonly Applied[] | ResolveError {
  if (request.all) return applied
  if (request.name !== undefined) {
    const found = named(applied, request.name, (row) => [row.file, row.name, row.file.slice(row.version.length + 1)])
    if (found.length === 1) return found
    const known = named(definitions, request.name, (one) => [one.stem, one.slug])
    return found.length === 0 && known.length > 0
      ? {
          code: 'MIGRATION_NOT_FOUND',
          message: `Migration ${known[0]?.stem} is not applied.`,
          hint: 'See `lockstep migration:status`.',
        }
      : notOne(
          request.name,
          found.map((row) => row.file),
        )
  }
  if (request.to !== undefined) {
    const target = versionKey(request.to)
    if (target === '0') return applied
    const at = applied.findIndex((row) => row.key === target)
    return at >= 0 ? applied.slice(0, at) : unknownVersion(request.to, 'applied ')
  }
  if (request.steps !== undefined) return applied.slice(0, request.steps)
  const batch = request.batch ?? applied.reduce((most, row) => Math.max(most, row.batch ?? 0), 0)
  const rows = applied.filter((row) => row.batch === batch)
  return request.batch !== undefined && rows.length === 0
    ? {
        code: 'MIGRATION_NOT_FOUND',
        message: `No applied migration is of batch ${batch}.`,
        hint: 'See `lockstep migration:status`.',
      }
    : rows
}

const notOne = (name: string, found: readonly string[]): ResolveError => ({
  code: 'MIGRATION_NOT_FOUND',
  message:
    found.length === 0
      ? `There is no migration '${name}'.`
      : `'${name}' is the name of several migrations: ${found.join(', ')}.`,
  hint: found.length === 0 ? 'See `lockstep migration:list`.' : 'Name it by its version.',
})
const unknownVersion = (version: string, which = ''): ResolveError => ({
  code: 'MIGRATION_NOT_FOUND',
  message: `There is no ${which}migration of version ${version}.`,
  hint: 'See `lockstep migration:status`; 0 stands for before the first.',
})
