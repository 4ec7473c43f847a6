// Generated files: renames, new enum values and defaults, both ways; each file is tried before it is left there.
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { buildScratchDatabase } from '../../src/context/scratch-database.js'
import { Column, DbContext, type DbEntityTable, Entity, integer, varchar } from '../../src/index.js'
import { generateMigration } from '../../src/migrations/generate/generate.js'
import type { MigrationContext } from '../../src/migrations/index.js'
import { withDatabase } from '../support/database.js'
import { failure, migrationsFolder, removeFolders, write } from './support.js'

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

test('a first form that fails half way leaves nothing to the second; a snapshot of other files is noticed by name', async () => {
  const { client } = await database()
  const directory = await migrationsFolder({})
  const notes: string[] = []
  let imports = 0
  const half = {
    config: { transaction: false },
    up: async (schema: MigrationContext) => {
      await schema.createEnum('state', ['open'])
      throw new Error('no further')
    },
    down: async () => undefined,
  }
  const generate = async (values: string) => {
    const files = [{ name: 'desired.sql', text: `create type state as enum (${values});` }]
    const scratch = await buildScratchDatabase({ target: client, files })
    try {
      return await generateMigration({
        settings: { directory, extension: 'mjs', importFile: async (url) => (imports++ === 0 ? half : import(url)) },
        name: 'states',
        desired: { type: 'database', client: scratch.client, label: 'desired.sql' },
        target: client,
        onNote: (message) => notes.push(message),
      })
    } finally {
      await scratch.dispose()
    }
  }
  const made = await generate("'open', 'done'")
  expect(await readdir(directory)).toEqual(['.lockstep-snapshot.json', basename(made.file)])
  expect(await readFile(made.file, 'utf8')).toContain("await schema.apply({ type: 'create_enum'")
  await write(directory, { '99990101000000_by_hand.sql': '-- up\ncreate type other as enum ();\n' })
  const next = await generate("'open', 'done', 'late'")
  expect(next.up.map((step) => step.description)).toHaveLength(2)
  expect(notes).toEqual([
    expect.stringMatching(/_states\.mjs is written as operations: .* failed: it threw Error: no further\)\.$/),
    '.lockstep-snapshot.json is older than the files (99990101000000_by_hand was added): it was not used, and all files were run instead.',
  ])
}, 120_000)

test('what a file made by hand and the model does not know makes way and comes back, or goes with its table', async () => {
  const { client } = await database()
  const directory = await migrationsFolder({
    '001_users.sql':
      '-- up\ncreate table users (id int, name varchar(20));\ncreate table gone (id int);\ncreate view names as select name from users;\ncreate view ids as select id from gone;\n',
  })
  @Entity({ table: 'users', keyless: true })
  class User {
    @Column(integer(), { nullable: true }) id!: number | null
    @Column(varchar(40), { nullable: true }) name!: string | null
  }
  class Db extends DbContext {
    get users(): DbEntityTable<User> {
      return this.table(User)
    }
  }
  const made = await generateMigration({
    settings: { directory, extension: 'mjs' },
    name: 'wider',
    desired: { type: 'model', model: () => new Db(client).model },
    target: client,
  })
  expect(made.up.map((step) => step.description)).toEqual([
    "Drop view 'names'",
    "Alter column 'users.name' (type varchar(20) → varchar(40))",
    "Create view 'names'",
    "Drop view 'ids'",
    "Drop table 'gone'",
  ])
}, 120_000)
