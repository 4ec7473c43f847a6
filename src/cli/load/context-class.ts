// The DbContext subclass that the configuration, a flag or the default place names.
import { stat } from 'node:fs/promises'
import { basename, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { DatabaseClient } from '../../client/database-client.js'
import { DbContext } from '../../context/db-context.js'
import type { ContextOptions } from '../../context/options.js'
import { UsageError } from '../../errors.js'
import { nearest } from '../../model/suggest.js'
import { importProjectModule } from './import-module.js'

/** A context that the program can make. */
export type ContextClass = new (client: DatabaseClient, options?: ContextOptions) => DbContext

const defaultPlaces = ['ts', 'mts', 'js', 'mjs'].map((extension) => `src/database.${extension}`)

const example = `export default class AppDatabase extends DbContext {
  get users(): DbEntityTable<User> { return this.table(User) }
}`

/**
 * The class: the module's default export, else its only exported subclass; `file#Name` chooses.
 * @throws UsageError CONTEXT_NOT_FOUND, CONTEXT_AMBIGUOUS (lists them), MODULE_NOT_LOADED
 */
export async function loadContextClass(named: string | undefined, root: string): Promise<ContextClass> {
  const { file, name } = await place(named, root)
  const label = relative(process.cwd(), file) || basename(file)
  const module = exportsOf(await importProjectModule(pathToFileURL(file).href, label))
  if (name !== undefined) return chosen(module, name, label)
  if (isContextClass(module.default)) return module.default
  const found = Object.entries(module).filter(([, value]) => isContextClass(value))
  const classes = new Set(found.map(([, value]) => value))
  if (classes.size === 1) return [...classes][0] as ContextClass
  if (classes.size === 0) throw notAContext(`${label} exports no class that extends DbContext.`, Object.values(module))
  throw new UsageError(
    'CONTEXT_AMBIGUOUS',
    `${label} exports several contexts: ${found.map(([key]) => key).join(', ')}.`,
    {
      hint: `Choose one: --context ${label}#${found[0]?.[0]}, or context: './${label}#${found[0]?.[0]}' in the configuration.`,
      details: { file: label, contexts: found.map(([key]) => key) },
    },
  )
}

async function place(named: string | undefined, root: string): Promise<{ file: string; name?: string }> {
  if (named === undefined) {
    for (const path of defaultPlaces) if (await isFile(resolve(root, path))) return { file: resolve(root, path) }
    throw new UsageError(
      'CONTEXT_NOT_FOUND',
      `There is no context: neither a configuration names one, nor does ${defaultPlaces[0]} exist.`,
      {
        hint: `\`lockstep init\` writes both; or put this into ${defaultPlaces[0]}:\n${example}`,
      },
    )
  }
  const [, path = named, name] = /^(.*?)(?:#([^#]*))?$/s.exec(named) ?? []
  const file = resolve(root, path)
  if (await isFile(file)) return name ? { file, name } : { file }
  throw new UsageError('CONTEXT_NOT_FOUND', `The context's module ${path} does not exist in ${root}.`, {
    hint: "Name it with its extension, as in context: './src/database.ts' or --context src/database.ts#AppDatabase.",
  })
}

const isFile = async (path: string): Promise<boolean> => (await stat(path).catch(() => undefined))?.isFile() === true

/** A CommonJS module arrives as its `default`. */
function exportsOf(module: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { default: inner } = module
  const isInterop = typeof inner === 'object' && inner !== null
  return isInterop ? { ...module, ...(inner as Record<string, unknown>) } : module
}

function chosen(module: Readonly<Record<string, unknown>>, name: string, label: string): ContextClass {
  const value = Object.hasOwn(module, name) ? module[name] : undefined
  if (isContextClass(value)) return value
  const near = nearest(name, Object.keys(module))
  if (value !== undefined) throw notAContext(`${label}#${name} is not a class that extends DbContext.`, [value])
  throw new UsageError('CONTEXT_NOT_FOUND', `${label} exports no '${name}'.`, {
    hint:
      near === undefined ? `It exports: ${Object.keys(module).join(', ') || 'nothing'}.` : `Did you mean '${near}'?`,
  })
}

const isContextClass = (value: unknown): value is ContextClass =>
  typeof value === 'function' && value.prototype instanceof DbContext

function notAContext(message: string, values: readonly unknown[]): UsageError {
  const foreign = values.some((value) => typeof value === 'function' && ancestors(value).includes('DbContext'))
  return new UsageError('CONTEXT_NOT_FOUND', message, {
    hint: foreign
      ? "It extends the DbContext of another copy of lockstep-pg: run the program of that copy (npx lockstep), and import from 'lockstep-pg'."
      : `Write it there:\n${example}`,
  })
}

function ancestors(value: object): readonly string[] {
  const names: string[] = []
  for (let at = Object.getPrototypeOf(value) as { name?: string } | null; at; at = Object.getPrototypeOf(at)) {
    if (at.name) names.push(at.name)
  }
  return names
}
