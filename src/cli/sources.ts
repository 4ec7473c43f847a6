// What a <source> on the command line means: a URL, SQL files, a snapshot, or one of the words model, migrations, empty.
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, extname, join, resolve } from 'node:path'
import { isDatabaseUrl } from '../client/open-client.js'
import { redact } from '../client/redact.js'
import type { SqlFile } from '../context/scratch-database.js'
import { UsageError } from '../errors.js'
import { nearest } from '../model/suggest.js'

/** A source as text said it, before anything is opened. */
export type NamedSource =
  | { readonly type: 'model' }
  | { readonly type: 'empty' }
  | { readonly type: 'migrations' }
  | { readonly type: 'url'; readonly url: string }
  | { readonly type: 'sql'; readonly files: readonly SqlFile[] }
  | { readonly type: 'snapshot'; readonly snapshot: unknown; readonly label: string }

const hint =
  'A source is postgres://…, pglite:…, a .sql file or a folder of them, a snapshot .json, or model, migrations or empty.'

/**
 * Reads what can be read without a database. Paths are relative to `cwd`.
 * @throws UsageError SOURCE_INVALID
 */
export async function readSource(text: string, cwd: string = process.cwd()): Promise<NamedSource> {
  if (text === 'model' || text === 'migrations' || text === 'empty') return { type: text }
  if (isDatabaseUrl(text)) return { type: 'url', url: text }
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) throw invalid(text, 'is a URL that is neither postgres:// nor pglite:')
  const path = resolve(cwd, text)
  const found = await stat(path).catch(() => undefined)
  if (found?.isDirectory()) return { type: 'sql', files: await folder(path, text) }
  if (!found) throw notThere(text)
  const extension = extname(path).toLowerCase()
  if (extension === '.sql') return { type: 'sql', files: [{ name: text, text: await read(path, text) }] }
  if (extension === '.json') return { type: 'snapshot', snapshot: json(await read(path, text), text), label: text }
  throw invalid(text, 'is neither a .sql nor a .json file')
}

const invalid = (text: string, why: string): UsageError =>
  new UsageError('SOURCE_INVALID', `'${redact(text)}' ${why}.`, { hint })

function notThere(text: string): UsageError {
  const near = nearest(text, ['model', 'migrations', 'empty'])
  return new UsageError('SOURCE_INVALID', `'${redact(text)}' is no source: there is no such file or folder.`, {
    hint: near === undefined ? hint : `Did you mean '${near}'? ${hint}`,
  })
}

async function folder(path: string, text: string): Promise<readonly SqlFile[]> {
  const names = (await readdir(path)).filter((name) => extname(name).toLowerCase() === '.sql').sort()
  if (names.length === 0) throw invalid(text, 'is a folder without .sql files')
  return Promise.all(
    names.map(async (name) => ({ name: join(text, name), text: await read(join(path, name), join(text, name)) })),
  )
}

async function read(path: string, text: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).replace(/^\uFEFF/, '')
  } catch (error) {
    throw new UsageError('SOURCE_INVALID', `'${text}' cannot be read (${(error as NodeJS.ErrnoException).code}).`, {
      cause: error,
    })
  }
}

function json(content: string, text: string): unknown {
  try {
    return JSON.parse(content)
  } catch (error) {
    throw new UsageError('SOURCE_INVALID', `${basename(text)} is not JSON: ${(error as Error).message}`, {
      cause: error,
      hint: 'Make one with `lockstep snapshot --out schema.json`.',
    })
  }
}
