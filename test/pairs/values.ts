// Values whose types give way to something of another kind under the same name.
import type { Pair } from './small.js'

const kept = 'select string_agg(t::text, chr(32)) as kept from '

export const values: Readonly<Record<string, Pair>> = {
  rows_of_a_table_that_goes_with_its_schema: [
    `create table first (id int, note text); create table holding (one first, many first[]); insert into holding values (row(1, 'x'), array[row(2, 'y')::first])`,
    `create table second (id int, note text); create table holding (one second, many second[])`,
    [`${kept} rows_of_a_table_that_goes_with_its_schema.holding t`, '("(1,x)","{""(2,y)""}")'],
  ],
  a_type_inside_others_becomes_a_table: [
    `create type part as (a int); create type whole as (one part, many part[]); create table t (w whole); insert into t values (row(row(1), array[row(2)::part]))`,
    `create table part (a int); create type whole as (one part, many part[]); create table t (w whole)`,
    [`${kept} a_type_inside_others_becomes_a_table.t t`, '("(""(1)"",""{(2)}"")")'],
  ],
  a_domain_under_a_domain_becomes_an_enum: [
    `create domain base as text; create domain upper_one as base check (value <> 'q'); create table t (a upper_one default 'a', b upper_one[], c base); insert into t values ('a', '{b}', 'a')`,
    `create type base as enum ('a', 'b'); create domain upper_one as base check (value <> 'b'); create table t (a upper_one default 'a', b base[], c base)`,
    [`${kept} a_domain_under_a_domain_becomes_an_enum.t t`, '(a,{b},a)'],
  ],
  a_domain_over_a_row_gives_way_to_its_type: [
    `create table part (a int); create domain own as part check ((value).a > 0); create table t (a own)`,
    `create type part as (a int, b int); create table t (a part)`,
  ],
}
