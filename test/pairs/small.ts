// Small changes that went wrong once, or that only one order of steps can make.
/** Two states, written as SQL, that lead to each other; and what a query says once both ways were gone. */
export type Pair = readonly [one: string, other: string, kept?: readonly [query: string, expected: string]]

export const small: Readonly<Record<string, Pair>> = {
  clustered_on_a_key_that_goes: [
    `create table t (a int, b int not null, constraint gone primary key (b)); alter table t cluster on gone`,
    `create table t (a int, b int, constraint other unique (b)); alter table t cluster on other`,
  ],
  identity_of_rows_by_a_column_that_becomes_nullable: [
    `create table t (a int not null, b int not null, constraint u unique (b), constraint u2 unique (a));
      alter table t cluster on u2; alter table t replica identity using index u`,
    `create table t (a int not null, b int, constraint u unique (b), constraint u2 unique (a));
      alter table t cluster on u; alter table t replica identity using index u2`,
  ],
  said_otherwise: [
    `create table t (a timestamptz default now(), b varchar(9) default 'x', c numeric default 5, d interval default '1 s')`,
    `create table t (a timestamptz default current_timestamp, b varchar(9) default 'x'::text, c numeric default '5', d interval default '1 s'::interval(0))`,
  ],
  one_of_the_parent_alone: [
    `create table p (id int not null, note text) partition by list (lower(note)); create table one partition of p default; create index on only p (id)`,
    `create table p (id int not null, note text) partition by range (id); create table one partition of p default; create index on only p (id)`,
  ],
  a_further_parent_with_a_check: [
    `create table t (id int, constraint c check (id > 0)); create table elder (age int); create table child (extra int) inherits (elder); insert into child values (1, 2)`,
    `create table t (id int, constraint c check (id > 0)); create table elder (age int); create table child (extra int) inherits (elder, t)`,
  ],
  referenced_by_another_key: [
    `create table u (id int not null, constraint own primary key (id), constraint other unique (id)); create table t (ref int)`,
    `create table u (id int not null, constraint other unique (id)); create table t (ref int references u (id))`,
  ],
  included_in_a_key_that_is_referenced: [
    `create table u (id int, a varchar(50), b varchar(50), primary key (id) include (b)); create unique index i on u (id) include (a); create table t (ref int references u (id))`,
    `create table u (id int, a text, b text, primary key (id) include (b)); create unique index i on u (id) include (a); create table t (ref int references u (id))`,
  ],
  its_own_after_a_parent_that_goes: [
    `create table t (id int); create table elder (age int); create table child (extra int) inherits (t)`,
    `create table t (id int); create table elder (age int); create table child (extra int) inherits (elder, t)`,
  ],
  read_before_it_has_rows: [
    `create table t (id int, a int); insert into t values (1); create materialized view m as select id from t with no data; create materialized view other as select id from t`,
    `create table t (id int, a int); insert into t values (1); create materialized view m as select id, a from t; create materialized view other as select id, a from t;
      create view v as select id from m; create materialized view x as select count(*) as n from v; create materialized view y as select n from x; create materialized view z as select id from other`,
  ],
  columns_of_a_parent_that_lets_go: [
    `create table t (a int); create table elder (age int); create table child () inherits (t, elder)`,
    `create table t (a int, b int); create table elder (age int); create table child () inherits (elder)`,
  ],
  partitions_under_one_of_the_parent_alone: [
    `create table p (id int not null) partition by range (id); create table one partition of p for values from (1) to (3); create index i on only p (id)`,
    `create table p (id int not null) partition by range (id); create table one partition of p for values from (1) to (5);
      create table two partition of p default; create index i on only p (id)`,
  ],
  filled_as_its_owners_may: [
    `create table t (a int); alter table t owner to pairs_one; create view v as select a from t; alter view v owner to pairs_two`,
    `create table t (a int); alter table t owner to pairs_two; create view v as select a from t; alter view v owner to pairs_two;
      create materialized view m as select a from v; alter materialized view m owner to pairs_two`,
  ],
  replica_identity_over_columns_that_may_be_null_before: [
    `create table t (id integer not null, b text, constraint t_key unique (b, id)); alter table t enable row level security; create index t_ix on t using brin (id)`,
    `create table t (id integer not null, b text, primary key (id, b), constraint t_key unique (b, id)) with (fillfactor = 90); alter table t replica identity using index t_key`,
  ],
  tied_when_a_column_with_grants_has_gone: [
    `create table t (id integer not null, a integer); create table child (id integer not null); grant select, update (a) on t to pairs_one; alter table t owner to pairs_two`,
    `create table t (id integer not null); create table child () inherits (t); grant all on t to pairs_one`,
  ],
  sequences_that_come_to_belong_to_other_owners: [
    `create sequence s; alter sequence s owner to pairs_one; create table t (a int); create table u (a int); alter table u owner to pairs_two; create sequence z; alter sequence z owner to pairs_two; alter sequence z owned by u.a`,
    `create sequence s; create table t (a int); alter sequence s owned by t.a; create table u (a int); alter table u owner to pairs_two;
      create sequence z; alter sequence z owner to pairs_one`,
  ],
  sequences_that_change_hands: [
    `create table t (a int); alter table t owner to pairs_one; create sequence s; alter sequence s owner to pairs_one; alter sequence s owned by t.a`,
    `create table t (a int); create table u (a int); alter table u owner to pairs_two; create sequence s; alter sequence s owner to pairs_two; alter sequence s owned by u.a`,
  ],
  tied_to_a_parent_that_names_its_not_null: [
    `create table t (id int not null); create table child (id int not null)`,
    `create table t (id int not null, d int constraint given not null); create table child (id int not null) inherits (t); create table other () inherits (t)`,
  ],
  children_that_go_before_their_parent_counts: [
    `create table t (a int); create table child (extra int) inherits (t)`,
    `create table t (a int, d smallint generated always as identity (cache 9 cycle))`,
  ],
  another_key_under_a_view_that_changes: [
    `create table u (id int not null, constraint own primary key (id)); create materialized view m as select id from u`,
    `create table u (id int not null, primary key (id) deferrable); create materialized view m as select id from u; alter materialized view m alter column id set statistics 70`,
  ],
  partitions_that_go_with_one_of_the_parent_alone: [
    `create table p (id int not null, at date not null, primary key (id, at)) partition by range (at);
      create table one partition of p default partition by list (id); create index on only p (at)`,
    `create table p (id int not null, at date not null) partition by hash (id); create index on only p (at)`,
  ],
  attributes_in_their_order: [
    `create type a as (street text, feel int); create table t of a; insert into t values ('x')`,
    `create type a as (street text, zip text, city text); create table t of a`,
  ],
  lists_over_varchar: [
    `create table t (id int, s varchar(20)); create table child (id int, s varchar(20))`,
    `create table t (id int, s varchar(20), constraint c check (s in ('a', 'it''s', e'b\\c', null)));
      create table child () inherits (t);
      create domain word as varchar(5) check (value not in ('a', 'b'));
      create index i on t (id) where s in ('x', 'y'); create index j on t ((s in ('x', 'y')));
      create view v as select id from t where s in ('k', 'l'); create policy p on t using (s in ('1', '2'))`,
  ],
  by_the_sequence_of_the_parent: [
    `create table t (id int not null); create table child (id int not null, extra int)`,
    `create table t (id int not null, d bigserial); create table child (extra int) inherits (t)`,
  ],
  counting_on_within_new_bounds: [
    `create sequence s; select nextval('s'); create sequence unused start 100; create sequence down increment -1; select nextval('down');
      create table t (id int generated always as identity, word text); insert into t (word) values ('a'), ('b');
      create table unused_too (id int generated always as identity (start 500))`,
    `create sequence s minvalue 50 start 60; create sequence unused maxvalue 50 start 10; create sequence down increment -1 maxvalue -9 start -20;
      create table t (id int generated always as identity (minvalue 100 start 1000), word text);
      create table unused_too (id int generated always as identity (maxvalue 50 start 10))`,
    [
      `select string_agg(nextval(format('counting_on_within_new_bounds.%I', name))::text, ' ') as kept from unnest(array['s', 'unused', 'down', 't_id_seq', 'unused_too_id_seq']) name`,
      '60 10 -20 1000 10',
    ],
  ],
  no_longer_inherited_and_gone: [
    `create table t (id int not null); create table elder (age int not null);
      create table child (extra int) inherits (elder, t)`,
    `create table t (id int not null); create table child (extra int) inherits (t)`,
  ],
  rows_called_by_a_check_that_goes: [
    `create table t (a integer); create function f(r t) returns boolean language sql immutable as 'select r.a > 0';
     alter table t add check (f(t)); create table kept ()`,
    'create table kept ()',
  ],
  storage_of_partitioned_indexes: [
    'create table t (a integer, b integer, primary key (a)) partition by range (a); create index i on t (b)',
    'create table t (a integer, b integer, primary key (a) with (fillfactor = 70)) partition by range (a); create index i on t (b) with (fillfactor = 70)',
  ],
  overload_in_the_same_words: [
    `create function f(a integer) returns boolean language sql immutable as 'select true'; create table t (a integer);
     create function g() returns trigger language plpgsql as 'begin return new; end';
     create view v as select f(a) as b from t; create trigger g before insert on t for each row when (f(new.a)) execute function g()`,
    `create function f(a bigint) returns boolean language sql immutable as 'select true'; create table t (a integer);
     create function g() returns trigger language plpgsql as 'begin return new; end';
     create view v as select f(a) as b from t; create trigger g before insert on t for each row when (f(new.a)) execute function g()`,
  ],
  column_that_a_body_writes: [
    `create table t (a integer, b integer); create function f() returns void language sql begin atomic
     update t set b = 1 where a = 1; insert into t (b) values (2); delete from t where b = 3; end`,
    `create table t (a integer, b bigint); create function f() returns void language sql begin atomic
     update t set b = 1 where a = 1; insert into t (b) values (2); delete from t where b = 3; end`,
  ],
  identity_of_rows_by_another_key: [
    'create table t (a integer not null, constraint k unique (a)); alter table t replica identity using index k; cluster t using k',
    'create table t (a integer not null, constraint l unique (a)); alter table t replica identity using index l; cluster t using l',
  ],
  key_of_a_partition_for_its_parent: [
    'create table t (a integer not null, b integer not null) partition by range (a); create table p partition of t for values from (0) to (9); alter table p add primary key (a)',
    'create table t (a integer not null, b integer not null, primary key (b, a)) partition by range (a); create table p partition of t for values from (0) to (9)',
  ],
  type_under_what_hangs_on_partitions: [
    `create table t (a integer, b integer) partition by list (b); create table p partition of t for values in (1) partition by list (b); create table q partition of p for values in (1);
     create policy l on q using (a > 1); create view v as select a from q; create table u (a integer); create table c () inherits (u); create policy l on c using (a > 1)`,
    `create table t (a bigint, b integer) partition by list (b); create table p partition of t for values in (1) partition by list (b); create table q partition of p for values in (1);
     create table u (a bigint); create table c () inherits (u)`,
  ],
  away_from_a_domain_made_anew: [
    `create type mood as enum ('1', '2'); create domain d as int check (value > 0); create table t (a d[], b d); insert into t values ('{1,2}', 1)`,
    `create type mood as enum ('1', '2'); create domain d as bigint check (value > 0); create table t (a mood[], b mood)`,
    [`select a::text || b as kept from away_from_a_domain_made_anew.t`, '{1,2}1'],
  ],
  types_of_other_kinds: [
    `create type a as enum ('x', 'y'); create domain b as text; create type c as (q integer); create table t (a a, b b default 'y');
     create function f(b) returns a language sql as 'select null::a'; insert into t values ('x')`,
    `create domain a as text; create type b as enum ('x', 'y'); create type c as enum ('z'); create table t (a a, b b default 'y');
     create function f(b) returns a language sql as 'select null::a'`,
  ],
  bounds_of_rows_referred_to: [
    `create table t (a integer primary key, b integer references t) partition by range (a); create table p partition of t for values from (0) to (9);
     create table u (a integer references t); insert into t values (1, 1); insert into u values (1)`,
    `create table t (a integer primary key, b integer references t) partition by range (a); create table p partition of t for values from (1) to (5);
     create table q partition of t for values from (5) to (7); create table u (a integer references t)`,
  ],
  index_in_the_place_of_a_like_one: [
    'create table t (a integer) partition by range (a); create table p partition of t for values from (0) to (9); create index i on t (a)',
    'create table t (a integer) partition by range (a); create table p partition of t for values from (0) to (9); create index j on t (a desc)',
  ],
  overload_with_defaults: [
    `create function f() returns integer language sql as 'select 1'; create domain d as integer default f(); create table t (a integer default f());
     create view v as select f() as a, 1 as b; create policy p on t using (f() > 1)`,
    `create function f(a integer default 1) returns integer language sql as 'select 1'; create domain d as bigint default f(); create table t (a integer default f());
     create view v as select f() as a, 2 as b; create policy p on t using (f() > 2)`,
  ],
  kept_below: [
    `create table p (a int, b int); create table c1 () inherits (p); create table c2 () inherits (p);
      create table c3 () inherits (c2); create table c4 () inherits (c1); create table c5 (a int) inherits (p);
      insert into p values (1); insert into c1 values (2); insert into c2 values (3); insert into c3 values (4); insert into c4 values (5); insert into c5 values (6)`,
    `create table p (b int); create table c1 (a int default 3) inherits (p); create table c2 () inherits (p);
      create table c3 (a int) inherits (c2); create table c4 () inherits (c1); create table c5 (a int) inherits (p)`,
    [`select string_agg(a::text, ' ' order by a) as kept from kept_below.p`, '2 4 5 6'],
  ],
  rows_stored_elsewhere: [
    `create table p (id int, c int); insert into p values (1, 2); create domain d as p; create table j (x int, gone p); create table e (row d)`,
    `create table p (id int, c bigint, n int default 5); create domain d as p; create type t as (a d); create table j (x int, held t, list p[])`,
    [`select c::text as kept from rows_stored_elsewhere.p`, '2'],
  ],
  overload_in_the_place_of_one_that_goes_late: [
    `create function f() returns int language sql as 'select 1'; create table t (a int default f()); create policy q on t with check (f() > 1)`,
    `create function f(s boolean default false) returns int language sql as 'select 1'; create table t (a int default f()); create policy p on t using (f() > 1)`,
  ],
  keys_of_the_parent_alone: [
    `create table t (a int not null, b int not null) partition by range (a); create table p partition of t for values from (0) to (9);
     alter table only t add constraint k primary key (a); alter table only t add constraint u unique (a, b); alter table p add constraint l primary key (a)`,
    `create table t (a int not null, b int not null) partition by range (a); create table p partition of t for values from (0) to (9); create table q partition of t default;
     alter table only t add constraint k primary key (a); alter table p add constraint l primary key (a); alter table q add constraint m primary key (a);
     alter index k attach partition l; alter index k attach partition m`,
  ],
  over_one_that_stays_without_rows: [
    `create table t (a int, b text); create materialized view m as select a, b from t with no data`,
    `create table t (a int, b text); create materialized view m as select a, b from t; alter materialized view m alter b set storage external;
     create materialized view n as select count(*) as n from m`,
  ],
  included_in_keys_that_foreign_keys_come_to: [
    `create table u (id int, b text check (b <> ''), primary key (id) include (b)); create table t (ref int)`,
    `create table u (id int, b text collate "C", primary key (id) include (b)); create table t (ref int references u)`,
  ],
  called_once_an_overload_has_gone: [
    `create function f(anycompatible) returns int language sql as 'select 1'; create function f(numeric) returns int language sql as 'select 1';
     create table t (a int); create view w as select f(2.5) as x`,
    `create function f(anycompatible) returns int language sql as 'select 1'; create table t (a int); create view v as select f(a) as x from t`,
  ],
  columns_of_rows_that_bodies_are_given: [
    `create table p (id int); create table q (id int, a int)`,
    `create table p (id int, extra text, more int, z int); create table q (id int, a p, constraint c check ((a).more > 0)); create domain d as p;
     create function a_of(p) returns text language sql begin atomic select ($1).extra; end; create function b_of(x p) returns int return x.more;
     create function c_of(x q) returns int return (x.a).z; create function e_of(x p) returns record return row((x).*); create function f_of(x d) returns text return (x).extra`,
  ],
  other_columns_once_detached: [
    `create table p (id int, note text, unique (id)) partition by range (id); create table one partition of p for values from (1) to (5);
     create table r (id int references p (id)); insert into p values (1, 'x'); insert into r values (1)`,
    `create table one (id int, note varchar(20), more int default 3); create table p (id bigint) partition by hash (id)`,
    [`select string_agg(note, ' ') as kept from other_columns_once_detached.one`, 'x'],
  ],
  other_types_under_another_parent: [
    `create table p (id int, note text, c int default 5); create table one (own int) inherits (p); create table two () inherits (one); insert into two values (1, 'x', 3, 4)`,
    `create table p (id bigint, note text); create table one (id int, own int, note varchar(20), more int default 3); create table two (c int default 5) inherits (p)`,
    [`select note as kept from other_types_under_another_parent.two`, 'x'],
  ],
  partitioned_on_both_ends_of_a_foreign_key: [
    `create table p (id int primary key, v int) partition by range (id); create table p1 partition of p for values from (0) to (100);
     create table q (id int primary key, r int references p) partition by range (id); create table q1 partition of q for values from (0) to (100); insert into p values (1, 1); insert into q values (1, 1)`,
    `create table p (id bigint primary key, v int) partition by range (id); create table p1 partition of p for values from (0) to (100);
     create table q (id bigint primary key, r bigint references p on delete cascade) partition by range (id); create table q1 partition of q for values from (0) to (100)`,
    [`select r::text as kept from partitioned_on_both_ends_of_a_foreign_key.q`, '1'],
  ],
  nullable_from_above_under_keys: [
    `create table t (id int not null, n text not null); create table c (x int, primary key (id)) inherits (t); alter table c replica identity using index c_pkey;
     create table d (y int) inherits (c); alter table d add constraint du unique (n); alter table d replica identity using index du`,
    `create table t (id int, n text); create table c (x int) inherits (t); create table d (y int) inherits (c); alter table d add constraint du unique (n)`,
  ],
  under_keys_of_partitioned_tables: [
    `create function f(int) returns int language sql immutable as 'select $1'; create table t (a int) partition by list (f(a)); create table p partition of t for values in (1); insert into t values (1);
     create view v as select a from t; create collation c (locale = 'C'); create table w (a text) partition by list (a collate c); create table q partition of w for values in ('a')`,
    `create function f(bigint) returns bigint language sql immutable as 'select $1'; create table t (a int) partition by list (f(a)); create table p partition of t for values in (1);
     create view v as select a from t; create collation c (locale = 'POSIX'); create table w (a text) partition by list (a collate c); create table q partition of w for values in ('a')`,
    [`select a::text as kept from under_keys_of_partitioned_tables.t`, '1'],
  ],
  returns_rows_of_what_another_kind_replaces: [
    `create table t (id int, v text); create function f() returns setof t language sql begin atomic select id, v from t; end`,
    `create view t as select 1 as id, 'x'::text as v; create function f() returns setof t language sql begin atomic select id, v from t where id > 0; end`,
  ],
}
