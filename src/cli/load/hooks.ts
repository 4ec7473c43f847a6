// The module hooks that load the user's TypeScript without a build; they run on Node's loader thread.
import { readFile } from 'node:fs/promises'
import type { LoadHook, ResolveHook } from 'node:module'
import { dirname, isAbsolute, join, resolve as resolvePath } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { isOwnFile, ownEntries } from './own-entries.js'
import { packageTypeOf } from './package-type.js'
import { resolveByPaths, resolveFile } from './resolve-file.js'
import { tsOptionsFor } from './tsconfig.js'

const typescript = /\.(?:ts|mts|cts|tsx)$/
const dependency = /[\\/]node_modules[\\/]/

/** The path of a file of the user's project; undefined for dependencies, Lockstep's own files and all that is no file. */
function projectFile(url: string | undefined): string | undefined {
  if (!url?.startsWith('file:')) return undefined
  const file = fileURLToPath(url)
  return dependency.test(file) || isOwnFile(file) ? undefined : file
}

export const resolve: ResolveHook = async (specifier, context, next) => {
  const parent = context.parentURL === undefined ? undefined : projectFile(context.parentURL)
  const own = ownEntries.get(specifier)
  if (own !== undefined && (context.parentURL === undefined || !isOwnUrl(context.parentURL))) return next(own, context)
  if (parent === undefined) return next(specifier, context)
  const found = candidate(specifier, parent)
  return next(found === undefined ? specifier : `${pathToFileURL(found.file).href}${found.query}`, context)
}

const isOwnUrl = (url: string): boolean => url.startsWith('file:') && isOwnFile(fileURLToPath(url))

function candidate(specifier: string, parent: string): { readonly file: string; readonly query: string } | undefined {
  const [, name = specifier, query = ''] = /^([^?#]*)([?#].*)?$/s.exec(specifier) ?? []
  const path = name.startsWith('file:')
    ? fileURLToPath(name)
    : name.startsWith('./') || name.startsWith('../') || name === '.' || name === '..'
      ? resolvePath(dirname(parent), decodeURIComponent(name))
      : isAbsolute(name)
        ? name
        : undefined
  if (path !== undefined) {
    const file = resolveFile(path, typescript.test(parent))
    return file === undefined ? undefined : { file, query }
  }
  if (/^[a-z][a-z0-9+.-]+:/i.test(name) || name.startsWith('#')) return undefined
  const file = resolveByPaths(name, tsOptionsFor(parent))
  return file === undefined ? undefined : { file, query }
}

export const load: LoadHook = async (url, context, next) => {
  const file = projectFile(url.replace(/[?#].*$/s, ''))
  if (file === undefined || !typescript.test(file)) return next(url, context)
  const { transpile } = await import('./transpile.js')
  const commonJs = file.endsWith('.cts') || (!file.endsWith('.mts') && packageTypeOf(dirname(file)) !== 'module')
  const source = transpile(await readFile(file, 'utf8'), join(file), tsOptionsFor(file), commonJs)
  return { format: 'module', source, shortCircuit: true }
}
