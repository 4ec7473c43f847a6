// The journal's path on PGlite: one session, statements one by one, no other backends.
import { expect, test } from 'vitest'
import { withPglite } from '../support/database.js'
import { failure, manager, removeFolders, write } from './support.js'

removeFolders()
const pglite = withPglite()
const table = (name: string) =>
  `-- up\ncreate table ${name} (id int);\ncreate index on ${name} (id);\n-- down\ndrop table ${name};\n`

test('up, down, failures with their place, repair, dry runs and the lock', async () => {
  const client = await pglite()
  const { manager: migrations, folder } = await manager(
    { client },
    {
      '001_a.sql': table('a'),
      '002_b.mjs': `export async function up(schema) {
        await schema.createTable('b', (t) => { t.integer('id').primaryKey() })
        await schema.createIndex('b', ['id'])
        await schema.query('select 1')
      }`,
      '003_c.sql': '-- transaction: false\n-- up\ncreate table c (id int);\nselect 1/0;\n-- down\ndrop table c;\n',
    },
  )
  const rehearsed = (await migrations.migrate({ dryRun: true })).rehearsed
  expect(rehearsed?.map((one) => one.statements.length)).toEqual([2, 2, 2])
  expect((await migrations.migrate({ to: '002', dryRun: 'execute' })).rehearsed).toHaveLength(2)
  expect((await migrations.getStatus()).applied).toEqual([])

  expect(await failure(migrations.migrate())).toMatchObject({
    code: 'MIGRATION_FAILED',
    message: expect.stringMatching(/003_c\.sql:4:1: division by zero[\s\S]*what it had done before stays/),
  })
  expect(await migrations.getCurrentVersion()).toBe('002')
  expect(await failure(migrations.migrate())).toMatchObject({ code: 'MIGRATION_INTERRUPTED' })
  await client.query('drop table c')
  await migrations.repair({ migration: '003', as: 'pending' })
  await write(folder, { '003_c.sql': table('c').replace('-- up', '-- transaction: false\n-- up') })
  expect((await migrations.migrate()).executed.map((one) => one.version)).toEqual(['003'])

  await write(folder, { '004_d.sql': '-- up\ncreate table d (id int);\nselect nosuch;\n-- down\ndrop table d;\n' })
  expect(await failure(migrations.migrate())).toMatchObject({
    message: expect.stringMatching(/004_d\.sql:3:8: column "nosuch" does not exist/),
  })
  await write(folder, { '004_d.sql': table('d') })
  await migrations.migrate()
  expect((await migrations.rollback({ to: '0' })).rolledBackMigrations.map((one) => one.version)).toEqual([
    '004',
    '003',
    '002',
    '001',
  ])
  expect(await client.query("select from pg_class where relname in ('a', 'b', 'c', 'd')")).toMatchObject({
    rowCount: 0,
  })
  expect((await migrations.getHistory()).map((row) => row.status).filter((one) => one === 'failed')).toHaveLength(2)
  expect(await migrations.lockStatus()).toBeUndefined()

  // What never settles is left behind, an aborted run says so, and the next one goes on.
  const { manager: second, folder: other } = await manager(
    { client, timeout: 300, tableName: 'second' },
    {
      '001_a.sql': table('a'),
      '002_b.mjs':
        "export async function up(schema) { await schema.query('create table b ()'); await new Promise(() => {}) }\nexport async function down() {}\n",
    },
  )
  expect(await failure(second.migrate())).toMatchObject({ code: 'MIGRATION_TIMEOUT' })
  expect(await failure(second.migrate({ signal: AbortSignal.abort() }))).toMatchObject({ code: 'ABORTED' })
  await write(other, { '002_b.mjs': "export async function up(schema) { await schema.query('create table b ()') }\n" })
  expect((await second.migrate()).executed.map((one) => one.version)).toEqual(['002'])
  expect(await failure(second.rollback({ all: true }))).toMatchObject({ code: 'MIGRATION_IRREVERSIBLE' })
}, 120_000)
