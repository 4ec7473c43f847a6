// What partitions and children have by themselves, where what they have from above is made again or comes.
import type { Pair } from './small.js'

/** A tree of two levels whose last partition has things of its own over a column from above. */
const tree = (column: string, own: string): string =>
  `create table p (id ${column}, k int, j int) partition by list (k); create table mid partition of p for values in (1) partition by list (j);
   create table low partition of mid default; create table other partition of p for values in (2); ${own}`

export const below: Readonly<Record<string, Pair>> = {
  over_a_column_that_is_made_again_above: [
    tree(
      'int generated always as (k + 2) stored',
      `create index goes on low (id); alter table low add constraint goes check (id > 0); create view going as select id from low;
       create policy goes on low using (id > 1); create statistics goes on id, j from low`,
    ),
    tree(
      'bigint generated always as (k + 1) stored',
      `create index comes on low (id); alter table low add constraint comes check (id > 0); create view coming as select id from low;
       create policy comes on low using (id > 1); create statistics comes on id, j from low`,
    ),
  ],
  over_a_column_of_a_parent_that_becomes_generated: [
    `create table p (id int, k int); create table child () inherits (p); alter table child add constraint goes check (id > 0); create index goes on child (id)`,
    `create table p (id int generated always as (k + 1) stored, k int); create table child () inherits (p); alter table child add constraint comes check (id > 0); create view coming as select id from child`,
  ],
  foreign_key_that_the_parent_takes_over: [
    `create table u (id int primary key); create table p (k int, ref int) partition by list (k);
     create table one (k int, ref int constraint its references u); alter table p attach partition one for values in (1)`,
    `create table u (id int primary key); create table p (k int, ref int references u) partition by list (k); create table one partition of p for values in (1)`,
  ],
  foreign_key_under_a_name_of_its_own: [
    `create table u (id int primary key); create table p (k int, ref int constraint its references u on delete cascade) partition by list (k);
     create table one (k int, ref int constraint own references u on delete cascade); alter table p attach partition one for values in (1)`,
    `create table u (id int primary key); create table p (k int, ref int constraint its references u); create table one (k int, ref int constraint its references u)`,
  ],
  key_of_a_new_partition_where_the_parent_has_none_any_more: [
    `create table p (id int primary key) partition by list (id); create table one partition of p default`,
    `create table p (id int) partition by list (id); create table one partition of p default partition by list (id); create table two partition of one (constraint its primary key (id)) default`,
  ],
}
