// The promises at their edges: nothing lost unasked, no phantom, strangers untouched.
import { describe, expect, test } from 'vitest'
import {
  allow,
  customType,
  type DatabaseClient,
  DbContext,
  type DbModelConfig,
  DbSchemaManager,
  type EntityBuilder,
  integer,
  sql,
  text,
  timestamptz,
  varchar,
} from '../../src/index.js'
import { witnessed } from '../support/case-runner.js'
import { withDatabase } from '../support/database.js'

const database = withDatabase()

class T {
  id!: number
  x!: never
}

/** A context `Db` over a table `t (id, x)`, described by the test. */
function db(client: DatabaseClient, setup: (model: DbModelConfig) => void) {
  class Db extends DbContext {
    protected override setupModel(model: DbModelConfig): void {
      setup(model)
    }
  }
  return new Db(client).getSchemaManager()
}
/** The table, and what `more` says of it. */
const and = (type: string, more: (e: EntityBuilder<T>) => void) => (model: DbModelConfig) => {
  withX(type)(model)
  model.entity(T, more)
}
const withX = (type: string) => (model: DbModelConfig) =>
  void model.entity(T, (e) => {
    e.toTable('t')
    e.property((t) => t.id)
      .hasType(integer())
      .isPrimaryKey()
    e.property((t) => t.x)
      .hasType(customType<never>(type))
      .isRequired(false)
  })

test.each([
  ['text', 'name'],
  ['timestamptz', 'time'],
  ['timetz', 'time'],
  ['interval', 'interval year'],
  ['inet', 'cidr'],
  ['integer', 'boolean'],
  ['numeric', 'money'],
  ['text', 'real'],
  ['text', 'date'],
  ['jsonb', 'integer'],
  ['json', 'jsonb'],
  ['timestamptz', 'timestamp'],
  ['date', 'timestamptz'],
  ['double precision', 'real'],
  ['numeric(10,4)', 'numeric(10,2)'],
  ['text', 'tsvector'],
])('%s → %s may change values: it is asked about', async (from, to) => {
  const { client } = await database()
  await db(client, withX(from)).migrate()
  const plan = await db(client, withX(to)).plan()
  expect(plan.steps.flatMap((step) => step.risks.map((risk) => risk.code))).toContain('NARROWS_TYPE')
  await expect(db(client, withX(to)).migrate({ confirm: 'refuse' })).rejects.toMatchObject({ code: 'REFUSED' })
})

test.each([
  ['smallint', 'bigint'],
  ['integer', 'numeric'],
  ['varchar(10)', 'text'],
  ['varchar(10)', 'varchar(20)'],
  ['real', 'double precision'],
  ['timestamp(3)', 'timestamp'],
  ['numeric(6,2)', 'numeric(8,2)'],
  ['date', 'timestamp'],
])('%s → %s keeps every value: it is not', async (from, to) => {
  const { client } = await database()
  await db(client, withX(from)).migrate()
  expect((await db(client, withX(to)).migrate({ confirm: 'refuse' })).verified).toBe(true)
})

describe('a counter goes on counting', () => {
  const plain = (model: DbModelConfig) =>
    void model.entity(
      T,
      (e) =>
        void e
          .toTable('t')
          .property((t) => t.id)
          .hasType(integer())
          .isPrimaryKey(),
    )
  const identity = (model: DbModelConfig) =>
    void model.entity(
      T,
      (e) =>
        void e
          .toTable('t')
          .property((t) => t.id)
          .hasType(integer())
          .hasIdentity('byDefault')
          .isPrimaryKey(),
    )
  const serial = (model: DbModelConfig) => {
    model.sequence('t_id_seq', { dataType: 'integer', ownedBy: { table: 't', column: 'id' } })
    model.entity(
      T,
      (e) =>
        void e
          .toTable('t')
          .property((t) => t.id)
          .hasType(integer())
          .hasDefaultSql(sql`nextval('t_id_seq'::regclass)`)
          .isPrimaryKey(),
    )
  }
  test.each([
    ['serial → identity', serial, identity],
    ['identity → serial', identity, serial],
    ['integer → serial', plain, serial],
    ['integer → identity', plain, identity],
  ])('%s', async (_name, before, after) => {
    const { client } = await database()
    await db(client, before).migrate()
    await client.script(
      before === plain
        ? 'insert into t select generate_series(1, 50)'
        : 'insert into t select from generate_series(1, 50)',
    )
    await db(client, after).migrate({ confirm: allow('DROPS_SEQUENCE') })
    expect((await client.query('insert into t default values returning id')).rows).toEqual([{ id: 51 }])
    expect(await db(client, after).analyze()).toEqual([])
  })
})

describe('strangers', () => {
  const model = (m: DbModelConfig) => {
    withX('text')(m)
    m.enum('mood', ['ok'], { schema: 's1' })
  }
  const without = (m: DbModelConfig) => void m.enum('mood', ['ok'])

  test("a stranger's foreign key in the way: refused by name, nothing of it is touched", async () => {
    const { client } = await database()
    await db(client, model).migrate()
    await client.script('create table st (id integer references t (id))')
    const before = await witnessed(client)
    await expect(db(client, without).migrate({ confirm: allow('data-loss') })).rejects.toMatchObject({
      code: 'BLOCKED_BY_UNMANAGED',
      message: expect.stringContaining('st_id_fkey'),
    })
    expect(await witnessed(client)).toBe(before)
  })

  test('a schema that holds a stranger stays', async () => {
    const { client } = await database()
    await db(client, model).migrate()
    await client.script('create table s1.st (id integer)')
    const schema = db(client, without)
    await schema.migrate({ confirm: allow('data-loss') })
    expect(await schema.analyze()).toEqual([])
    expect(await witnessed(client)).toContain('relation s1.st')
  })
})

test('a column that is dropped along with a rename of its table is still known as ours', async () => {
  const { client } = await database()
  await db(client, withX('text')).migrate()
  const renamed = (model: DbModelConfig) =>
    void model.entity(
      T,
      (e) =>
        void e
          .toTable('u')
          .renamedFrom('t')
          .property((t) => t.id)
          .hasType(integer())
          .isPrimaryKey(),
    )
  const plan = await db(client, renamed).plan()
  expect(plan.steps.map((step) => [step.description, step.risks.map((risk) => risk.code)])).toContainEqual([
    "Drop column 'u.x'",
    ['DROPS_COLUMN'],
  ])
  expect((await db(client, renamed).migrate({ confirm: allow('DROPS_COLUMN:u.x') })).verified).toBe(true)
})

describe('expressions that depend on settings', () => {
  const model = (m: DbModelConfig) =>
    void m.entity(T, (e) => {
      e.toTable('t')
      e.property((t) => t.id)
        .hasType(integer())
        .isPrimaryKey()
      e.property((t) => t.x)
        .hasType(timestamptz<never>())
        .isRequired(false)
        .hasDefaultSql(sql`'2020-01-01 10:00'`)
      e.hasCheckConstraint('after', sql`x > '2020-01-01' and id between 1 and 5`)
      e.hasCheckConstraint('pattern', sql`id::text ~ '^\d+\.?$' and id::text <> 'a\b'`)
    })
  test.each([
    "timezone = 'Asia/Tokyo'",
    'standard_conforming_strings = off',
    "datestyle = 'German'",
    "intervalstyle = 'sql_standard'",
    'quote_all_identifiers = on',
  ])('%s', async (setting) => {
    const { client, name } = await database()
    await client.script(`alter database ${name} set ${setting}`)
    const other = client.sibling(name)
    try {
      await db(other, model).migrate()
      await other.script('drop schema lockstep cascade')
      expect(await db(other, model).analyze()).toEqual([])
      expect(await witnessed(client)).toContain(String.raw`'^\d+\.?$'`)
    } finally {
      await other.end()
    }
  })
})

test.each<readonly [string, (model: DbModelConfig) => void]>([
  [
    'the default operator class, spelled out',
    and('text', (e) => void e.hasIndex((t) => [t.x]).hasOperatorClass('text_ops')),
  ],
  ['the default collation, spelled out', and('text', (e) => void e.hasIndex((t) => [t.x]).hasCollation('default'))],
  ['an index on sql`x`', and('text', (e) => void e.hasIndex(() => [sql`(x)`]))],
  [
    'an index on an expression with a collation',
    and('text', (e) => void e.hasIndex(() => [sql`lower(x) collate "C"`])),
  ],
  ['a default of NULL', and('text', (e) => void e.property((t) => t.x).hasDefaultSql(sql`null::text`))],
  ['a default that needs brackets', and('boolean', (e) => void e.property((t) => t.x).hasDefaultSql(sql`not true`))],
  [
    'sequences with their usual bounds',
    (m) => {
      m.sequence('s', { start: 1, minValue: 1, maxValue: '9223372036854775807' })
      m.sequence('down', { increment: -2, maxValue: -1 })
    },
  ],
  [
    'an identity with its usual bounds',
    (m) => {
      const id = m
        .entity(T)
        .toTable('t')
        .property((t) => t.id)
      id.hasType(integer()).hasIdentity({ minValue: 1, maxValue: 2147483647 }).isPrimaryKey()
    },
  ],
  ['an empty comment', and('text', (e) => void e.property((t) => t.x).hasComment(''))],
  ['nchar', withX('nchar(3)')],
  ['an array by its catalog name', withX('_int4')],
])('%s: migrated, and nothing left to do', async (_name, setup) => {
  const { client } = await database()
  expect((await db(client, setup).migrate()).verified).toBe(true)
  expect(await db(client, setup).analyze()).toEqual([])
  await client.script('drop schema lockstep cascade')
  expect(await db(client, setup).analyze()).toEqual([])
})

test('an extension goes to no version that no script leads to', async () => {
  const { client } = await database()
  await client.script('create extension pg_trgm')
  const to = (version: string) => db(client, (model) => void model.extension('pg_trgm', { version }))
  await expect(to('1.3').migrate()).rejects.toMatchObject({
    code: 'NO_UPDATE_PATH',
    message: expect.stringContaining("version 1.6 of extension 'pg_trgm' to 1.3"),
    hint: expect.stringContaining('pg_extension_update_paths'),
  })
  await client.script("drop extension pg_trgm; create extension pg_trgm version '1.3'")
  expect((await to('1.5').migrate()).verified).toBe(true)
})

test('what belongs to a table goes with it, a rule too; a column that a rule reads stays', async () => {
  const { client } = await database()
  await client.script(
    'create table t (a integer, b integer); create rule quiet as on insert to t where new.a > 5 do instead nothing',
  )
  const options = { undeclared: 'drop', schemas: ['public'] } as const
  const to = (objects: readonly unknown[]) =>
    new DbSchemaManager(
      client,
      { type: 'snapshot', snapshot: { format: 1, objects }, label: 'a snapshot' },
      options,
    ).migrate({ confirm: allow('data-loss') })
  const table = { kind: 'table', object: { schemaName: 'public', name: 't' } }
  await expect(to([table])).rejects.toMatchObject({ code: 'BLOCKED_BY_UNMANAGED' })
  expect((await to([])).plan.steps.map(({ description }) => description)).toEqual(["Drop table 't'"])
})

test('a partition in a schema that is not managed is counted, and no table is made again over its head', async () => {
  const [{ client }, { client: other }] = [await database(), await database()]
  await client.script(`create schema archive; create table p (id integer) partition by range (id);
    create table archive.p1 partition of p for values from (1) to (9); insert into p values (1), (2)`)
  const to = () =>
    new DbSchemaManager(client, { type: 'database', client: other, label: 'other' }, { schemas: ['public'] })
  const { steps } = await to().plan({ measure: true })
  expect(steps.map(({ risks }) => risks.map(({ code, measured }) => ({ code, measured })))).toEqual([
    [{ code: 'DROPS_TABLE', measured: { rows: 2 } }],
  ])
  await other.script('create table p (id integer) partition by list (id)')
  await expect(to().migrate({ confirm: allow('data-loss') })).rejects.toMatchObject({ code: 'BLOCKED_BY_UNMANAGED' })
})

test('a partition that a foreign key leads to by its table is detached before it is dropped', async () => {
  const [{ client }, { client: other }] = [await database(), await database()]
  const setup =
    'create table p (id integer primary key) partition by range (id); create table p1 partition of p for values from (1) to (5); create table q (p integer references p)'
  await client.script(`${setup}; create table p2 partition of p for values from (5) to (9)`)
  await other.script(setup)
  const report = await new DbSchemaManager(client, { type: 'database', client: other, label: 'other' }).migrate({
    confirm: allow('data-loss'),
  })
  expect(report.plan.steps.map(({ sql: text }) => text)).toEqual([
    ['alter table "public"."p" detach partition "public"."p2"', 'drop table "public"."p2"'],
  ])
  expect(report.verified).toBe(true)
})

test('a database has the schema public, also where it is empty; what migrations build has only what they make', async () => {
  const [{ client }, { client: other }] = [await database(), await database()]
  await client.script('create table here (); create schema aside; create table aside.t ()')
  await other.script('create schema app')
  const drops = async (more: { readonly ofMigrations?: true }) => {
    const source = { type: 'database', client: other, label: 'other', ...more } as const
    return (await new DbSchemaManager(client, source).analyze()).filter(({ type }) => type.startsWith('drop'))
  }
  expect(await drops({})).toEqual([expect.objectContaining({ type: 'drop_table', tableName: 'here' })])
  expect(await drops({ ofMigrations: true })).toEqual([])
})

test('a misspelt schema or allowance is told, not obeyed', async () => {
  const { client } = await database()
  await db(client, withX('text')).migrate()
  class Db extends DbContext {
    protected override setupModel(model: DbModelConfig): void {
      withX('text')(model)
    }
  }
  await expect(new Db(client).getSchemaManager({ schemas: ['publc'] }).analyze()).rejects.toMatchObject({
    code: 'USAGE',
    message: expect.stringContaining("'publc'"),
  })
  expect(() => allow('DROP_COLUMN')).toThrow(
    expect.objectContaining({ code: 'USAGE', hint: expect.stringContaining('DROPS_COLUMN') }),
  )
})

test('grants on what has to be made again: it is asked about, and a plan without such grants is not', async () => {
  const { client, name } = await database()
  const role = `lockstep_reader_${name.slice(-8)}`
  class Db extends DbContext {
    constructor(
      inner: DatabaseClient,
      readonly type: string,
    ) {
      super(inner)
    }
    protected override setupModel(model: DbModelConfig): void {
      withX(this.type)(model)
    }
    protected override async onMigrationComplete(inner: DatabaseClient): Promise<void> {
      await inner.script('create or replace view seen as select x from t')
    }
  }
  await new Db(client, 'varchar(5)').getSchemaManager().migrate()
  expect((await new Db(client, 'varchar(9)').getSchemaManager().migrate({ confirm: 'refuse' })).verified).toBe(true)
  await client.script(`create role ${role}; grant select on seen to ${role}`)
  try {
    const schema = new Db(client, 'varchar(20)').getSchemaManager()
    await expect(schema.migrate({ confirm: 'refuse' })).rejects.toMatchObject({
      code: 'REFUSED',
      message: expect.stringContaining('LOSES_PRIVILEGES'),
    })
    expect((await schema.migrate({ confirm: allow('LOSES_PRIVILEGES:seen') })).verified).toBe(true)
  } finally {
    await client.script(`drop owned by ${role}; drop role ${role}`)
  }
})

test('what the server itself brings about on the way is set right in the same transaction, and the report says so', async () => {
  const { client } = await database()
  await client.script(`create function meddle() returns event_trigger language plpgsql as $$ begin if to_regclass('public.t') is not null then alter table public.t alter column x set default 'meddled'; end if; end $$;
    create event trigger meddle on ddl_command_end when tag in ('CREATE TABLE') execute function meddle()`)
  const schema = db(client, withX('text'))
  const report = await schema.migrate()
  expect(report.steps).toHaveLength(report.plan.steps.length)
  expect(report.notes).toEqual([expect.stringMatching(/^Reading back showed more to do, which was done: .*'t\.x'/)])
  expect(await schema.analyze()).toEqual([])
  await client.script('drop event trigger meddle')
})

test('an attached partition that is to keep an index which the parent has taken over', async () => {
  const [{ client }, { client: other }] = [await database(), await database()]
  const parent =
    'create table t (id integer) partition by list (id); create index t_key on t (id); alter table t add unique (id);'
  const own = 'create index own_key on t_a (id); alter table t_a add constraint own_unique unique (id);'
  await client.script(`${parent} create table t_a (id integer); ${own} insert into t_a values (1)`)
  await other.script(`${parent} create table t_a partition of t default; ${own}`)
  const schema = new DbSchemaManager(client, { type: 'database', client: other, label: 'other' })
  expect((await schema.migrate()).notes).toEqual([expect.stringContaining("'t_a.own_unique'")])
  expect(await schema.analyze()).toEqual([])
  expect(await witnessed(client)).toBe(await witnessed(other))
  expect((await client.query('select id from t')).rows).toEqual([{ id: 1 }])
})

test('what cannot be set right so is rolled back', async () => {
  const { client } = await database()
  await client.script(`create function meddle() returns event_trigger language plpgsql as $$ begin if to_regclass('public.t') is not null then alter table public.t add column if not exists y text; end if; end $$;
    create event trigger meddle on ddl_command_end when tag in ('CREATE TABLE') execute function meddle()`)
  const before = await witnessed(client)
  await expect(db(client, withX('text')).migrate({ confirm: allow('data-loss') })).rejects.toMatchObject({
    code: 'NOT_VERIFIED',
  })
  expect(await witnessed(client)).toBe(before)
  await client.script('drop event trigger meddle')
})

test('what the plan renames is counted under its old name: schema, table, column, and two that swap theirs', async () => {
  const { client } = await database()
  class A {
    id!: number
    code!: string
    gone!: string
  }
  class B {
    id!: number
    gone!: string
  }
  const named = (model: DbModelConfig, schema: string, [a, b]: readonly [string, string]) => {
    model.entity(A, (e) => {
      e.toTable(a, schema)
      e.property((one) => one.id)
        .hasType(integer())
        .isPrimaryKey()
    })
    model.entity(B, (e) => {
      e.toTable(b, schema)
      e.property((one) => one.id)
        .hasType(integer())
        .isPrimaryKey()
    })
  }
  await db(client, (model) => {
    named(model, 'before', ['a', 'b'])
    model.entity(A, (e) => {
      e.property((a) => a.code)
        .hasColumnName('word')
        .hasType(text())
        .isRequired(false)
      e.property((a) => a.gone)
        .hasType(text())
        .isRequired(false)
    })
    model.entity(B, (e) =>
      e
        .property((b) => b.gone)
        .hasType(text())
        .isRequired(false),
    )
  }).ensureCreated()
  await client.script(`insert into before.a values (1, 'long', 'x'), (2, 'long', null), (3, null, null);
    insert into before.b values (1, 'x'), (2, null), (3, null), (4, null), (5, 'y')`)
  const schema = db(client, (model) => {
    model.schema('after', { renamedFrom: 'before' })
    named(model, 'after', ['b', 'a'])
    model.entity(A, (e) => {
      e.renamedFrom('a')
      e.property((a) => a.code)
        .hasColumnName('code')
        .hasType(varchar(5))
        .renamedFrom('word')
        .isRequired(false)
    })
    model.entity(B, (e) => e.renamedFrom('b'))
  })
  const { steps } = await schema.plan({ measure: true })
  const counted = steps.flatMap(({ description, risks }) =>
    risks.filter(({ measure }) => measure).map(({ measured }) => [description, measured]),
  )
  expect(counted).toEqual([
    ["Alter column 'after.b.code' (type text → varchar(5))", { rows: 3, values: 2 }],
    ["Drop column 'after.a.gone'", { rows: 5, values: 2 }],
    ["Drop column 'after.b.gone'", { rows: 3, values: 1 }],
  ])
})
