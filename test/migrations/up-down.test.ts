// Files up and down on a real server: forms of files, the builder's operations, derived ways down, the journal.
import { describe, expect, test } from 'vitest'
import { witnessed } from '../support/case-runner.js'
import { withDatabase } from '../support/database.js'
import { failure, manager, removeFolders, write } from './support.js'

removeFolders()
const database = withDatabase()

const users = `
import { sql, type Migration, type SchemaBuilder } from 'lockstep-pg/migrations'

export class CreateUsers implements Migration {
  async up(schema: SchemaBuilder): Promise<void> {
    await schema.createEnum('order_status', ['pending', 'done'])
    await schema.createTable('users', (t) => {
      t.integer('id').primaryKey()
      t.varchar('username', 100).notNull().unique()
      t.text('email').notNull()
      t.enum('state', 'order_status').notNull().default('pending')
      t.serial('number')
      t.timestamps()
      t.check(sql\`length(username) > 1\`, { name: 'long_enough' })
      t.index(['email'], { where: sql\`email <> ''\` })
      t.comment('who buys')
    })
  }
}
`
const posts = `
export const name = 'Create posts'
export const description = 'What users write'
export async function up(schema) {
  await schema.createTable('posts', (t) => {
    t.bigint('id').identity().primaryKey()
    t.integer('user_id').references('users').onDelete('cascade')
    t.text('body')
  })
  await schema.createIndex('posts', ['user_id'])
}
export async function down(schema) {
  await schema.dropTable('posts')
}
`
const changes = `
import { sql } from 'lockstep-pg/migrations'
export default {
  async up(schema) {
    await schema.addColumn('users', 'age', 'integer', (c) => c.check(sql\`age > 0\`))
    await schema.alterColumn('users', 'username', { type: 'varchar(200)' })
    await schema.renameColumn('users', 'email', 'mail')
    await schema.dropColumn('posts', 'user_id')
    await schema.addUnique('users', ['mail'])
    await schema.comment('users', null)
  },
}
`
const data = `
-- name: Fill users
-- up
insert into users (id, username, mail) values (1, 'ada', 'ada@example.org');
create function f() returns int language sql as $$
-- down
select 1 $$;
-- down
drop function f();
delete from users;
`
const files = { '001_users.ts': users, '002_posts.mjs': posts, '003_changes.mjs': changes, '004_data.sql': data }

describe('up and down', () => {
  test('to every version and back, the schema the same both ways', async () => {
    const { client } = await database()
    const { manager: migrations } = await manager({ client }, files)
    const states = [await witnessed(client)]
    for (let step = 1; step <= 4; step++) {
      const { appliedMigrations } = await migrations.migrate({ steps: 1 })
      expect(appliedMigrations).toHaveLength(1)
      states.push(await witnessed(client))
    }
    expect(await migrations.getCurrentVersion()).toBe('004')
    const { rows } = await client.query('select username, state, number, mail from users')
    expect(rows).toEqual([{ username: 'ada', state: 'pending', number: 1, mail: 'ada@example.org' }])
    for (let step = 3; step >= 0; step--) {
      const { rolledBackMigrations } = await migrations.rollback({ steps: 1 })
      expect(rolledBackMigrations).toHaveLength(1)
      expect(await witnessed(client)).toBe(states[step])
    }
    await migrations.migrate()
    expect(await witnessed(client)).toBe(states[4])
    await migrations.rollback({ all: true })
    expect(await witnessed(client)).toBe(states[0])
  })

  test('status, history and journal tell all of it', async () => {
    const { client } = await database()
    const { manager: migrations } = await manager({ client, triggeredBy: 'the test' }, files)
    await migrations.migrate({ to: '003' })
    const status = await migrations.getStatus()
    expect(status.summary).toEqual({ total: 4, applied: 3, pending: 1, failed: 0 })
    expect(
      status.applied.map(({ version, name, reversible, batch }) => ({ version, name, reversible, batch })),
    ).toEqual([
      { version: '001', name: 'users', reversible: true, batch: 1 },
      { version: '002', name: 'Create posts', reversible: true, batch: 1 },
      { version: '003', name: 'changes', reversible: true, batch: 1 },
    ])
    expect(status.pending).toEqual([
      { version: '004', name: 'Fill users', file: '004_data', description: null, reversible: true, running: false },
    ])
    expect(status.locked).toBeNull()
    await migrations.migrate()
    await migrations.rollback()
    const history = await migrations.getHistory()
    expect(
      history.map(({ version, direction, status: what, batch }) => `${version} ${direction} ${what} ${batch}`),
    ).toEqual([
      '004 down rolled-back 2',
      '004 up completed 2',
      '003 up completed 1',
      '002 up completed 1',
      '001 up completed 1',
    ])
    expect(history[0]?.triggeredBy).toBe('the test')
  })

  test('a failing migration leaves nothing, is pending again, and goes through once it is right', async () => {
    const { client } = await database()
    const { manager: migrations, folder } = await manager(
      { client },
      {
        '001_a.sql': 'create table a ();',
        '002_b.sql': 'create table b ();\ncreate table c (x nosuch);\n',
        '003_d.sql': 'create table d ();',
      },
    )
    const error = await failure(migrations.migrate())
    expect(error.code).toBe('MIGRATION_FAILED')
    expect(error.message).toContain('002_b.sql:2:19: type "nosuch" does not exist')
    expect(error.message).toContain('Nothing of it stays.')
    const status = await migrations.getStatus()
    expect(status.summary).toEqual({ total: 3, applied: 1, pending: 2, failed: 1 })
    expect(await client.query("select 1 from pg_class where relname = 'b'")).toMatchObject({ rowCount: 0 })
    await write(folder, { '002_b.sql': 'create table b ();' })
    const result = await migrations.migrateToLatest()
    expect(result).toMatchObject({ success: true, failed: [] })
    expect(result.executed.map((one) => one.version)).toEqual(['002', '003'])
  })
})
