// From one state of a database to another and back, as SQL has them: reached, read back equal, nothing left to do. One run for all, each in a schema of its own.
import { expect, test } from 'vitest'
import { allow, type DatabaseClient, DbSchemaManager } from '../../src/index.js'
import { witnessed } from '../support/case-runner.js'
import { withDatabase } from '../support/database.js'

const database = withDatabase()

const manager = (client: DatabaseClient, other: DatabaseClient) =>
  new DbSchemaManager(client, { type: 'database', client: other, label: 'other' })

const situations: readonly (readonly [what: string, one: string, other: string])[] = [
  [
    'a table goes with a check that calls a function of its rows',
    `create table t (a integer); create function f(r t) returns boolean language sql immutable as 'select r.a > 0';
     alter table t add check (f(t)); create table kept ()`,
    'create table kept ()',
  ],
  [
    'storage parameters of indexes and keys of a partitioned table',
    'create table t (a integer, b integer, primary key (a)) partition by range (a); create index i on t (b)',
    'create table t (a integer, b integer, primary key (a) with (fillfactor = 70)) partition by range (a); create index i on t (b) with (fillfactor = 70)',
  ],
  [
    'an overload takes the place of the function that a view and a trigger call in the same words',
    `create function f(a integer) returns boolean language sql immutable as 'select true'; create table t (a integer);
     create function g() returns trigger language plpgsql as 'begin return new; end';
     create view v as select f(a) as b from t; create trigger g before insert on t for each row when (f(new.a)) execute function g()`,
    `create function f(a bigint) returns boolean language sql immutable as 'select true'; create table t (a integer);
     create function g() returns trigger language plpgsql as 'begin return new; end';
     create view v as select f(a) as b from t; create trigger g before insert on t for each row when (f(new.a)) execute function g()`,
  ],
  [
    'a column changes its type under a function whose body writes it',
    `create table t (a integer, b integer); create function f() returns void language sql begin atomic
     update t set b = 1 where a = 1; insert into t (b) values (2); delete from t where b = 3; end`,
    `create table t (a integer, b bigint); create function f() returns void language sql begin atomic
     update t set b = 1 where a = 1; insert into t (b) values (2); delete from t where b = 3; end`,
  ],
  [
    'replica identity and clustering go over to a key in the place of another',
    'create table t (a integer not null, constraint k unique (a)); alter table t replica identity using index k; cluster t using k',
    'create table t (a integer not null, constraint l unique (a)); alter table t replica identity using index l; cluster t using l',
  ],
  [
    'the key of a partition goes over to the partitioned table',
    'create table t (a integer not null, b integer not null) partition by range (a); create table p partition of t for values from (0) to (9); alter table p add primary key (a)',
    'create table t (a integer not null, b integer not null, primary key (b, a)) partition by range (a); create table p partition of t for values from (0) to (9)',
  ],
  [
    'a column changes its type under what goes, of a partition and of a child, and uses theirs',
    `create table t (a integer, b integer) partition by list (b); create table p partition of t for values in (1) partition by list (b); create table q partition of p for values in (1);
     create policy l on q using (a > 1); create view v as select a from q; create table u (a integer); create table c () inherits (u); create policy l on c using (a > 1)`,
    `create table t (a bigint, b integer) partition by list (b); create table p partition of t for values in (1) partition by list (b); create table q partition of p for values in (1);
     create table u (a bigint); create table c () inherits (u)`,
  ],
  [
    'types change places with types of other kinds',
    `create type a as enum ('x', 'y'); create domain b as text; create type c as (q integer); create table t (a a, b b default 'y');
     create function f(b) returns a language sql as 'select null::a'; insert into t values ('x')`,
    `create domain a as text; create type b as enum ('x', 'y'); create type c as enum ('z'); create table t (a a, b b default 'y');
     create function f(b) returns a language sql as 'select null::a'`,
  ],
  [
    'a partition whose rows others refer to gets other bounds',
    `create table t (a integer primary key, b integer references t) partition by range (a); create table p partition of t for values from (0) to (9);
     create table u (a integer references t); insert into t values (1, 1); insert into u values (1)`,
    `create table t (a integer primary key, b integer references t) partition by range (a); create table p partition of t for values from (1) to (5);
     create table q partition of t for values from (5) to (7); create table u (a integer references t)`,
  ],
  [
    'an index of a partitioned table in the place of a like one: those of its partitions are named as if it were the first',
    'create table t (a integer) partition by range (a); create table p partition of t for values from (0) to (9); create index i on t (a)',
    'create table t (a integer) partition by range (a); create table p partition of t for values from (0) to (9); create index j on t (a desc)',
  ],
  [
    'an overload with defaults comes under a view and a domain that are changed too',
    `create function f() returns integer language sql as 'select 1'; create domain d as integer default f(); create table t (a integer default f());
     create view v as select f() as a, 1 as b; create policy p on t using (f() > 1)`,
    `create function f(a integer default 1) returns integer language sql as 'select 1'; create domain d as bigint default f(); create table t (a integer default f());
     create view v as select f() as a, 2 as b; create policy p on t using (f() > 2)`,
  ],
]

const all = (side: 1 | 2): string =>
  situations.map((one, index) => `create schema s${index}; set search_path = s${index}; ${one[side]};`).join('\n')

test('from one state to another and back', async () => {
  const [{ client }, { client: desired }, { client: first }] = [await database(), await database(), await database()]
  for (const [target, side] of [
    [client, 1],
    [first, 1],
    [desired, 2],
  ] as const)
    await target.script(all(side))
  for (const goal of [desired, first]) {
    await manager(client, goal).migrate({ confirm: allow('data-loss') })
    expect(await manager(client, goal).analyze()).toEqual([])
    expect(await witnessed(client)).toBe(await witnessed(goal))
  }
})
