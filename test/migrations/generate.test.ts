// Generated files: renames, new enum values and defaults, both ways; each file is tried before it is left there.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { buildScratchDatabase } from '../../src/context/scratch-database.js'
import { generateMigration } from '../../src/migrations/generate/generate.js'
import { withDatabase } from '../support/database.js'
import { failure, migrationsFolder, removeFolders } from './support.js'

removeFolders()
const database = withDatabase()

const first = `
create type state as enum ('open', 'done');
create table users (id serial primary key, name varchar(20) not null default 'x', data jsonb not null default '{}', state state not null default 'open');
create index on users (lower(name)) where state = 'open';
create view names as select name from users;`
const second = first
  .replace("'done')", "'late', 'done')")
  .replace('name varchar(20)', 'name varchar(40)')
  .replace("default 'open'", "default 'late'")

test('two files, one after the other, from what others desire', async () => {
  const { client } = await database()
  const directory = await migrationsFolder({})
  const generate = async (text: string, extension: 'ts' | 'mjs' | 'sql') => {
    const scratch = await buildScratchDatabase({ target: client, files: [{ name: 'desired.sql', text }] })
    try {
      const desired = { type: 'database', client: scratch.client, label: 'desired.sql' } as const
      const made = await generateMigration({
        settings: { directory, extension },
        name: 'next',
        desired,
        target: client,
      })
      return await readFile(join(process.cwd(), made.file), 'utf8')
    } finally {
      await scratch.dispose()
    }
  }
  const one = await generate(first, 'mjs')
  expect(one).toContain("await schema.createEnum('state', ['open', 'done'])")
  expect(one).toContain("t.jsonb('data').notNull().default(sql`'{}'::jsonb`)")
  expect(one).toContain("await schema.dropTable('users')")
  const two = await generate(second, 'mjs')
  expect(two).toContain('export const config = { transaction: false }')
  expect(two).toContain("await schema.alterColumn('users', 'name', { type: 'varchar(40)' })")
  expect(await failure(generate(second, 'sql'))).toMatchObject({ code: 'MIGRATION_EMPTY' })
  const three = await generate(first.replace("'{}'", "'[]'"), 'sql')
  expect(three).toMatch(/^-- name: next\n/)
  expect(three).toContain('-- down')
}, 120_000)
