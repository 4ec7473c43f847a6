// Slots of schemas, extensions, types, sequences and routines that tables need.
import { given, type Slot, since, slot } from './slots.js'

export const types: readonly Slot[] = [
  slot('schema app', 'create schema app', `create schema app; comment on schema app is 'an app'`),
  slot('extension', 'create extension citext', `create extension citext; comment on extension citext is 'own words'`),
  slot(
    'collation',
    `create collation word (provider = libc, lc_collate = 'C', lc_ctype = 'C')`,
    `create collation word (provider = libc, lc_collate = 'POSIX', lc_ctype = 'POSIX')`,
  ),
  slot(
    'mood',
    `create type mood as enum ('sad', 'ok')`,
    `create type mood as enum ('sad', 'ok', 'happy')`,
    `create type mood as enum ('sad', 'so so', 'ok')`,
    `create type mood as enum ('ok', 'sad')`,
    `create type mood as enum ('ok'); comment on type mood is 'how'`,
  ),
  slot('other mood', given(['schema app'], `create type app.mood as enum ('x', 'y''s')`)),
  slot(
    'positive',
    'create domain positive as integer check (value > 0)',
    'create domain positive as integer default 1 check (value > 0)',
    'create domain positive as integer not null default 2 constraint few check (value < 1000)',
    'create domain positive as bigint check (value > 0)',
    `create domain positive as integer check (value >= 0); comment on domain positive is 'not below'`,
    'create domain positive as integer constraint many check (value > 0) constraint few check (value < 500)',
  ),
  slot(
    'label',
    'create domain label as text',
    given(['collation'], 'create domain label as text collate word'),
    `create domain label as varchar(20) default 'none' check (value <> '')`,
  ),
  slot(
    'address',
    'create type address as (street text, zip varchar(10))',
    'create type address as (street text, zip varchar(10), city text)',
    'create type address as (street varchar(50), zip varchar(10))',
    given(['collation'], 'create type address as (street text collate word, zip text)'),
    given(['mood'], `create type address as (street text, feel mood); comment on type address is 'where'`),
  ),
  slot(
    'floats',
    'create type floats as range (subtype = float8)',
    'create type floats as range (subtype = float8, subtype_diff = float8mi)',
    since(140000, 'create type floats as range (subtype = float8, multirange_type_name = manyfloats)'),
    'create type floats as range (subtype = numeric)',
  ),
  slot(
    'counter',
    'create sequence counter',
    'create sequence counter as integer increment 5 start 10',
    'create sequence counter minvalue -10 maxvalue 1000 cache 7 cycle',
    `create sequence counter start 3; comment on sequence counter is 'counts'`,
  ),
  slot(
    'double_of',
    `create function double_of(n integer) returns integer language sql immutable as 'select n * 2'`,
    `create function double_of(n integer) returns integer language sql immutable strict parallel safe as 'select n + n'`,
    `create function double_of(n integer) returns integer language plpgsql immutable cost 5 as 'begin return 2 * n; end'`,
    `create function double_of(m integer) returns integer language sql immutable leakproof as 'select m * 2'`,
    since(140000, 'create function double_of(n integer) returns integer language sql immutable return n * 2'),
    `create function double_of(n integer) returns integer language sql immutable security definer set work_mem = '4MB' as 'select n * 2'`,
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
]
