// A process that is killed at each boundary, up and down, in transactions and without: journal and schema agree, and the next run goes on.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { DatabaseClient } from '../../src/client/database-client.js'
import { MigrationManager, type MigrationManagerOptions } from '../../src/migrations/index.js'
import { withDatabase } from '../support/database.js'
import { Relay } from '../support/relay.js'
import { failure, manager, removeFolders, upProgram } from './support.js'

removeFolders()
const database = withDatabase()
const program = upProgram()

/** Runs in a process of its own until it reaches the message, kills it there, and waits for its backends to be gone. */
async function killedAt(
  at: { readonly pattern: RegExp; readonly when: 'before' | 'after' },
  way: 'up' | 'down',
  target: { readonly url: string; readonly folder: string; readonly client: DatabaseClient },
): Promise<void> {
  const relay = await Relay.start(target.url)
  const reached = relay.hold(at.pattern, at.when)
  const child: ChildProcess = spawn(process.execPath, [program(), relay.url, target.folder, way], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = once(child, 'exit')
  await Promise.race([reached, ended.then(() => Promise.reject(new Error('It ended before it came there.')))])
  child.kill('SIGKILL')
  await ended
  relay.stop()
  for (let attempt = 0; attempt < 300; attempt++) {
    const { rowCount } = await target.client.query(
      "select from pg_stat_activity where datname = current_database() and application_name like 'lockstep %@%' and pid <> pg_backend_pid()",
    )
    if (rowCount === 0) return
    await sleep(50)
  }
  throw new Error('Its backend does not end.')
}

const tables = async (client: DatabaseClient): Promise<readonly string[]> =>
  (
    await client.query<{ name: string }>(
      "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1",
    )
  ).rows.map((row) => row.name)

async function made(
  options: MigrationManagerOptions & { readonly client: DatabaseClient },
  files: Readonly<Record<string, string>>,
): Promise<{ readonly migrations: MigrationManager; readonly folder: string; readonly notes: string[] }> {
  const { manager: migrations, folder } = await manager(options, files)
  const notes: string[] = []
  migrations.on('note', ({ message }) => notes.push(message))
  return { migrations, folder, notes }
}
const attempts = async (migrations: MigrationManager): Promise<readonly string[]> =>
  (await migrations.getHistory()).map((row) => `${row.version} ${row.direction} ${row.status}`).reverse()

/** A row's table in the database, for each migration that the journal calls applied, and no other. */
async function agree(migrations: MigrationManager, client: DatabaseClient): Promise<readonly string[]> {
  const applied = (await migrations.getStatus()).applied.map((one) => one.name)
  expect(await tables(client)).toEqual([...applied].sort())
  return applied
}

const running = (version: string) => new RegExp(`'${version}'[\\s\\S]*'running'|'running'[\\s\\S]*'${version}'`)
/** The message with the row of a migration that was done, and its COMMIT. */
const done = (version: string) =>
  new RegExp(`^with changed as \\(update(?:(?!returning)[\\s\\S])*'${version}'[\\s\\S]*;\\ncommit`)
const cut = (file: string, fate: string) =>
  `The last run was cut off in migration ${file}; PostgreSQL rolled it back. It is ${fate}.`

describe('in transactions', () => {
  const files = {
    '001_a.sql': '-- up\ncreate table a (id int);\ncreate index on a (id);\n-- down\ndrop table a;\n',
    '002_b.mjs': `export async function up(schema) { await schema.query('create table b (id int)'); await schema.query('insert into b values (1)') }
export async function down(schema) { await schema.query('delete from b'); await schema.query('drop table b') }\n`,
    '003_c.sql': '-- up\ncreate table c (id int);\n-- down\ndrop table c;\n',
  }
  const pending = [cut('002_b', 'pending again')]
  test.each<[string, RegExp, 'before' | 'after', readonly string[], readonly string[]]>([
    ['before the lock', /pg_try_advisory_lock/, 'before', [], []],
    ['after the lock', /pg_try_advisory_lock/, 'after', [], []],
    ['before the first file', running('001'), 'before', [], []],
    ['after the statements of an .sql file', running('001'), 'after', [], [cut('001_a', 'pending again')]],
    ['before the COMMIT that begins the next file', done('001'), 'before', [], [cut('001_a', 'pending again')]],
    ['between two files', done('001'), 'after', ['a'], pending],
    ['inside the transaction', /^create table b/, 'after', ['a'], pending],
    ['right before COMMIT', done('002'), 'before', ['a'], pending],
    ['right after COMMIT', done('002'), 'after', ['a', 'b'], [cut('003_c', 'pending again')]],
    ['right after the last COMMIT', done('003'), 'after', ['a', 'b', 'c'], []],
  ])(
    'up: %s',
    async (_what, pattern, when, applied, said) => {
      const { client, url } = await database()
      const { migrations, folder, notes } = await made({ client }, files)
      await killedAt({ pattern, when }, 'up', { url, folder, client })
      expect(await agree(migrations, client)).toEqual(applied)
      expect((await migrations.migrate()).executed.map((one) => one.name)).toEqual(
        ['a', 'b', 'c'].filter((name) => !applied.includes(name)),
      )
      expect(notes).toEqual(said)
      expect(await agree(migrations, client)).toEqual(['a', 'b', 'c'])
      const failed = said.map((note) => `${/00\d/.exec(note)?.[0]} up failed`)
      expect((await attempts(migrations)).filter((one) => one.endsWith('failed'))).toEqual(failed)
      expect((await attempts(migrations)).filter((one) => one.endsWith('completed'))).toHaveLength(3)
    },
    60_000,
  )

  const still = [cut('002_b', 'still applied')]
  test.each<[string, RegExp, 'before' | 'after', readonly string[], readonly string[]]>([
    [
      'before the COMMIT that begins the next file',
      done('003'),
      'before',
      ['a', 'b', 'c'],
      [cut('003_c', 'still applied')],
    ],
    ['between two files', done('003'), 'after', ['a', 'b'], still],
    ['inside the transaction', /^drop table b/, 'after', ['a', 'b'], still],
    ['right before COMMIT', done('002'), 'before', ['a', 'b'], still],
    ['right after COMMIT', done('002'), 'after', ['a'], [cut('001_a', 'still applied')]],
    ['after the statements of an .sql file', /^drop table a/, 'after', ['a'], [cut('001_a', 'still applied')]],
    ['right after the last COMMIT', done('001'), 'after', [], []],
  ])(
    'down: %s',
    async (_what, pattern, when, applied, said) => {
      const { client, url } = await database()
      const { migrations, folder, notes } = await made({ client }, files)
      await migrations.migrate()
      await killedAt({ pattern, when }, 'down', { url, folder, client })
      expect(await agree(migrations, client)).toEqual(applied)
      const { rolledBackMigrations } = await migrations.rollback({ all: true })
      expect(rolledBackMigrations.map((one) => one.name)).toEqual([...applied].reverse())
      expect(notes).toEqual(said)
      expect(await agree(migrations, client)).toEqual([])
      const failed = said.map((note) => `${/00\d/.exec(note)?.[0]} down failed`)
      expect((await attempts(migrations)).filter((one) => one.endsWith('failed'))).toEqual(failed)
      expect((await migrations.migrate()).executed).toHaveLength(3)
    },
    60_000,
  )
})

test('a connection that is lost at the COMMIT that begins the next file: what was committed counts, the next is pending again', async () => {
  const { client, url } = await database()
  const { folder } = await made({ client }, { '001_a.sql': 'create table a ();', '002_b.sql': 'create table b ();' })
  const relay = await Relay.start(url)
  const cutOff = new MigrationManager({ connection: relay.url, directory: folder, lazy: true })
  const reached = relay.hold(done('001'), 'after')
  const run = failure(cutOff.migrate())
  await reached
  relay.cut()
  expect(await run).toMatchObject({
    code: 'CONNECTION_LOST',
    message: expect.stringContaining('Migration 002_b failed'),
  })
  await cutOff.shutdown()
  relay.stop()
  const migrations = new MigrationManager({ client, directory: folder, lazy: true })
  expect(await agree(migrations, client)).toEqual(['a'])
  expect((await migrations.migrate()).executed.map((one) => one.name)).toEqual(['b'])
  expect(await attempts(migrations)).toEqual(['001 up completed', '002 up failed', '002 up completed'])
}, 60_000)

describe('without a transaction', () => {
  const files = {
    '001_a.sql': '-- up\ncreate table a (id int);\n-- down\ndrop table a;\n',
    '002_b.sql':
      '-- transaction: false\n-- up\ncreate table b (id int);\ncreate index concurrently b_idx on b (id);\n-- down\ndrop index concurrently b_idx;\ndrop table b;\n',
    '003_c.sql': '-- up\ncreate table c (id int);\n-- down\ndrop table c;\n',
  }
  const row = /^with changed as \(update(?:(?!returning)[\s\S])*'002'(?![\s\S]*;\ncommit)/

  test.each<[string, RegExp, 'before' | 'after', 'nothing' | 'half way' | 'applied', readonly string[]]>([
    ['before `running`', running('002'), 'before', 'nothing', ['a']],
    ['between `running` and the statement', running('002'), 'after', 'half way', ['a']],
    ['after a statement', /^create table b/, 'after', 'half way', ['a', 'b']],
    ['before the row', row, 'before', 'half way', ['a', 'b']],
    ['after the row', row, 'after', 'applied', ['a', 'b']],
  ])(
    'up: %s',
    async (_what, pattern, when, state, there) => {
      const { client, url } = await database()
      const { migrations, folder } = await made({ client }, files)
      await killedAt({ pattern, when }, 'up', { url, folder, client })
      expect(await tables(client)).toEqual(there)
      const status = await migrations.getStatus()
      expect(status.failed.map((one) => one.halfway)).toEqual(state === 'half way' ? [true] : [])
      if (state === 'half way') {
        expect(await failure(migrations.migrate())).toMatchObject({
          code: 'MIGRATION_INTERRUPTED',
          message: expect.stringContaining('002_b was cut off half way:'),
          hint: expect.stringContaining('migration:repair 002'),
        })
        await client.query('drop table if exists b')
        await migrations.repair({ migration: '002', as: 'pending' })
      }
      await migrations.migrate()
      expect(await agree(migrations, client)).toEqual(['a', 'b', 'c'])
      expect(await client.query("select from pg_index where indrelid = 'b'::regclass and indisvalid")).toMatchObject({
        rowCount: 1,
      })
    },
    60_000,
  )

  test.each<[string, RegExp, 'before' | 'after', 'nothing' | 'half way' | 'rolled back', readonly string[]]>([
    ['before `running`', running('002'), 'before', 'nothing', ['a', 'b']],
    ['between `running` and the statement', running('002'), 'after', 'half way', ['a', 'b']],
    ['after a statement', /^drop table b/, 'after', 'half way', ['a']],
    ['before the row', row, 'before', 'half way', ['a']],
    ['after the row', row, 'after', 'rolled back', ['a']],
  ])(
    'down: %s',
    async (_what, pattern, when, state, there) => {
      const { client, url } = await database()
      const { migrations, folder } = await made({ client }, files)
      await migrations.migrate()
      await killedAt({ pattern, when }, 'down', { url, folder, client })
      expect(await tables(client)).toEqual(there)
      if (state === 'half way') {
        expect(await failure(migrations.rollback({ all: true }))).toMatchObject({
          code: 'MIGRATION_INTERRUPTED',
          message: expect.stringContaining('002_b was cut off half way down'),
        })
        const undone = !there.includes('b')
        await migrations.repair({ migration: '002', as: undone ? 'pending' : 'applied' })
      }
      await migrations.rollback({ all: true })
      expect(await agree(migrations, client)).toEqual([])
      await migrations.migrate()
      expect(await agree(migrations, client)).toEqual(['a', 'b', 'c'])
    },
    60_000,
  )
})
