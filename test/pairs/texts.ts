// What SQL text speaks of without saying it as a column or a call.
import type { Pair } from './small.js'

export const texts: Readonly<Record<string, Pair>> = {
  columns_that_only_joins_and_conflicts_name: [
    `create table x (id int, a int); create table y (b int); create function f() returns bigint language sql begin atomic select 1::bigint; end`,
    `create table x (id int, a int, k int); create table y (b int, k int, z int unique, constraint own unique (k, b)); create view v as select x.a, y.b from x join y using (k);
      create function f() returns bigint language sql begin atomic select count(x.a) from x full join y using (k); end;
      create function g() returns void language sql begin atomic insert into y values (1) on conflict (z) do nothing; end`,
  ],
  key_that_settles_conflicts_by_its_name: [
    `create table t (id int, n text, constraint k unique (id));
      create function f() returns void language sql begin atomic insert into t values (1, 'a') on conflict on constraint k do nothing; end`,
    `create table t (id int, n text, constraint k primary key (id), constraint l unique (n));
      create function f() returns void language sql begin atomic insert into t values (1, 'a') on conflict on constraint k do update set n = excluded.n; end`,
  ],
  between_at_the_head_of_lists: [
    `create table t (a integer, b text); insert into t values (2, 'x')`,
    `create table t (a integer constraint c check (a between 1 and 9 and a <> 5) constraint d check (a not between 4 and 6 or a is null), b text default case when 1 between 0 and 2 and now() > '2020-01-01' then 'y' end); insert into t (a, b) values (2, 'x');
     create index i on t (b) where a between 1 and 9 and b > ''; create policy p on t using (a between 1 and 9 and b > '');
     create view v as select a, (select max(b) from t y where y.a between x.a and x.a + 1 and y.b > '') as next from t x where a between 1 and case when b = 'x' then 2 end and b > ''`,
  ],
  in_words_that_no_parser_of_16_knows: [
    `create table z (id int, j jsonb)`,
    `create table z (id int, j jsonb, k jsonb); create function y(jsonb) returns jsonb language sql immutable as 'select $1'; create view x as select id, j, k from z;
      create view a as select t.n from x, json_table(y(x.k), '$[*]' columns (n int path '$.n')) t;
      create view b as select json_value(k, '$.m' returning int) as m from x where json_exists(k, '$.m')`,
  ],
  columns_of_a_table_that_is_made_again_stand_as_they_are_wanted: [
    `create table t (id int, kind text, body text) partition by list (kind)`,
    `create table t (extra int, id int, added text, body text)`,
    [
      `select string_agg(attname, ' ' order by attnum) as kept from pg_attribute where attnum > 0 and attrelid = 'columns_of_a_table_that_is_made_again_stand_as_they_are_wanted.t'::regclass`,
      'id kind body',
    ],
  ],
  rows_that_a_function_yields_by_the_places_of_columns: [
    `create table t (id int, title text, body text, n int); create function f(q text) returns table (id int) language sql begin atomic select 1; end; create view v as select t.body, t.n from f('x') as s (id) join t using (id)`,
    `create table t (id int, body text, n int); create function f(q text) returns setof t language sql begin atomic select null::int, null::text, null::int; end; create view v as select * from f('x')`,
  ],
}
