// Hooks: run always, own what they make, inside the transaction.
import { expect, test } from 'vitest'
import {
  allow,
  Column,
  type DatabaseClient,
  DbContext,
  type DbEntityTable,
  type DbModelConfig,
  Entity,
  ForeignKey,
  integer,
  PgClient,
  PrimaryKey,
  text,
  timestamptz,
  varchar,
} from '../../src/index.js'
import { witnessed } from '../support/case-runner.js'
import { withDatabase } from '../support/database.js'

@Entity('users')
class User {
  @PrimaryKey(integer(), { identity: 'always' }) id!: number
  @Column(varchar(50)) username!: string
  @Column(text()) email!: string
  @Column(timestamptz(), { nullable: true }) updatedAt!: Date | null
}

@Entity('posts')
class Post {
  @PrimaryKey(integer(), { identity: 'always' }) id!: number
  @ForeignKey(() => User, { onDelete: 'cascade' }) @Column(integer()) userId!: number
  @Column(text()) content!: string
  @Column(timestamptz(), { nullable: true }) publishedAt!: Date | null
}

/** A function, a materialized view, a full-text index and a trigger, each of which may run again. */
class Shop extends DbContext {
  hooks = 0
  get users(): DbEntityTable<User> {
    return this.table(User)
  }
  get posts(): DbEntityTable<Post> {
    return this.table(Post)
  }
  protected override async onMigrationComplete(client: DatabaseClient): Promise<void> {
    this.hooks++
    await client.query(`
      create or replace function find_user(wanted varchar) returns table (id integer, username varchar) as $$
      begin
        return query select u.id, u.username from users u where u.username = wanted;
      end;
      $$ language plpgsql;
    `)
    await client.query(`
      create materialized view if not exists user_stats as
      select u.id, u.username, count(p.id) as posts, max(p.published_at) as last_post from users u left join posts p on p.user_id = u.id group by u.id, u.username;
    `)
    await client.query(
      "create index if not exists posts_content_fts on posts using gin (to_tsvector('english', content))",
    )
    await client.query(`
      create or replace function touch() returns trigger as $$ begin new.updated_at = now(); return new; end; $$ language plpgsql;
    `)
    await client.query(
      'drop trigger if exists set_updated_at on users; create trigger set_updated_at before update on users for each row execute function touch()',
    )
  }
}

class WiderShop extends Shop {
  protected override setupModel(model: DbModelConfig): void {
    model.entity(User, (e) => {
      e.property((u) => u.username).hasType(varchar(200))
    })
  }
}
const named = { name: 'Shop' }
const database = withDatabase()

test('run three times: each plan is empty, nothing of it is dropped', async () => {
  const { client } = await database()
  const shop = new Shop(client)
  const schema = shop.getSchemaManager()
  await schema.migrate()
  const first = await witnessed(client)
  expect(first).toContain('posts_content_fts')
  for (let run = 2; run <= 3; run++) {
    expect(await schema.analyze()).toEqual([])
    expect((await schema.migrate()).steps).toEqual([])
    expect(shop.hooks).toBe(run)
    expect(await witnessed(client)).toBe(first)
  }
  expect(await new Shop(client).getSchemaManager().analyze()).toEqual([])
})

test('runs after ensureCreated, also when nothing changed; ensureDeleted removes what it made', async () => {
  const { client } = await database()
  const nothing = await witnessed(client)
  const shop = new Shop(client)
  const schema = shop.getSchemaManager()
  expect((await schema.ensureCreated()).inStep).toBe(true)
  await schema.ensureCreated()
  expect(shop.hooks).toBe(2)
  expect(await schema.analyze()).toEqual([])
  await schema.ensureDeleted()
  expect(await witnessed(client)).toBe(nothing)
})

test('a wider column: the views make way and come back', async () => {
  const { client } = await database()
  await new Shop(client, named).getSchemaManager().migrate()
  await client.query("insert into users (username, email) values ('ada', 'a@b')")
  const schema = new WiderShop(client, named).getSchemaManager()
  const plan = await schema.plan()
  expect(plan.steps.map((step) => step.description)).toEqual([
    "Drop materialized view 'user_stats' (made by the hook)",
    "Alter column 'users.username' (type varchar(50) → varchar(200))",
  ])
  expect((await schema.migrate()).verified).toBe(true)
  expect(await schema.analyze()).toEqual([])
  const { rows } = await client.query('select username from user_stats')
  expect(rows).toEqual([{ username: 'ada' }])
  expect((await client.query('select username from users')).rows).toEqual([{ username: 'ada' }])
})

test('a hook that throws rolls everything back', async () => {
  const { client } = await database()
  class Failing extends Shop {
    protected override async onMigrationComplete(inner: DatabaseClient): Promise<void> {
      await super.onMigrationComplete(inner)
      await inner.query('select no_such_function()')
    }
  }
  const before = await witnessed(client)
  const error = await new Failing(client)
    .getSchemaManager()
    .migrate()
    .then(
      () => undefined,
      (reason) => reason,
    )
  expect(error).toMatchObject({ code: 'HOOK_FAILED', failed: { sqlstate: '42883' } })
  expect(error.message).toContain('no_such_function')
  expect(await witnessed(client)).toBe(before)
  await new Shop(client, { name: 'Failing' }).getSchemaManager().migrate()
})

test.each([
  'commit',
  'ROLLBACK',
  'select 1; end',
  'begin',
  "prepare transaction 'x'",
  'create index concurrently i on users (email)',
  'vacuum users',
  'set transaction isolation level serializable',
])('a hook that sends %s is refused before it is sent', async (statement) => {
  const { client } = await database()
  class Rude extends Shop {
    protected override async onMigrationComplete(inner: DatabaseClient): Promise<void> {
      await inner.script(statement)
    }
  }
  const before = await witnessed(client)
  await expect(new Rude(client).getSchemaManager().migrate()).rejects.toMatchObject({
    code: 'TRANSACTION_CONTROL_REFUSED',
    hint: expect.stringContaining('Remove it'),
  })
  expect(await witnessed(client)).toBe(before)
})

test("savepoints and nested transactions are a hook's right; tables of the context use its transaction", async () => {
  const { client } = await database()
  class Seeding extends Shop {
    protected override async onMigrationComplete(inner: DatabaseClient): Promise<void> {
      await inner.script('savepoint mine; rollback to savepoint mine')
      await inner.transaction((deeper) => deeper.query('select 1/0')).catch(() => undefined)
      if ((await this.users.count()) === 0) await this.users.insert({ username: 'ada', email: 'a@b' })
    }
  }
  const schema = new Seeding(client).getSchemaManager()
  await schema.migrate()
  await schema.migrate()
  expect((await client.query('select username from users')).rows).toEqual([{ username: 'ada' }])
})

test('a hook that does not make again what made way is an error, and the view is still there', async () => {
  const { client } = await database()
  await new Shop(client, named).getSchemaManager().migrate()
  class Forgetful extends WiderShop {
    protected override async onMigrationComplete(): Promise<void> {}
  }
  await expect(new Forgetful(client, named).getSchemaManager().migrate()).rejects.toMatchObject({
    code: 'HOOK_OBJECT_MISSING',
  })
  expect((await client.query("select to_regclass('user_stats') is not null as there")).rows).toEqual([{ there: true }])
})

test('a hook that changes what the model declares is found out', async () => {
  const { client } = await database()
  class Meddling extends Shop {
    protected override async onMigrationComplete(inner: DatabaseClient): Promise<void> {
      await inner.query('alter table users alter column email type varchar(10)')
    }
  }
  const before = await witnessed(client)
  await expect(new Meddling(client).getSchemaManager().migrate()).rejects.toMatchObject({ code: 'NOT_VERIFIED' })
  expect(await witnessed(client)).toBe(before)
})

test('a hook may use an enum value that the same run adds: it is committed first, and the report says so', async () => {
  const { client } = await database()
  class Moods extends DbContext {
    constructor(
      inner: DatabaseClient,
      readonly values: readonly [string, ...string[]],
    ) {
      super(inner)
    }
    protected override setupModel(model: DbModelConfig): void {
      model.enum('mood', this.values)
    }
    protected override async onMigrationComplete(inner: DatabaseClient): Promise<void> {
      await inner.script(`select '${this.values.at(-1)}'::mood`)
    }
  }
  await new Moods(client, ['ok']).getSchemaManager().migrate()
  const report = await new Moods(client, ['ok', 'bad']).getSchemaManager().migrate()
  expect(report).toMatchObject({ verified: true, inStep: true, notes: [expect.stringContaining('committed first')] })
  expect(await new Moods(client, ['ok', 'bad']).getSchemaManager().analyze()).toEqual([])
})

test("a DO block's objects are the hook's too", async () => {
  const { client, url } = await database()
  class Hidden extends Shop {
    protected override async onMigrationComplete(inner: DatabaseClient): Promise<void> {
      await inner.query(
        "do $$ begin if to_regclass('hidden') is null then execute 'create view hidden as select username from users'; end if; end $$",
      )
    }
  }
  const schema = new Hidden(client).getSchemaManager()
  await schema.migrate()
  expect(await schema.analyze()).toEqual([])
  expect((await schema.plan()).notManaged).toContainEqual({
    object: expect.objectContaining({ name: 'hidden' }),
    reason: 'hook',
  })
  await schema.ensureDeleted()
  const other = new PgClient(url)
  expect((await other.query("select to_regclass('hidden') as there")).rows).toEqual([{ there: null }])
  await other.end()
})

test('what lies in no schema is listed; of it the hook’s own goes with ensureDeleted', async () => {
  const { client, url } = await database()
  await client.script('create foreign data wrapper theirs; create cast (integer as date) with inout')
  class Foreign extends Shop {
    protected override async onMigrationComplete(inner: DatabaseClient): Promise<void> {
      await inner.query(
        `do $$ begin if not exists (select from pg_foreign_server) then
          create foreign data wrapper ours; create server ours foreign data wrapper ours; create cast (date as integer) with inout; end if; end $$`,
      )
    }
  }
  const schema = new Foreign(client).getSchemaManager()
  await schema.migrate()
  await schema.migrate()
  expect(await schema.analyze()).toEqual([])
  const { notManaged } = await schema.plan()
  expect(notManaged.map(({ object, reason }) => `${object.kind} ${object.name}: ${reason}`).sort()).toEqual([
    'cast (integer AS pg_catalog.date): kind',
    'cast (pg_catalog.date AS integer): hook',
    'foreign-data-wrapper ours: hook',
    'foreign-data-wrapper theirs: kind',
    'server ours: hook',
  ])
  await schema.ensureDeleted()
  const other = new PgClient(url)
  const left = await other.query(
    `select fdwname as name from pg_foreign_data_wrapper union all select srvname from pg_foreign_server union all select castsource::regtype::text from pg_cast where oid >= 16384 order by 1`,
  )
  expect(left.rows).toEqual([{ name: 'integer' }, { name: 'theirs' }])
  await other.end()
})

test('a hook that forgets to await is told so', async () => {
  const { client } = await database()
  let late: Promise<unknown> | undefined
  class Hasty extends Shop {
    protected override async onMigrationComplete(inner: DatabaseClient): Promise<void> {
      late = new Promise((resolve) => setImmediate(resolve)).then(() => inner.query('select 1'))
      late.catch(() => undefined)
    }
  }
  await new Hasty(client).getSchemaManager().migrate({ confirm: allow() })
  await expect(late).rejects.toMatchObject({ code: 'HOOK_NOT_AWAITED' })
})
