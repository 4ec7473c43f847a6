// Which file a specifier of the user's project means: TypeScript's extensions, folders, and the paths of tsconfig.
import { statSync } from 'node:fs'
import { extname, join, resolve } from 'node:path'
import type { TsOptions } from './tsconfig.js'

/** What may stand in the sources for the extension that is written. */
const sources: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
}
const extensions = ['.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '.json']

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true

/** The file that a path means; `sourcesFirst` prefers `x.ts` where `x.js` is written and both exist, as TypeScript does. */
export function resolveFile(path: string, sourcesFirst: boolean): string | undefined {
  const extension = extname(path)
  const stem = path.slice(0, path.length - extension.length)
  const fromSources = (sources[extension] ?? []).map((other) => `${stem}${other}`)
  const candidates = [
    ...(sourcesFirst ? [...fromSources, path] : [path, ...fromSources]),
    ...extensions.map((other) => `${path}${other}`),
    ...extensions.map((other) => join(path, `index${other}`)),
  ]
  return candidates.find(isFile)
}

/** The file that a bare specifier means by `paths` or `baseUrl`; undefined where neither leads to one. */
export function resolveByPaths(specifier: string, options: TsOptions): string | undefined {
  const best = options.paths
    .flatMap(([pattern, targets]) => {
      const star = pattern.indexOf('*')
      if (star < 0) return pattern === specifier ? [{ length: Number.POSITIVE_INFINITY, matched: '', targets }] : []
      const before = pattern.slice(0, star)
      const after = pattern.slice(star + 1)
      const fits =
        specifier.length >= before.length + after.length && specifier.startsWith(before) && specifier.endsWith(after)
      return fits
        ? [{ length: before.length, matched: specifier.slice(before.length, specifier.length - after.length), targets }]
        : []
    })
    .sort((a, b) => b.length - a.length)[0]
  for (const target of best?.targets ?? []) {
    const found = resolveFile(
      target.replace('*', () => best?.matched ?? ''),
      true,
    )
    if (found) return found
  }
  return options.baseUrl === undefined ? undefined : resolveFile(resolve(options.baseUrl, specifier), true)
}
