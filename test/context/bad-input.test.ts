// What goes wrong on real databases: each a clear error with code and hint, the database exactly as before, the next run fine.
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import {
  allow,
  Check,
  Column,
  type DatabaseClient,
  DbContext,
  type DbModelConfig,
  DbSchemaManager,
  Entity,
  type EntityClass,
  enumType,
  ForeignKey,
  integer,
  type MigrateOptions,
  ModelError,
  PgClient,
  PrimaryKey,
  type SchemaOptions,
  sql,
  text,
  Unique,
  varchar,
} from '../../src/index.js'
import { witnessed } from '../support/case-runner.js'
import { serverUrl, urlOf, withDatabase } from '../support/database.js'

const database = withDatabase()

/** A context with these entities, always of the same name. */
function context(client: DatabaseClient, ...entities: readonly EntityClass[]): DbContext {
  class Shop extends DbContext {
    protected override setupModel(model: DbModelConfig): void {
      for (const entity of entities) model.entity(entity)
    }
  }
  return new Shop(client)
}

const manager = (
  client: DatabaseClient,
  entities: readonly EntityClass[],
  options: SchemaOptions = {},
): DbSchemaManager => context(client, ...entities).getSchemaManager(options)

async function failure(work: Promise<unknown>): Promise<{
  code: string
  message: string
  hint?: string
  failed?: { sqlstate?: string; sql?: string; position?: number }
}> {
  return work.then(
    () => {
      throw new Error('It should have failed.')
    },
    (error) => error,
  )
}

@Entity('users')
class User {
  @PrimaryKey(integer()) id!: number
  @Column(varchar(20), { nullable: true }) name!: string | null
}

interface Trouble {
  readonly what: string
  readonly rows: string
  readonly entity: EntityClass
  readonly sqlstate: string
  readonly says: RegExp
  readonly options?: MigrateOptions
}

@Entity('users')
class NotNull {
  @PrimaryKey(integer()) id!: number
  @Column(varchar(20)) name!: string
}
@Entity('users')
class NewNotNull extends User {
  @Column(text()) email!: string
}
@Entity('users')
class UniqueName {
  @PrimaryKey(integer()) id!: number
  @Unique() @Column(varchar(20), { nullable: true }) name!: string | null
}
@Entity('users')
class Orphans {
  @PrimaryKey(integer()) id!: number
  @ForeignKey(() => Orphans) @Column(integer(), { name: 'boss', nullable: true }) boss!: number | null
  @Column(varchar(20), { nullable: true }) name!: string | null
}
@Entity('users')
class Narrow {
  @PrimaryKey(integer()) id!: number
  @Column(varchar(3), { nullable: true }) name!: string | null
}
@Entity('users')
@Check('not_ada', sql`name <> 'adalbert'`)
class Checked extends User {}
@Entity('users')
@Check('nonsense', sql`this is no sql at all`)
class Nonsense extends User {}
@Entity('users')
class BadDefault extends User {
  @Column(integer(), { default: sql`'not a number'` }) n!: number
}
@Entity('users')
@Check('bad_type', sql`name + 1 > 2`)
class BadType extends User {}

const troubles: readonly Trouble[] = [
  {
    what: 'NOT NULL added to a filled table',
    rows: 'insert into users values (1, null)',
    entity: NotNull,
    sqlstate: '23502',
    says: /null values/,
  },
  {
    what: 'a NOT NULL column without a default on a filled table',
    rows: "insert into users values (1, 'x')",
    entity: NewNotNull,
    sqlstate: '23502',
    says: /null values/,
  },
  {
    what: 'unique over rows that repeat',
    rows: "insert into users values (1, 'x'), (2, 'x')",
    entity: UniqueName,
    sqlstate: '23505',
    says: /could not create unique index/,
  },
  {
    what: 'a foreign key over orphans',
    rows: 'alter table users add boss integer; insert into users (id, boss) values (1, 99)',
    entity: Orphans,
    sqlstate: '23503',
    says: /violates foreign key/,
  },
  {
    what: 'a narrowing over long values',
    rows: "insert into users values (1, 'adalbert')",
    entity: Narrow,
    sqlstate: '22001',
    says: /too long/,
  },
  {
    what: 'a check that rows break',
    rows: "insert into users values (1, 'adalbert')",
    entity: Checked,
    sqlstate: '23514',
    says: /is violated/,
  },
  { what: 'a check that is not SQL', rows: 'select 1', entity: Nonsense, sqlstate: '42601', says: /syntax error/ },
  {
    what: 'a check that compares what cannot be',
    rows: 'select 1',
    entity: BadType,
    sqlstate: '42883',
    says: /operator does not exist/,
  },
  {
    what: 'a default of the wrong type',
    rows: 'select 1',
    entity: BadDefault,
    sqlstate: '22P02',
    says: /invalid input syntax/,
  },
]

test.each(troubles)('$what', async ({ rows, entity, sqlstate, says }) => {
  const { client } = await database()
  await manager(client, [User]).migrate()
  await client.script(rows)
  const before = await witnessed(client)
  const data = await client.query('select * from users order by id')
  const error = await failure(manager(client, [entity]).migrate({ confirm: allow('data-loss') }))
  expect(error).toMatchObject({
    code: 'STEP_FAILED',
    message: expect.stringMatching(says),
    hint: expect.any(String),
    failed: { sqlstate },
  })
  expect(error.message).toContain('alter table')
  expect(error.message).toContain('rolled back')
  if (error.failed?.position !== undefined) expect(error.message).toContain('^')
  expect(await witnessed(client)).toBe(before)
  expect((await client.query('select * from users order by id')).rows).toEqual(data.rows)
  await client.script('delete from users')
  await manager(client, [User]).migrate({ confirm: allow('data-loss') })
})

test('mistakes of a model: all of them, before anything is sent', async () => {
  const { client } = await database()
  @Entity('keyless')
  class Keyless {
    @Column(integer(), { default: 'x' as unknown as number }) n!: number
  }
  @Entity('x'.repeat(70))
  class Long {
    @PrimaryKey(integer()) id!: number
  }
  const error = await failure(manager(client, [Keyless, Long]).migrate())
  expect(error).toBeInstanceOf(ModelError)
  expect((error as unknown as ModelError).issues.map((issue) => issue.code).sort()).toEqual([
    'DEFAULT_MISMATCH',
    'NAME_TOO_LONG',
    'NO_KEY',
  ])
  expect(await witnessed(client)).toBe('')
})

describe('asked for, and refused', () => {
  @Entity('users')
  class WithoutName {
    @PrimaryKey(integer()) id!: number
  }

  test('without a terminal a destructive plan stops, names the flag, and counts the rows', async () => {
    const { client } = await database()
    await manager(client, [User]).migrate()
    await client.query("insert into users values (1, 'x'), (2, null)")
    const before = await witnessed(client)
    for (const confirm of [
      undefined,
      'refuse',
      allow('DROPS_COLUMN:users.other'),
      async () => ({ allowed: false }),
    ] as const) {
      const error = await failure(manager(client, [WithoutName]).migrate(confirm ? { confirm } : {}))
      expect(error).toMatchObject({
        code: 'REFUSED',
        message: expect.stringContaining("Drop column 'users.name'"),
        hint: expect.stringContaining('--allow'),
      })
    }
    expect(await witnessed(client)).toBe(before)
    const plan = await manager(client, [WithoutName]).plan({ measure: true })
    expect(plan.steps[0]?.risks[0]).toMatchObject({ code: 'DROPS_COLUMN', measured: { rows: 2, values: 1 } })
    await manager(client, [WithoutName]).migrate({ confirm: allow('DROPS_COLUMN:users.name') })
  })

  test('a database that changes between plan and apply is planned again, and asked about again', async () => {
    const { client } = await database()
    await manager(client, [User]).migrate()
    const asked: string[][] = []
    const report = await manager(client, [WithoutName]).migrate({
      confirm: async (plan) => {
        asked.push(plan.steps.map((step) => step.description))
        if (asked.length === 1) await client.script("alter table users add column stranger text default 's'")
        return { allowed: true }
      },
    })
    expect(asked).toEqual([["Drop column 'users.name'"], ["Drop column 'users.name'", "Drop column 'users.stranger'"]])
    expect(report.steps).toHaveLength(2)
    expect(await manager(client, [WithoutName]).analyze()).toEqual([])
  })

  test('what somebody else has done meanwhile is not done again', async () => {
    const { client } = await database()
    await manager(client, [User]).migrate()
    const report = await manager(client, [WithoutName]).migrate({
      confirm: async () => {
        await manager(client, [WithoutName]).migrate({ confirm: allow('data-loss') })
        return { allowed: true }
      },
    })
    expect(report).toMatchObject({ inStep: true, steps: [] })
  })
})

test('no right to create: an error with the right that is missing, and a plan is still made', async () => {
  const { client, name } = await database()
  const role = `lockstep_poor_${name.slice(-8)}`
  await client.script(
    `create role ${role} login password 'poor'; revoke create on schema public from public; grant connect on database ${name} to ${role}`,
  )
  const before = await witnessed(client)
  const url = new URL(urlOf(name))
  url.username = role
  url.password = 'poor'
  const poor = new PgClient(url.href)
  try {
    expect((await manager(poor, [User]).plan()).steps).toHaveLength(1)
    const error = await failure(manager(poor, [User]).migrate())
    expect(error).toMatchObject({
      code: 'STEP_FAILED',
      failed: { sqlstate: '42501' },
      hint: expect.stringMatching(/grant|owner|role/i),
    })
    expect(await witnessed(client)).toBe(before)
    await manager(client, [User]).migrate()
    expect(await manager(poor, [User]).analyze()).toEqual([])
  } finally {
    await poor.end()
    await client.script(`drop owned by ${role}; drop role ${role}`)
  }
})

describe('several at once', () => {
  @Entity('orders')
  class Order {
    @PrimaryKey(integer(), { identity: 'always' }) id!: number
    @ForeignKey(() => User) @Column(integer()) userId!: number
    @Column(enumType('order_state', ['new', 'done']), { default: 'new' }) state!: 'new' | 'done'
  }

  test.each([2, 20])('%i migrate at the same moment: all end in step, one did the work', async (amount) => {
    const { url } = await database()
    const clients = Array.from({ length: amount }, () => new PgClient(url))
    try {
      const reports = await Promise.all(clients.map((client) => manager(client, [Order]).migrate()))
      expect(reports.every((report) => report.inStep)).toBe(true)
      expect(reports.filter((report) => report.steps.length > 0)).toHaveLength(1)
      expect(await manager(clients[0]!, [Order]).analyze()).toEqual([])
    } finally {
      await Promise.all(clients.map((client) => client.end()))
    }
  })

  test('a lock that another session holds: who, since when, and how to end it', async () => {
    const { client, url } = await database()
    const holder = new PgClient(url)
    const waiting = withResolvers()
    class Slow extends DbContext {
      protected override setupModel(model: DbModelConfig): void {
        model.entity(User)
      }
      protected override async onMigrationComplete(): Promise<void> {
        await waiting.promise
      }
    }
    const slow = new Slow(holder, { name: 'Shop' }).getSchemaManager().migrate({ reason: 'a long deployment' })
    slow.catch(() => undefined)
    let status = await manager(client, [User]).lockStatus()
    for (let tries = 0; tries < 100 && !status; tries++) {
      await sleep(20)
      status = await manager(client, [User]).lockStatus()
    }
    expect(status).toMatchObject({
      reason: expect.stringContaining('a long deployment'),
      pid: expect.any(Number),
      acquiredAt: expect.stringMatching(/^\d{4}-/),
    })
    const error = await failure(manager(client, [User, Order], { wait: 0 }).migrate())
    expect(error).toMatchObject({ code: 'LOCK_HELD', hint: expect.stringContaining('unlock') })
    expect(error.message).toContain(String(status?.pid))
    expect(await manager(client, [User]).unlock()).toMatchObject({ pid: status?.pid })
    waiting.resolve(undefined)
    await expect(slow).rejects.toMatchObject({
      code: expect.stringMatching(/CONNECTION_LOST|COMMIT_LOST|RUN_FAILED|HOOK_FAILED/),
    })
    expect(await manager(client, [User]).lockStatus()).toBeUndefined()
    await manager(client, [User, Order]).migrate()
    await holder.end()
  })
})

test('a run that is cancelled is rolled back', async () => {
  const { client } = await database()
  const before = await witnessed(client)
  const abort = new AbortController()
  const error = await failure(
    manager(client, [User]).migrate({
      signal: abort.signal,
      onEvent: (event) => {
        if (event.type === 'step-done') abort.abort()
      },
    }),
  )
  expect(error).toMatchObject({ code: 'ABORTED', hint: expect.any(String) })
  expect(await witnessed(client)).toBe(before)
  await manager(client, [User]).migrate()
})

test('a table that somebody holds: lock_timeout ends the wait, nothing is changed', async () => {
  const { client } = await database()
  await manager(client, [User]).migrate()
  await client.session(async (session) => {
    await session.script('begin; lock table users in access share mode')
    const error = await failure(manager(client, [NotNull], { lockTimeout: 100 }).migrate())
    expect(error).toMatchObject({
      code: 'STEP_FAILED',
      failed: { sqlstate: '55P03' },
      hint: expect.stringMatching(/lock/i),
    })
    await session.script('rollback')
  })
  await manager(client, [NotNull]).migrate()
})

test('a context on an ended client says so', async () => {
  const client = new PgClient(serverUrl())
  const shop = context(client, User)
  await shop.dispose()
  await shop.dispose()
  await expect(shop.getSchemaManager().analyze()).rejects.toMatchObject({ code: 'CLIENT_ENDED' })
})

function withResolvers(): { readonly promise: Promise<unknown>; resolve(value: unknown): void } {
  let resolve: (value: unknown) => void = () => undefined
  const promise = new Promise((done) => {
    resolve = done
  })
  return { promise, resolve: (value) => resolve(value) }
}

test('columns that a query names by their place: refused where others would stand there', async () => {
  const [{ client }, { client: other }] = [await database(), await database()]
  const view = 'create view v as select x.p, x.q, x.r from t as x(p, q, r)'
  await client.script('create table t (a integer, c integer); create view v as select x.p, x.q from t as x(p, q)')
  await other.script(`create table t (a integer, b integer, c integer); ${view}`)
  const migrated = () =>
    new DbSchemaManager(client, { type: 'database', client: other, label: 'other' }).migrate({
      confirm: allow('data-loss'),
    })
  const before = await witnessed(client)
  const refused = await failure(migrated())
  expect(refused).toMatchObject({ code: 'COLUMN_ORDER', message: expect.stringContaining('(a, b, c)') })
  expect(refused.message).toContain('a, c, b')
  expect(await witnessed(client)).toBe(before)
  const without = await new DbSchemaManager(
    client,
    { type: 'database', client: other, label: 'other' },
    { filter: { excludeKinds: ['view'] } },
  ).analyze()
  expect(without.map(({ type }) => type)).toEqual(['add_column'])
  await other.script(`drop view v; drop table t; create table t (a integer, c integer, b integer); ${view}`)
  expect(await migrated()).toMatchObject({ verified: true })
  const rows =
    'create function f() returns setof t language sql return null::t; create view rows as select * from f() with ordinality'
  await client.script('alter table t add column e integer')
  await other.script(`alter table t add column d integer, add column e integer; ${rows}`)
  expect(await failure(migrated())).toMatchObject({ code: 'COLUMN_ORDER' })
  await client.script('alter table t drop column e')
  expect(await migrated()).toMatchObject({ verified: true })
  expect(await witnessed(client)).toBe(await witnessed(other))
})
