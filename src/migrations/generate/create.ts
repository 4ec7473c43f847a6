// New migration files: where they go, what they are called, and the empty one.
import { mkdir, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { UsageError } from '../../errors.js'
import { findFiles } from '../files.js'
import { type MigrationManagerOptions, type ResolvedSettings, resolveSettings } from '../settings.js'
import { nextVersion, slugOf } from '../version.js'

export interface CreatedFile {
  /** Relative to the working directory. */
  readonly file: string
  readonly version: string
}

const quoted = (text: string): string => (/['\\\p{Cc}]/u.test(text) ? JSON.stringify(text) : `'${text}'`)

const templates: Readonly<Record<ResolvedSettings['extension'], (name: string) => string>> = {
  ts: (name) => `import type { MigrationContext } from 'lockstep-pg/migrations'

export const name = ${quoted(name)}

export async function up(schema: MigrationContext): Promise<void> {
  // await schema.createTable('users', (t) => {
  //   t.integer('id').identity().primaryKey()
  //   t.varchar('username', 100).notNull()
  // })
}

// What the builder does, it can undo. A migration that sends SQL of its own needs a way down of its own:
// export async function down(schema: MigrationContext): Promise<void> {}
`,
  js: (name) => `export const name = ${quoted(name)}

/** @param {import('lockstep-pg/migrations').MigrationContext} schema */
export async function up(schema) {
  // await schema.createTable('users', (t) => {
  //   t.integer('id').identity().primaryKey()
  //   t.varchar('username', 100).notNull()
  // })
}

// What the builder does, it can undo. A migration that sends SQL of its own needs a way down of its own:
// export async function down(schema) {}
`,
  mjs: (name) => templates.js(name),
  sql: (name) => `-- name: ${name.replace(/\s+/g, ' ')}
-- up

-- down

`,
}

/** Writes an empty migration. @throws USAGE for a name without letters or digits */
export async function createMigration(
  options: MigrationManagerOptions,
  name: string,
  now: Date = new Date(),
): Promise<CreatedFile> {
  const settings = resolveSettings(options)
  return writeMigration(settings, name, templates[settings.extension](name), now)
}

/** Writes a file under a version that is later than every one there is. */
export async function writeMigration(
  settings: ResolvedSettings,
  name: string,
  text: string,
  now: Date,
): Promise<CreatedFile & { readonly path: string }> {
  const slug = slugOf(name)
  if (slug === '')
    throw new UsageError('USAGE', `'${name}' is no name for a migration: it has no letter and no digit.`, {
      hint: 'For example: lockstep migration:create add_users_table',
    })
  const directory = settings.directories.at(-1) as string
  await mkdir(directory, { recursive: true })
  const { files } = await findFiles({ ...settings, directories: [...settings.directories.slice(0, -1), directory] })
  const version = nextVersion(
    now,
    files.map((file) => file.key),
  )
  // A name that begins with digits would be read as a part of the version.
  const path = join(directory, `${version}_${/^\d/.test(slug) ? `m_${slug}` : slug}.${settings.extension}`)
  await writeFile(path, text, { flag: 'wx' })
  return { file: relative(process.cwd(), path).replaceAll('\\', '/'), version, path }
}
