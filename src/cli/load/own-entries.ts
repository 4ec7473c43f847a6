// The running program's own entry points: `import 'lockstep-pg'` in a user's file has to be this very instance, or instanceof and metadata break.
import { dirname, extname, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(import.meta.url)
const root = dirname(dirname(dirname(here)))
const entry = (path: string): string => new URL(`../../${path}${extname(here)}`, import.meta.url).href

/** Bare specifiers of this package and the URLs of its files. */
export const ownEntries: ReadonlyMap<string, string> = new Map([
  ['lockstep-pg', entry('index')],
  ['lockstep-pg/migrations', entry('migrations/index')],
  ['lockstep-pg/testing', entry('testing/index')],
])

/** A file of this program. */
export const isOwnFile = (file: string): boolean => file.startsWith(`${root}${sep}`)
