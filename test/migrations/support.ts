// A folder of migration files, a manager over it and a fresh database, and one run of them in a process of its own.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll } from 'vitest'
import { MigrationManager, type MigrationManagerOptions } from '../../src/migrations/index.js'
import { root } from '../guards/support/sources.js'

const folders: string[] = []

/** Inside the checkout, so that files may import the library by its name. */
export async function migrationsFolder(files: Readonly<Record<string, string>>): Promise<string> {
  await mkdir(join(root, '.lockstep'), { recursive: true })
  const folder = await mkdtemp(join(root, '.lockstep', 'migrations-'))
  folders.push(folder)
  await write(folder, files)
  return folder
}

export async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
}

/** Call it at the top of a file that uses migrationsFolder(). */
export function removeFolders(): void {
  afterAll(async () => {
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
  })
}

export async function manager(
  options: MigrationManagerOptions,
  files: Readonly<Record<string, string>>,
): Promise<{ readonly manager: MigrationManager; readonly folder: string }> {
  const folder = await migrationsFolder(files)
  const made = new MigrationManager({ directory: folder, ...options })
  await made.initialize()
  return { manager: made, folder }
}

/** The program of fixtures/up.ts as one file; call it once at the top of a file. */
export function upProgram(): () => string {
  let program = ''
  beforeAll(async () => {
    program = join(await migrationsFolder({}), 'up.mjs')
    await build({
      entryPoints: [fileURLToPath(new URL('./fixtures/up.ts', import.meta.url))],
      outfile: program,
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
    })
  })
  return () => program
}

/** The code and message that the work fails with. */
export const failure = (work: Promise<unknown>): Promise<{ code: string; message: string; hint?: string }> =>
  work.then(
    () => Promise.reject(new Error('It should have failed.')),
    (error) => error,
  )
