// Partitions and children that come, go or are made again under what their parents have.
import type { Pair } from './small.js'

export const trees: Readonly<Record<string, Pair>> = {
  firing_on_partitions: [
    `create function g() returns trigger language plpgsql as 'begin return new; end'; create table t (a int) partition by range (a);
     create table p partition of t for values from (1) to (5); create table q partition of t for values from (5) to (9) partition by list (a); create table r partition of q default;
     create trigger one after insert on t for each row execute function g(); alter table p disable trigger one; create trigger two after insert on t for each row execute function g();
     create trigger three after insert on t for each row execute function g(); alter table only t disable trigger three;
     create trigger four after insert on t for each row execute function g(); alter table only q enable always trigger four;
     create trigger five after insert on t for each row execute function g(); alter table p enable replica trigger five`,
    `create function g() returns trigger language plpgsql as 'begin return new; end'; create table t (a int) partition by range (a); create table s partition of t default;
     create table p partition of t for values from (1) to (5); create table q partition of t for values from (5) to (9) partition by list (a); create table r partition of q default;
     create trigger one after insert on t for each row execute function g(); create trigger two after insert on t for each row execute function g(); alter table p disable trigger two; alter table r disable trigger two;
     create trigger three after insert on t for each row execute function g(); create trigger four after insert on t for each row execute function g(); alter table t disable trigger four;
     create trigger five after insert or update on t for each row execute function g(); alter table p enable replica trigger five`,
  ],
  triggers_of_the_parent_and_of_partitions: [
    `create function g() returns trigger language plpgsql as 'begin return new; end'; create table t (a int) partition by range (a); create table p partition of t default partition by list (a); create table q partition of p default;
     create trigger one after insert on t for each row execute function g(); create trigger two after insert on q for each row execute function g()`,
    `create function g() returns trigger language plpgsql as 'begin return new; end'; create table t (a int) partition by range (a); create table p partition of t default partition by list (a); create table q partition of p default;
     create trigger one after update on q for each row execute function g(); create trigger two after insert on t for each row execute function g()`,
  ],
  checked_partitions_made_again: [
    `create table t (a int, b int) partition by range (a); create table p partition of t default partition by list (b); alter table t add check (b > 0)`,
    `create table t (a int, b int) partition by list (a); create table p partition of t for values in (1, 2); create table q partition of t for values in (7);
     create index t_ix on only t (a); create index p_ix on p (a); alter index t_ix attach partition p_ix; alter table t add check (b > 0)`,
  ],
  firing_on_partitions_that_come: [
    `create function g() returns trigger language plpgsql as 'begin return new; end'; create table t (a int, b int) partition by range (a); create table p (a int, b int);
     create trigger one after update of b on t for each row execute function g();
     create table u (a int) partition by range (a); create table q partition of u default partition by list (a); create table r (a int);
     create trigger two after update on u for each row execute function g()`,
    `create function g() returns trigger language plpgsql as 'begin return new; end'; create table t (a int, b int) partition by range (a); create table p partition of t default;
     create trigger one after insert on t for each row execute function g(); alter table only t disable trigger one;
     create table u (a int) partition by range (a); create table q partition of u default partition by list (a); create table r partition of q default;
     create trigger two after insert on u for each row execute function g(); alter table only r disable trigger two`,
  ],
  above_partitions_made_again: [
    `create table t (a int not null, b int) partition by range (a); create table p partition of t default partition by list (b);
     alter table only t add constraint t_key unique (a, b); create index t_b on only t (b)`,
    `create table t (a int not null, b int) partition by range (a); create table p partition of t default;
     alter table only t add constraint t_key unique (a, b); create index t_b on only t (b)`,
  ],
  parts_called_otherwise: [
    `create table t (a int) partition by list (a); create table p partition of t for values in (1); create table q partition of t for values in (2);
     create index t_ix on t (a); alter index p_a_idx rename to one; alter index q_a_idx rename to two; alter table t add constraint t_key unique (a); alter index q_a_key rename to three;
     create table u (a int) partition by list (a); create table r partition of u for values in (1) partition by list (a); create table s partition of r default;
     create index u_ix on u (a); alter index s_a_idx rename to four`,
    `create table t (a int) partition by list (a); create table p partition of t for values in (1); create table q partition of t for values in (2);
     create index t_ix on t (a); alter index p_a_idx rename to two; alter index q_a_idx rename to one; alter table t add constraint t_key unique (a); alter index p_a_key rename to three;
     create table u (a int) partition by list (a); create table r partition of u for values in (1) partition by list (a); create table s partition of r default;
     create index u_ix on u (a); alter index r_a_idx rename to five; alter index s_a_idx rename to six`,
  ],
  own_columns_of_children_made_again_above: [
    `create table t (id int, a int, e int generated always as (a * 2) stored); create table elder (age int not null); create table c () inherits (t); insert into c (id, a) values (1, 2)`,
    `create table t (id int, a int, e bigint generated always as (a + 1) stored); create table elder (age int not null default 3); create table c () inherits (elder, t)`,
    [`select e::text as kept from own_columns_of_children_made_again_above.c`, '4'],
  ],
  checks_of_their_own_of_children_tied_anew: [
    `create table t (a integer, b text, constraint t_check check (a > 0 and b <> '')); create table e ();
     create table c (a integer, b text, constraint t_check check (a > 0 and b <> '')); alter table c inherit t; insert into c values (1, 'x')`,
    `create table t (a bigint, b text collate "C", constraint t_check check (a > 0 and b <> '')); create table e (); create table c () inherits (e, t); insert into c values (1, 'x')`,
  ],
  sub_partitions_that_move_up_as_their_columns_change: [
    `create table t (id integer not null, a date not null, note varchar(9)) partition by range (a); create table p partition of t default partition by list (id); create table q partition of p for values in (5); insert into t values (5, '2027-01-01', 'x')`,
    `create table t (id integer not null, a date not null, note text) partition by range (a); create table q partition of t for values from ('2026-01-01') to (maxvalue); insert into t values (5, '2027-01-01', 'x')`,
  ],
  sequences_of_columns_that_children_have: [
    `create sequence s; create table t (id int, a int); create table c () inherits (t); alter sequence s owned by t.a`,
    `create sequence s; create table t (id int, a int, d bigint default nextval('s')); create table c () inherits (t); alter sequence s owned by t.d`,
  ],
  made_again_below_a_table_that_leads_to_itself: [
    `create table p (id int, e int, up int, upe int, n int, primary key (id, e), foreign key (up, upe) references p) partition by list (e);
      create table q partition of p for values in (1) partition by hash (id); create table r partition of q for values with (modulus 1, remainder 0);
      create index i on p (n); create index i2 on p (n) where n > 1; insert into p values (1, 1, null, null, 5)`,
    `create table p (id bigint, e int, up bigint, upe int, n bigint, primary key (id, e), foreign key (up, upe) references p deferrable) partition by list (e);
      create table q partition of p for values in (1) partition by hash (id); create table r partition of q for values with (modulus 1, remainder 0);
      create index i on p (n); create index i2 on p (n) where n > 2`,
    [`select n::text as kept from made_again_below_a_table_that_leads_to_itself.r`, '5'],
  ],
  older_than_the_table_whose_key_has_another_collation: [
    `create collation c (locale = 'C'); create table q (a text collate c); create table z (a text collate c) partition by range (a); alter table z attach partition q for values from ('a') to ('m'); insert into z values ('b')`,
    `create collation c (locale = 'POSIX'); create table q (a text collate c); create table z (a text collate c) partition by range (a); alter table z attach partition q for values from ('a') to ('m')`,
    [`select a as kept from older_than_the_table_whose_key_has_another_collation.q`, 'b'],
  ],
}
