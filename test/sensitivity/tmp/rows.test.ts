import { expect, test } from 'vitest'
import { allow, DbSchemaManager } from '../../../src/index.js'
import { withDatabase } from '../../support/database.js'

const database = withDatabase()
const to = (a: any, b: any) => new DbSchemaManager(a, { type: 'database', client: b, label: 'x' }, { schemas: 'all' })
test('identity over rows', async () => {
  const { client: a } = await database()
  const { client: b } = await database()
  await a.script(
    'create table t (a integer not null); insert into t values (1), (2); create table "o\'$$" (a integer not null); insert into "o\'$$" values (500)',
  )
  await b.script(
    `create table t (a integer generated always as identity (minvalue 100)); create table "o'$$" (a integer generated always as identity (maxvalue 900)); alter sequence "o'$$_a_seq" as smallint; create view v as select * from t`,
  )
  await to(a, b).migrate({ confirm: allow('data-loss') })
  await a.script('insert into t default values; insert into "o\'$$" default values')
  console.log(
    JSON.stringify((await a.script('table t'))[0]?.rows),
    JSON.stringify((await a.script('table "o\'$$"'))[0]?.rows),
  )
  await b.script(`alter sequence "o'$$_a_seq" as bigint`)
  const p = await to(a, b).plan()
  console.log(p.steps.map((s) => s.sql))
  await to(a, b).migrate({ confirm: allow('data-loss') })
  expect(await to(a, b).analyze()).toEqual([])
})
for (const [name, x, y] of [
  [
    'type under identity with view',
    'create table t (a bigint generated always as identity); create view v as select * from t',
    'create table t (a bigint generated always as identity); create view v as select * from t; alter sequence t_a_seq as integer',
  ],
  [
    'unlogged with fk',
    'create table p (a integer primary key); create table c (a integer references p)',
    'create unlogged table p (a integer primary key); create unlogged table c (a integer references p)',
  ],
  [
    'logged with fk',
    'create unlogged table p (a integer primary key); create unlogged table c (a integer references p)',
    'create table p (a integer primary key); create table c (a integer references p)',
  ],
  [
    'logged with fk, names the other way',
    'create unlogged table z (a integer primary key); create unlogged table c (a integer references z)',
    'create table z (a integer primary key); create table c (a integer references z)',
  ],
  [
    'unlogged with fk, names the other way',
    'create table z (a integer primary key); create table c (a integer references z)',
    'create unlogged table z (a integer primary key); create unlogged table c (a integer references z)',
  ],
  ['identity first unlogged', 'create table t (a serial)', 'create unlogged table t (a bigserial)'],
  ['sequence bounds past last_value', "create sequence s; select nextval('s')", 'create sequence s minvalue 100'],
  [
    'pk deferrable under fk',
    'create table p (a integer primary key); create table c (a integer references p)',
    'create table p (a integer primary key, b integer unique); create table c (a integer references p (b))',
  ],
  [
    'pk include under fk',
    'create table p (a integer, b integer, constraint p_pkey primary key (a)); create table c (a integer references p)',
    'create table p (a integer, b integer, constraint p_pkey primary key (a) include (b)); create table c (a integer references p)',
  ],
  [
    'pk->unique under fk',
    'create table p (a integer not null, constraint k primary key (a)); create table c (a integer references p (a))',
    'create table p (a integer not null, constraint k unique (a)); create table c (a integer references p (a))',
  ],
  [
    'unique index under fk',
    'create table p (a integer); create unique index k on p (a); create table c (a integer references p (a))',
    'create table p (a integer, b integer); create unique index k on p (a) include (b); create table c (a integer references p (a))',
  ],
  [
    'extension schema in use',
    "create schema x; create extension citext; create table t (a citext default 'a'); create index i on t (lower(a))",
    "create schema x; create extension citext schema x; create table t (a x.citext default 'a'); create index i on t (lower(a))",
  ],
  [
    'stored over collated',
    'create table t (a text collate "C", b text generated always as (upper(a)) stored)',
    'create table t (a text collate "POSIX", b text generated always as (upper(a)) stored)',
  ],
  [
    'commented column rebuilt',
    "create table t (a integer, b integer generated always as (a * 2) stored, constraint k check (b > 0)); comment on column t.b is 'x'; comment on constraint k on t is 'y'; create index i on t (b); comment on index i is 'z'",
    "create table t (a integer, b bigint generated always as (a * 3) stored, constraint k check (b > 0)); comment on column t.b is 'x'; comment on constraint k on t is 'y'; create index i on t (b); comment on index i is 'z'",
  ],
] as const)
  test(name, async () => {
    const { client: a } = await database()
    const { client: b } = await database()
    await a.script(x)
    await b.script(y)
    await to(a, b).migrate({ confirm: allow('data-loss') })
    const { witnessed } = await import('../../support/case-runner.js')
    expect(await witnessed(a)).toBe(await witnessed(b))
  })
