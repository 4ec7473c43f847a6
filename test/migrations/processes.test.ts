// Processes: many at once, and those that end at the worst moment. The journal tells, and the next run goes on.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { withDatabase } from '../support/database.js'
import { failure, manager, migrationsFolder, removeFolders, upProgram, write } from './support.js'

removeFolders()
const database = withDatabase()
const program = upProgram()

const start = (url: string, folder: string): ChildProcess =>
  spawn(process.execPath, [program(), url, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
async function finished(child: ChildProcess): Promise<{ readonly code: number | null; readonly stdout: string }> {
  let stdout = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stdout }
}
const code = (text: string, config = '') =>
  `${config}\nexport async function up(schema) { ${text} }\nexport async function down(schema) {}\n`
const noTransaction = 'export const config = { transaction: false }'

test('twenty at once: each migration runs once', async () => {
  const { client, url } = await database()
  const folder = await migrationsFolder({
    '001_a.sql': 'create table a (id int);\ninsert into a values (1);',
    '002_b.sql': 'insert into a values (2);',
    '003_c.mjs': code("await schema.query('insert into a values (3)')"),
  })
  const runs = await Promise.all(Array.from({ length: 20 }, () => finished(start(url, folder))))
  expect(runs.map((run) => run.code)).toEqual(Array.from({ length: 20 }, () => 0))
  const executed = runs.flatMap((run) => (JSON.parse(run.stdout) as { executed: string[] }).executed)
  expect(executed.sort()).toEqual(['001', '002', '003'])
  expect((await client.query('select id from a order by id')).rows).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }])
  expect((await client.query('select count(*)::int as n from lockstep.migration_history')).rows).toEqual([{ n: 3 }])
}, 120_000)

describe('a process that ends', () => {
  /** Runs until the statement sleeps on the server, then kills it. */
  async function killed(
    url: string,
    folder: string,
    client: { query(text: string): Promise<{ rowCount: number }> },
  ): Promise<void> {
    const child = start(url, folder)
    const end = finished(child)
    for (let attempt = 0; attempt < 300; attempt++) {
      const { rowCount } = await client.query(
        "select 1 from pg_stat_activity where datname = current_database() and query like '%pg_sleep(25)%' and pid <> pg_backend_pid()",
      )
      if (rowCount > 0) break
      await sleep(100)
    }
    child.kill('SIGKILL')
    await end
    // The server notices a dead client in five seconds at most; here we do not wait for that.
    await client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like '%pg_sleep(25)%' and pid <> pg_backend_pid()",
    )
  }

  test('killed in a statement: rolled back, and the next run says so', async () => {
    const { client, url } = await database()
    const { manager: migrations, folder } = await manager(
      { client },
      { '001_a.sql': 'create table a ();', '002_b.sql': 'create table b ();\nselect pg_sleep(25);' },
    )
    await killed(url, folder, client)
    expect(await client.query("select 1 from pg_class where relname = 'b'")).toMatchObject({ rowCount: 0 })
    await write(folder, { '002_b.sql': '-- up\ncreate table b ();\n-- down\ndrop table b;\n' })
    const notes: string[] = []
    migrations.on('note', ({ message }) => notes.push(message))
    expect((await migrations.migrate()).executed.map((one) => one.version)).toEqual(['002'])
    expect(notes).toEqual([
      'The last run was cut off in migration 002_b; PostgreSQL rolled it back. It is pending again.',
    ])
    const history = await migrations.getHistory()
    expect(history.map((row) => `${row.version} ${row.status} ${row.error ?? ''}`.trim())).toEqual([
      '002 completed',
      '002 failed interrupted: the process or its connection ended',
      '001 completed',
    ])
  }, 120_000)

  test('without a transaction: nothing runs until somebody says what is true', async () => {
    const { client, url } = await database()
    const { manager: migrations, folder } = await manager(
      { client },
      {
        '001_a.mjs': code(
          "await schema.query('create table a ()'); await schema.query('select pg_sleep(25)')",
          noTransaction,
        ),
        '002_b.sql': 'create table b ();',
      },
    )
    await killed(url, folder, client)
    expect(await failure(migrations.migrate())).toMatchObject({
      code: 'MIGRATION_INTERRUPTED',
      hint: expect.stringContaining('migration:repair 001 --pending'),
    })
    expect((await migrations.getStatus()).failed).toMatchObject([{ version: '001', halfway: true }])
    expect(await failure(migrations.repair({ migration: '001' }))).toMatchObject({ code: 'USAGE' })
    expect(await migrations.repair({ migration: '001', as: 'applied' })).toMatchObject([{ change: 'applied' }])
    expect((await migrations.migrate()).executed.map((one) => one.version)).toEqual(['002'])
  }, 120_000)

  test('by process.exit() in a migration', async () => {
    const { client, url } = await database()
    const { manager: migrations, folder } = await manager(
      { client },
      { '001_a.mjs': code("await schema.query('create table a ()'); process.exit(7)") },
    )
    expect(await finished(start(url, folder))).toMatchObject({ code: 7 })
    await write(folder, { '001_a.mjs': code("await schema.query('create table a ()')") })
    expect((await migrations.migrate()).executed.map((one) => one.version)).toEqual(['001'])
  }, 120_000)

  test('a failure half way without a transaction', async () => {
    const { client } = await database()
    const { manager: migrations, folder } = await manager(
      { client },
      { '001_a.sql': '-- transaction: false\n-- up\ncreate table a ();\nselect 1/0;\n-- down\ndrop table a;' },
    )
    expect(await failure(migrations.migrate())).toMatchObject({
      code: 'MIGRATION_FAILED',
      message: expect.stringContaining('what it had done before stays'),
    })
    expect(await failure(migrations.migrate())).toMatchObject({ code: 'MIGRATION_INTERRUPTED' })
    await client.query('drop table a')
    await migrations.repair({ migration: '001', as: 'pending' })
    await write(folder, {
      '001_a.sql':
        '-- transaction: false\n-- up\ncreate table a (id int);\ncreate index concurrently a_idx on a (id);\n-- down\ndrop table a;',
    })
    expect(await migrations.migrateToLatest()).toMatchObject({ success: true })

    const text =
      '-- transaction: false\n-- up\ncreate table a (id int);\ncreate index concurrently a_idx on a (id);\n-- down\n'
    await write(folder, { '001_a.sql': `${text}drop index concurrently a_idx;\nselect 1/0;` })
    await migrations.repair({ acceptChanges: true })
    expect(await failure(migrations.rollback())).toMatchObject({ code: 'MIGRATION_FAILED' })
    expect(await failure(migrations.migrate())).toMatchObject({
      code: 'MIGRATION_INTERRUPTED',
      message: expect.stringContaining('half way down'),
    })
    await write(folder, { '001_a.sql': `${text}drop table a;` })
    await migrations.repair({ migration: '001', as: 'applied' })
    await migrations.repair({ acceptChanges: true })
    expect(await migrations.rollback()).toMatchObject({ success: true })
    expect(await client.query("select from pg_class where relname = 'a'")).toMatchObject({ rowCount: 0 })
  })
})
