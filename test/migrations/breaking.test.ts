// What goes wrong with files, order, time and code: each ends in a clear error, and the next run goes on.
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { MigrationManager } from '../../src/migrations/index.js'
import { withDatabase } from '../support/database.js'
import { failure, manager, migrationsFolder, removeFolders, write } from './support.js'

removeFolders()
const database = withDatabase()
const table = (name: string) => `-- up\ncreate table ${name} (id int);\n-- down\ndrop table ${name};\n`
const three = { '001_a.sql': table('a'), '002_b.sql': table('b'), '003_c.sql': table('c') }
const code = (text: string) => `export async function up(schema) { ${text} }\nexport async function down(schema) {}\n`

async function versions(client: { query(text: string): Promise<{ rows: readonly unknown[] }> }): Promise<string> {
  const { rows } = await client.query('select version, status from lockstep.migration order by version')
  return (rows as { version: string; status: string }[]).map((row) => `${row.version} ${row.status}`).join(', ')
}

describe('files that changed behind our back', () => {
  test('edited, renamed, deleted, added in the past', async () => {
    const { client } = await database()
    const { manager: migrations, folder } = await manager({ client }, three)
    await migrations.migrate({ to: '002' })
    await write(folder, { '001_a.sql': table('a2') })
    expect(await failure(migrations.migrate())).toMatchObject({
      code: 'MIGRATION_CHANGED',
      message: expect.stringContaining('001_a.sql was edited'),
    })
    expect(await migrations.repair({ acceptChanges: true })).toMatchObject([
      { version: '001', change: 'changes accepted' },
    ])
    await write(folder, { '001_a.sql': table('a') })
    await migrations.repair({ migration: '001', acceptChanges: true })

    await rename(join(folder, '002_b.sql'), join(folder, '005_b.sql'))
    const gone = await failure(migrations.migrate())
    expect(gone).toMatchObject({
      code: 'MIGRATION_MISSING',
      hint: expect.stringContaining('005_b.sql has the same text'),
    })
    await rename(join(folder, '005_b.sql'), join(folder, '002_other.sql'))
    expect((await migrations.validate()).warnings).toMatchObject([{ code: 'MIGRATION_CHANGED' }])
    await rm(join(folder, '002_other.sql'))
    expect(await failure(migrations.rollback({ steps: 1 }))).toMatchObject({ code: 'MIGRATION_IRREVERSIBLE' })
    await migrations.repair({ migration: '002', forget: true })

    await migrations.migrate()
    await write(folder, { '002_late.sql': table('late') })
    expect(await failure(migrations.migrate())).toMatchObject({ code: 'MIGRATION_OUT_OF_ORDER' })
    const { appliedMigrations } = await migrations.migrate({ outOfOrder: true })
    expect(appliedMigrations.map((one) => one.file)).toEqual(['002_late'])
    // The last applied is the late one, whatever its version.
    expect((await migrations.rollback({ steps: 1 })).rolledBackMigrations.map((one) => one.file)).toEqual(['002_late'])
  })

  test('two branches with one version; strict mode', async () => {
    const { client } = await database()
    const { manager: migrations, folder } = await manager({ client }, { ...three, '3_other.sql': table('o') })
    expect(await failure(migrations.migrate())).toMatchObject({ code: 'MIGRATION_DUPLICATE' })
    await rename(join(folder, '3_other.sql'), join(folder, '004_other.sql'))
    await write(folder, { 'notes.sql': 'select 1', '005_oneway.sql': 'create table oneway ();' })
    const strict = new MigrationManager({ client, directory: folder, lazy: true, validation: { strictMode: true } })
    expect(await failure(strict.migrate())).toMatchObject({ code: 'MIGRATION_NAME' })
    expect((await strict.validate()).errors).toContainEqual(
      expect.objectContaining({ code: 'MIGRATION_NO_DOWN', severity: 'error' }),
    )
    await rm(join(folder, 'notes.sql'))
    expect(await failure(strict.migrate())).toMatchObject({ code: 'MIGRATION_NO_DOWN' })
    expect((await migrations.migrate()).executed).toHaveLength(5)
    expect(await failure(migrations.rollback())).toMatchObject({ code: 'MIGRATION_IRREVERSIBLE' })
  })

  test('syntax errors are found before anything runs, newer syntax is left to the server', async () => {
    const { client } = await database()
    const { manager: migrations, folder } = await manager(
      { client },
      { '001_a.sql': table('a'), '002_b.sql': '-- up\ncreate tabel b ();\n-- down\ndrop table b;' },
    )
    expect(await failure(migrations.migrate())).toMatchObject({
      code: 'MIGRATION_SQL',
      message: expect.stringMatching(/002_b\.sql:2:8: syntax error/),
    })
    expect(await client.query("select 1 from pg_class where relname = 'a'")).toMatchObject({ rowCount: 0 })
    await write(folder, { '002_b.sql': '-- up\nvacuum;\n-- down\nselect 1;' })
    expect(await failure(migrations.migrate())).toMatchObject({ code: 'MIGRATION_TRANSACTION' })
    await write(folder, { '002_b.sql': '-- transaction: false\n-- up\nvacuum;\n-- down\nselect 1;' })
    expect((await migrations.migrate()).executed).toHaveLength(2)

    // All statements of a file go in one message; the place is that of the one that failed all the same.
    const place = async (text: string) => {
      await write(folder, { '003_c.sql': `-- up\n${text}\n-- down\nselect 1;` })
      return (await failure(migrations.migrate())).message.split('\n')[0]
    }
    expect(await place("comment on table a is '😀 ä';\nselect 1; -- x\n  select nosuch;\nselect 2;")).toContain(
      '003_c.sql:4:10: column "nosuch" does not exist',
    )
    expect(await place('insert into a values (1);\ninsert into a\n  select 1/0;\nselect 2')).toContain(
      '003_c.sql:3:1: division by zero',
    )
    expect(await place('')).toContain('has no statement in its way up')
  })
})

test('what the database has already is recorded without running it', async () => {
  const { client } = await database()
  const { manager: migrations } = await manager({ client }, three)
  await client.query('create table a (id int)')
  expect(await failure(migrations.migrate())).toMatchObject({
    code: 'MIGRATION_FAILED',
    hint: expect.stringContaining('migration:repair 001 --applied'),
  })
  expect(await migrations.repair({ migration: '001', as: 'applied' })).toMatchObject([{ file: '001_a' }])
  await client.query('create table b (id int)')
  expect(await migrations.repair({ migration: '002_b', as: 'applied' })).toMatchObject([{ change: 'applied' }])
  expect(await failure(migrations.repair({ migration: '002_b', as: 'applied' }))).toMatchObject({ code: 'USAGE' })
  expect((await migrations.migrate()).executed.map((one) => one.version)).toEqual(['003'])
  expect((await migrations.rollback({ all: true })).executed).toHaveLength(3)
})

describe('code that misbehaves', () => {
  test.each([
    ['throws', 'schema.nosuch()', 'MIGRATION_FAILED', '001_x.mjs:1:43: it threw TypeError: schema.nosuch is not'],
    ['throws a string', "throw 'no luck'", 'MIGRATION_FAILED', "it threw 'no luck'"],
    ['throws nothing', 'throw undefined', 'MIGRATION_FAILED', 'it threw'],
    [
      'rejects with a database error',
      "await schema.query('select nosuch')",
      'MIGRATION_FAILED',
      '001_x.mjs:1:49: A statement of the migration failed: column "nosuch" does not exist',
    ],
    [
      'catches a failed statement',
      "await schema.query('selct').catch(() => {}); ",
      'MIGRATION_FAILED',
      'current transaction is aborted',
    ],
    ['opens a transaction', "await schema.script('begin; create table x ()')", 'MIGRATION_TRANSACTION', "'begin'"],
    [
      'commits',
      "await schema.query('create table y ()'); await schema.query('commit')",
      'MIGRATION_TRANSACTION',
      'It was not sent',
    ],
    [
      'commits in a block',
      "await schema.query('do $$ begin commit; end $$')",
      'MIGRATION_FAILED',
      'invalid transaction termination',
    ],
    [
      'does not await',
      "schema.createTable('z', (t) => t.integer('id'))",
      'MIGRATION_NOT_AWAITED',
      "001_x.mjs:1:43: The migration did not await schema.createTable('z')",
    ],
    [
      'does not await SQL',
      "schema.query('select pg_sleep(0.1)')",
      'MIGRATION_NOT_AWAITED',
      'did not await schema.query()',
    ],
    [
      'asks for what is not there',
      "await schema.dropTable('nosuch')",
      'MIGRATION_FAILED',
      "There is no table 'nosuch'",
    ],
    [
      'applies nonsense',
      "await schema.apply({ type: 'create_tabel' })",
      'MIGRATION_FAILED',
      "There is no operation 'create_tabel'",
    ],
  ])('%s', async (_what, text, wanted, message) => {
    const { client } = await database()
    const { manager: migrations, folder } = await manager({ client }, { '001_x.mjs': code(text) })
    const error = await failure(migrations.migrate())
    expect(error).toMatchObject({ code: wanted, message: expect.stringContaining(message) })
    expect(await versions(client)).toBe('001 failed')
    expect(await client.query("select relname from pg_class where relname in ('x', 'y', 'z')")).toMatchObject({
      rowCount: 0,
    })
    await write(folder, { '001_x.mjs': code("await schema.query('create table x ()')") })
    expect(await migrations.migrateToLatest()).toMatchObject({ success: true })
  })

  test('ends its transaction where nobody can see it: said, and nothing recorded as done', async () => {
    const { client } = await database()
    // To the server, once its strings know backslashes, the second is three statements; to everybody else it is one with a long text in it.
    const hidden = code(
      "await schema.query('set standard_conforming_strings = off'); await schema.query('create table y ()'); await schema.query(String.raw`select 'x\\'' ; commit; select ''`)",
    )
    const { manager: migrations, folder } = await manager({ client }, { '001_x.mjs': hidden, '002_b.sql': table('b') })
    expect(await failure(migrations.migrate())).toMatchObject({
      code: 'MIGRATION_TRANSACTION',
      message: expect.stringContaining(
        'Its transaction was ended while it ran, so that a part of it may be committed.',
      ),
    })
    expect(await versions(client)).toBe('001 failed')
    expect(await client.query("select relname from pg_class where relname in ('y', 'b')")).toMatchObject({
      rowCount: 1,
    })
    await client.query('drop table y')
    await write(folder, { '001_x.mjs': code("await schema.query('create table y ()')") })
    expect((await migrations.migrate()).executed).toHaveLength(2)
  })

  test('leaves settings and roles behind: neither the journal nor the next one sees them', async () => {
    const { client } = await database()
    const set = 'set search_path = pg_temp;\nset role pg_monitor;\nselect 1'
    const { manager: migrations } = await manager(
      { client },
      {
        '001_a.sql': `${table('a')}\n`.replace('-- down', `${set};\n-- down`),
        '002_b.sql': `-- transaction: false\n-- up\ncreate table b (id int);\n${set};\n-- down\ndrop table b;`,
        '003_c.sql': table('c'),
      },
    )
    await migrations.migrate()
    expect((await client.query("select from pg_tables where schemaname = 'public'")).rowCount).toBe(3)
    expect((await client.query('select session_user = current_user as same')).rows).toEqual([{ same: true }])
    expect((await migrations.rollback({ all: true })).executed).toHaveLength(3)
  })

  test('a timeout in the middle of a statement, and of a promise that never settles', async () => {
    const { client } = await database()
    const { manager: migrations, folder } = await manager(
      { client, timeout: 300 },
      { '001_x.mjs': code("await schema.query('create table x ()'); await schema.query('select pg_sleep(30)')") },
    )
    expect(await failure(migrations.migrate())).toMatchObject({
      code: 'MIGRATION_TIMEOUT',
      message: expect.stringContaining('300 ms'),
    })
    await write(folder, { '001_x.mjs': code("await schema.query('create table x ()'); await new Promise(() => {})") })
    expect(await failure(migrations.migrate())).toMatchObject({ code: 'MIGRATION_TIMEOUT' })
    await write(folder, {
      '001_x.mjs': `export const config = { timeout: 0 }\n${code("await schema.query('create table x ()'); await schema.query('select pg_sleep(0.5)')")}`,
    })
    expect(await migrations.migrate()).toMatchObject({ success: true })
    expect(await versions(client)).toBe('001 completed')
  })

  test('AbortSignal, and the time of a whole run', async () => {
    const { client } = await database()
    const { manager: migrations } = await manager(
      { client },
      {
        '001_a.sql': table('a'),
        '002_x.mjs': code("await schema.query('select pg_sleep(30)')"),
        '003_c.sql': table('c'),
      },
    )
    const abort = new AbortController()
    migrations.on('migration', ({ version }) => {
      if (version === '002') setTimeout(() => abort.abort(), 200)
    })
    expect(await failure(migrations.migrate({ signal: abort.signal }))).toMatchObject({ code: 'ABORTED' })
    expect(await versions(client)).toBe('001 completed, 002 failed')
    expect(await failure(migrations.migrate({ timeout: 500 }))).toMatchObject({
      code: 'MIGRATION_TIMEOUT',
      message: expect.stringContaining('whole run'),
    })
    expect(await migrations.lockStatus()).toBeUndefined()
  })

  test('continueOnError goes on, but not with what depends on the one that failed', async () => {
    const { client } = await database()
    const { manager: migrations } = await manager(
      { client },
      {
        '001_a.sql': 'selec',
        '002_b.sql': `-- depends-on: 001\n${table('b')}`,
        '003_c.mjs': code("throw new Error('x')"),
        '004_d.sql': table('d'),
      },
    )
    expect(await failure(migrations.migrate({ continueOnError: true }))).toMatchObject({ code: 'MIGRATION_SQL' })
    const { folder } = { folder: migrations.settings.directories[0] as string }
    await write(folder, { '001_a.sql': 'select 1/0;' })
    const result = await migrations.migrate({ continueOnError: true })
    expect(result.success).toBe(false)
    expect(result.failed.map((one) => one.version)).toEqual(['001', '002', '003'])
    expect(result.executed.map((one) => one.version)).toEqual(['004'])
    // What was left out was attempted: the next run of that kind tries it again, every other one says what happened.
    expect(await versions(client)).toBe('001 failed, 002 failed, 003 failed, 004 completed')
    expect(await failure(migrations.migrate())).toMatchObject({
      code: 'MIGRATION_OUT_OF_ORDER',
      hint: expect.stringContaining('It failed or was rolled back before'),
    })
    await write(folder, { '001_a.sql': 'select 1;', '003_c.mjs': code("await schema.query('select 1')") })
    expect((await migrations.migrate({ continueOnError: true })).executed).toHaveLength(3)
  })

  test('a way down that fails half way leaves everything applied', async () => {
    const { client } = await database()
    const { manager: migrations, folder } = await manager(
      { client },
      { ...three, '002_b.sql': '-- up\ncreate table b ();\n-- down\ndrop table b;\nselect 1/0;' },
    )
    await migrations.migrate()
    const result = await migrations.rollbackToVersion('0')
    expect(result).toMatchObject({ success: false, executed: [{ version: '003' }] })
    expect(await versions(client)).toBe('001 completed, 002 completed, 003 rolled-back')
    await write(folder, { '002_b.sql': '-- up\ncreate table b ();\n-- down\ndrop table b;' })
    await migrations.repair({ acceptChanges: true })
    expect(await migrations.rollbackToVersion('0')).toMatchObject({ success: true })
  })
})

describe('the manager', () => {
  test('not initialised, switched off, shut down, wrong options', async () => {
    const { client } = await database()
    const directory = await migrationsFolder({})
    expect(await failure(new MigrationManager({ client, directory }).migrate())).toMatchObject({
      code: 'MIGRATIONS_NOT_INITIALIZED',
    })
    expect(await failure(new MigrationManager({ client, directory, enabled: false }).initialize())).toMatchObject({
      code: 'MIGRATIONS_DISABLED',
    })
    const made = new MigrationManager({ client, directory })
    await made.initialize()
    await made.close()
    await made.shutdown()
    expect(await failure(made.getStatus())).toMatchObject({ code: 'MIGRATIONS_NOT_INITIALIZED' })
    expect(() => new MigrationManager({ client, directroy: '.' } as never)).toThrow("no option 'directroy'")
    expect(() => new MigrationManager({ client, timeout: 'soon' })).toThrow('not a duration')
  })

  test('a table of another tool is refused, with the differences', async () => {
    const { client } = await database()
    await client.query(
      'create schema lockstep; create table lockstep.migration (id int, name text, batch text)'.split(';')[0] as string,
    )
    await client.query('create table lockstep.migration (id int, name text, batch text)')
    const made = new MigrationManager({ client, directory: await migrationsFolder({}) })
    const error = await failure(made.initialize())
    expect(error.code).toBe('JOURNAL_MISMATCH')
    expect(error.message).toContain('version: missing (text)')
    expect(error.message).toContain('batch: text instead of integer')
  })

  test('two managers with journals of their own, one of them in public, which no sync takes for a stranger', async () => {
    const { client } = await database()
    const { manager: one } = await manager({ client, name: 'one' }, { '001_a.sql': table('a') })
    const { manager: two } = await manager(
      { client, name: 'two', schemaName: 'public', tableName: 'own_migrations' },
      { '001_b.sql': table('b') },
    )
    await one.migrate()
    await two.migrate()
    expect([(await one.getStatus()).applied[0]?.file, (await two.getStatus()).applied[0]?.file]).toEqual([
      '001_a',
      '001_b',
    ])
    const { DbSchemaManager } = await import('../../src/index.js')
    const plan = await new DbSchemaManager(client, { type: 'empty' }, { schemas: 'all' }).plan()
    expect(plan.steps.map((step) => step.description)).toEqual(["Drop table 'a'", "Drop table 'b'"])
    expect(plan.notManaged).toEqual([])
  })

  test('seen from outside while it runs: since when the lock is held, whatever transaction it is in, and what is running', async () => {
    const { client } = await database()
    const seen: unknown[] = []
    const since: (string | undefined)[] = []
    const directory = await migrationsFolder({
      '001_a.mjs': code("await schema.look(); await schema.query('select pg_sleep(1.1)')"),
      '002_b.mjs': code('await schema.look()'),
      '003_c.mjs': `export const config = { transaction: false }\n${code('await schema.look()')}`,
    })
    const other = new MigrationManager({ client, directory, lazy: true })
    const look = async () => {
      const { applied, pending, failed, issues, locked } = await other.getStatus()
      since.push(locked?.acquiredAt)
      seen.push([applied.length, pending.map((one) => one.running), failed.length + issues.length])
    }
    const before = Date.now()
    await new MigrationManager({ client, directory, lazy: true, context: { look } }).migrate()
    expect(seen).toEqual([
      [0, [true, false, false], 0],
      [1, [true, false], 0],
      [2, [true], 0],
    ])
    expect(new Set(since).size).toBe(1)
    expect(Math.abs(Date.parse(since[0] ?? '') - before)).toBeLessThan(10_000)
    expect(await other.lockStatus()).toBeUndefined()
    expect(
      await client.query(
        "select from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())",
      ),
    ).toMatchObject({ rowCount: 0 })
  })

  test('testConnection says what is wrong', async () => {
    const { client } = await database()
    expect(await new MigrationManager({ client }).testConnection()).toMatchObject({ ok: true })
    await using none = new MigrationManager({ connection: 'postgres://u:p@127.0.0.1:9/x' })
    expect(await none.testConnection()).toMatchObject({
      ok: false,
      reason: 'ECONNREFUSED',
      message: expect.stringContaining('nothing listens there'),
    })
  })

  test('the clock set back: order is that of application', async () => {
    const { client } = await database()
    const { manager: migrations } = await manager({ client }, three)
    await migrations.migrate()
    await client.query("update lockstep.migration set applied_at = now() - interval '1 year' where version = '003'")
    expect(await migrations.getCurrentVersion()).toBe('003')
    expect((await migrations.rollback({ steps: 1 })).rolledBackMigrations[0]?.version).toBe('003')
  })
})
