// What walks through long histories of statements met, one state after the other.
import type { Pair } from './small.js'

export const walks: Readonly<Record<string, Pair>> = {
  vectors_of_the_catalog_are_no_arrays: [
    `create table t (a int)`,
    `create table t (a int, o oidvector, i int2vector, oo oidvector[]); create view v as select o, i, oo from t;
     create type c as (o oidvector); create function f(oidvector) returns int2vector language sql as 'select null::int2vector'`,
  ],
  generated_by_a_child_of_its_own: [
    `create table t (a int, b int generated always as (a * 2) stored)`,
    `create table t (a int, b int generated always as (a * 2) stored); create table c (a int not null, b int generated always as (a * 2) stored, x int);
     alter table c inherit t`,
  ],
  detached_from_a_table_that_leads_to_itself: [
    `create table p (id int primary key, up int references p (id)) partition by range (id); create table one (id int not null primary key, up int);
     create table two (id int not null primary key, up int) partition by range (id); create table deep partition of two for values from (10) to (20); insert into one values (1)`,
    `create table p (id int primary key, up int references p (id)) partition by range (id); create table one (id int not null primary key, up int);
     create table two (id int not null primary key, up int) partition by range (id); create table deep partition of two for values from (10) to (20);
     alter table p attach partition one for values from (0) to (10); alter table p attach partition two for values from (10) to (30)`,
    [`select id::text as kept from detached_from_a_table_that_leads_to_itself.one`, '1'],
  ],
  attached_below_one_that_has_a_foreign_key_from_above: [
    `create table k (a int, b int, primary key (a, b)); create table p (a int, b int, foreign key (a, b) references k) partition by list (a);
     create table sub (a int, b int, foreign key (a, b) references k match full) partition by range (a); create table deep (a int, b int, foreign key (a, b) references k on delete cascade);
     alter table p attach partition sub for values in (1)`,
    `create table k (a int, b int, primary key (a, b)); create table p (a int, b int, foreign key (a, b) references k) partition by list (a);
     create table sub (a int, b int, foreign key (a, b) references k match full) partition by range (a); create table deep (a int, b int, foreign key (a, b) references k on delete cascade);
     alter table p attach partition sub for values in (1); alter table sub attach partition deep for values from (0) to (10)`,
  ],
  granted_on_columns_of_the_system: [
    `create table t (a int); grant select (a) on t to pairs_one; create table u (a int); grant select (tableoid) on u to pairs_one, pairs_two`,
    `create table t (a int); grant select (a, tableoid) on t to pairs_one; create table u (a int); create table c () inherits (u); grant select (ctid) on c to pairs_two`,
  ],
  indexes_that_some_partitions_have_attached: [
    `create table p (a int, b int) partition by range (a); create table one partition of p for values from (0) to (10); create table two partition of p for values from (10) to (20) partition by range (a);
     create table deep partition of two for values from (10) to (15); create table deeper partition of two for values from (15) to (20);
     create index i on only p (a); create index alone on one (b)`,
    `create table p (a int, b int) partition by range (a); create table one partition of p for values from (0) to (10); create table two partition of p for values from (10) to (20) partition by range (a);
     create table deep partition of two for values from (10) to (15); create table deeper partition of two for values from (15) to (20);
     create index i on only p (a); create index two_a_idx on only two (a); create index own on deep (a); alter index two_a_idx attach partition own; alter index i attach partition two_a_idx;
     create index alone on one (b); create index other on only p (b); alter index other attach partition alone`,
  ],
  attached_one_after_the_other: [
    `create table p (a int, b int) partition by range (a); create table one partition of p for values from (0) to (10); create table two partition of p for values from (10) to (20);
     create index i on only p (b); create index x on one (b); create index y on two (b); alter index i attach partition x`,
    `create table p (a int, b bigint) partition by range (a); create table one partition of p for values from (0) to (10); create table two partition of p for values from (10) to (20);
     create index i on only p (b); create index x on one (b); create index y on two (b); alter index i attach partition x; alter index i attach partition y`,
  ],
  keys_that_some_partitions_have_attached: [
    `create table p (a int not null) partition by range (a); create table one partition of p for values from (0) to (10); create table two partition of p for values from (10) to (20);
     insert into p values (1), (11); create table sub (a int not null); create index own_of_sub on sub (a)`,
    `create table p (a int not null) partition by range (a); create table one partition of p for values from (0) to (10); create table two partition of p for values from (10) to (20);
     alter table only p add constraint k primary key (a); alter table one add constraint own primary key (a); alter index k attach partition own;
     create table sub partition of p for values from (20) to (30) partition by range (a); create index p_a_idx on only p (a); create index sub_a_idx on only sub (a); alter index p_a_idx attach partition sub_a_idx`,
    [`select string_agg(a::text, ' ') as kept from keys_that_some_partitions_have_attached.p`, '1 11'],
  ],
  on_sequences_of_identities: [
    `create table t (a int generated always as identity, b int generated by default as identity, c bigserial); grant usage on sequence t_a_seq to pairs_one; comment on sequence t_a_seq is 'a';
      comment on sequence t_b_seq is 'b'; grant all on sequence t_b_seq to pairs_two with grant option; grant usage on sequence t_c_seq to pairs_two; comment on sequence t_c_seq is 'c';
      create table u (a int generated always as identity (sequence name one)); grant usage on sequence one to pairs_two`,
    `create table t (a int not null, b bigserial, c bigint generated always as identity); grant usage on sequence t_b_seq to pairs_two; comment on sequence t_b_seq is 'b'; comment on sequence t_c_seq is 'd';
      create table u (a bigint generated always as identity (sequence name two)); grant select on sequence two to pairs_one; comment on sequence two is 'two'`,
  ],
  on_sequences_of_identities_by_default: [
    `do $$ begin execute format('alter default privileges in schema %I grant all on sequences to pairs_one', current_schema); end $$; create table t (b int generated always as identity)`,
    `do $$ begin execute format('alter default privileges in schema %I grant all on sequences to pairs_one', current_schema); end $$; create table t (b int, a int generated always as identity);
      revoke all on sequence t_a_seq from pairs_one; create table u (a int generated always as identity); revoke update on sequence u_a_seq from pairs_one; comment on sequence u_a_seq is 'u'; comment on schema public is 'ours'`,
  ],
}
