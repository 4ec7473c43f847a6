// Slots of functions, procedures and aggregates that stand on their own.
import { given, type Slot, since, slot } from './slots.js'

export const routines: readonly Slot[] = [
  slot(
    'double_of',
    `create function double_of(n integer) returns integer language sql immutable as 'select n * 2'`,
    `create function double_of(n integer) returns integer language sql immutable strict parallel safe as 'select n + n'`,
    `create function double_of(n integer) returns integer language plpgsql immutable cost 5 as 'begin return 2 * n; end'`,
    `create function double_of(m integer) returns integer language sql immutable leakproof as 'select m * 2'`,
    since(140000, 'create function double_of(n integer) returns integer language sql immutable return n * 2'),
    `create function double_of(n integer) returns integer language sql immutable security definer set work_mem = '4MB' as 'select n * 2'`,
    `create function double_of(n integer) returns integer language sql immutable parallel restricted as 'select n * 2'; comment on function double_of(integer) is 'twice'`,
    `create function double_of(n integer, out twice integer) language sql immutable as 'select n * 2'`,
    `create function double_of(n integer) returns bigint language sql immutable as 'select 2::bigint * n'`,
  ),
  slot(
    'many',
    `create function many(n integer) returns setof integer language sql as 'select n'`,
    `create function many(n integer) returns setof integer language sql rows 7 as 'select n'`,
    `create function many(n integer) returns setof integer language sql support generate_series_int4_support as 'select n'`,
    `create function many(n integer) returns table (k integer, w text) language sql rows 20 as $$ select n, 'x' $$`,
    `create procedure many(n integer) language sql as 'select n'`,
    `create procedure many(n integer, inout k integer) language plpgsql as 'begin k := n; end'`,
    'create function many(n integer) returns integer transform for type integer language sql as $$ select n $$',
  ),
  slot(
    'internal',
    `create function inside() returns bigint language internal window as 'window_row_number'`,
    `create function inside() returns bigint language internal as 'window_row_number'`,
    `create function inside() returns bigint language internal window as 'window_rank'`,
  ),
  slot(
    'library',
    `create function library(oid) returns void language c as '$libdir/plpgsql', 'plpgsql_validator'`,
    `create function library(oid) returns void language c strict as 'plpgsql', 'plpgsql_validator'`,
    `create function library(oid) returns void language sql as 'select'`,
  ),
  slot(
    'double_of text',
    `create function double_of(n text) returns text language sql immutable as 'select n || n'`,
    `create function double_of(n text, times integer default 2) returns text language sql immutable as 'select repeat(n, times)'; comment on function double_of(text, integer) is 'more'`,
    `create function double_of(n text, variadic rest text[] default '{}') returns text language sql stable as 'select n'`,
  ),
  slot(
    'moods of',
    given(
      ['mood'],
      `create function mood_of(n integer) returns mood language sql immutable as $$ select 'ok'::mood $$`,
    ),
    given(
      ['mood'],
      `create function mood_of(n integer, out m mood, out k integer) language sql as $$ select 'ok'::mood, n $$`,
    ),
  ),
  slot(
    'total',
    'create aggregate total(integer) (sfunc = int4pl, stype = integer)',
    `create aggregate total(integer) (sfunc = int4pl, stype = integer, initcond = '0', parallel = safe)`,
    `create aggregate total(integer) (sfunc = int4_sum, stype = bigint, combinefunc = int8pl, initcond = '5')`,
    `create aggregate total(integer) (sfunc = int4pl, stype = integer, msfunc = int4pl, minvfunc = int4mi, mstype = integer); comment on aggregate total(integer) is 'sum'`,
  ),
  slot(
    'touch',
    `create function touch() returns trigger language plpgsql as 'begin return new; end'`,
    `create function touch() returns trigger language plpgsql as 'begin return coalesce(new, old); end'`,
    `create function touch() returns trigger language plpgsql security definer as 'begin return null; end'`,
  ),
  slot('other touch', `create function other_touch() returns trigger language plpgsql as 'begin return new; end'`),
  slot(
    'sum',
    'create aggregate sum_of(bigint) (sfunc = int8_avg_accum, stype = internal, finalfunc = numeric_poly_sum)',
    'create aggregate sum_of(bigint) (sfunc = int8_avg_accum, stype = internal, finalfunc = numeric_poly_sum, combinefunc = int8_avg_combine, serialfunc = int8_avg_serialize, deserialfunc = int8_avg_deserialize, parallel = safe)',
    'create aggregate sum_of(bigint) (sfunc = int8_avg_accum, stype = internal, finalfunc = numeric_poly_sum, sspace = 40, msfunc = int8_avg_accum, minvfunc = int8_avg_accum_inv, mstype = internal, mfinalfunc = numeric_poly_sum)',
    'create aggregate sum_of(bigint) (sfunc = int8larger, stype = bigint, sortop = >)',
    'create aggregate sum_of(bigint) (sfunc = int8smaller, stype = bigint, sortop = <)',
  ),
  slot(
    'place',
    'create aggregate place(variadic "any") (sfunc = ordered_set_transition_multi, stype = internal)',
    'create aggregate place(variadic "any" order by variadic "any") (sfunc = ordered_set_transition_multi, stype = internal, finalfunc = rank_final, finalfunc_extra)',
    'create aggregate place(variadic "any" order by variadic "any") (sfunc = ordered_set_transition_multi, stype = internal, finalfunc = rank_final, finalfunc_extra, hypothetical)',
  ),
  slot(
    'own total',
    given(['double_of'], 'create aggregate own(integer) (sfunc = int4pl, stype = integer, finalfunc = double_of)'),
    given(['mood', 'moods of'], 'create aggregate own(integer) (sfunc = int4pl, stype = integer, finalfunc = mood_of)'),
  ),
]
