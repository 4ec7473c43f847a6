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
}
