// Functions and procedures: signature, result, body, every attribute.
import type { KindDrifts } from '../drift.js'

const replaced = (what: string, fields: string) => [`alter_routine: Replace ${what} (${fields})`]
const again = (what: string) => [`drop_routine: Drop ${what}`, `create_routine: Create ${what}`]
/** The function `plain` with other attributes. */
const plain = (attributes: string) =>
  `create or replace function plain(a integer) returns integer language sql ${attributes} as 'select a'`
const changed = (fields: string) => replaced("function 'plain(integer)'", fields)
const unchecked = (change: string) => `set check_function_bodies = off; ${change}; reset check_function_bodies`
const dropped = (name: string, definition: string) => unchecked(`drop function ${name}; create function ${definition}`)

export const routines: KindDrifts = {
  kind: 'routine',
  setup: `
    create schema other;
    create type mood as enum ('low', 'high');
    create type other.mood as enum ('low', 'high');
    create table users (id integer, name text);
    create function support(internal) returns internal language internal immutable strict as 'generate_series_int4_support';
    create function other.support(internal) returns internal language internal immutable strict as 'generate_series_int4_support';
    create function support2(internal) returns internal language internal immutable strict as 'generate_series_int4_support';
    create function supported(a integer) returns setof integer language sql support support as 'select a';
    create function plain(a integer) returns integer language sql as 'select a';
    create function nameless(integer) returns integer language sql as 'select $1';
    create function parsed(a integer) returns integer language sql return a + 1;
    create function defaulted(a integer default 1) returns integer language sql as 'select a';
    create function undefaulted(a integer) returns integer language sql as 'select a';
    create function outs(a integer, out b integer, out c mood) language sql as 'select 1, null::mood';
    create function listed(out b integer[], out c text) language sql as 'select null::int[], null::text';
    create function rows_of() returns setof users language sql as 'select * from users';
    create function moods() returns mood language sql as 'select null::mood';
    create function many() returns integer[] language sql as 'select null::int[]';
    create function tabled() returns table (b integer, c text) language sql as 'select 1, null::text';
    create function wide(variadic a integer[]) returns integer language sql as 'select 1';
    create function configured() returns integer language sql set work_mem = '4MB' set search_path = public, "$user" as 'select 1';
    create function outside(oid) returns void language c as '$libdir/plpgsql', 'plpgsql_validator';
    create function numbered() returns bigint language internal window as 'window_row_number';
    create function twice(a integer) returns integer language sql as 'select a';
    create function twice(a text) returns text language sql as 'select a';
    create transform for integer language sql (from sql with function prsd_lextype(internal), to sql with function int4recv(internal));
    create function transformed(a integer) returns integer transform for type integer language sql as 'select a';
    create procedure work(a integer, inout b integer) language sql as 'select 1';`,
  drifts: [
    {
      fields: ['(missing)'],
      change: 'drop function plain',
      plan: ["create_routine: Create function 'plain(integer)'"],
    },
    {
      fields: ['(missing)'],
      change: 'drop function twice(text)',
      plan: ["create_routine: Create function 'twice(text)'"],
    },
    {
      fields: ['(undeclared)'],
      change: "create function plain(a text) returns text language sql as 'select a'",
      plan: ["drop_routine: Drop function 'plain(text)'"],
    },
    {
      fields: ['(undeclared)'],
      change: "create procedure more(out a integer) language sql as 'select 1'",
      plan: ["drop_routine: Drop procedure 'more()'"],
    },
    {
      fields: ['routineType', 'returns'],
      change: "drop function undefaulted; create procedure undefaulted(a integer) language sql as 'select a'",
      plan: [
        "drop_routine: Drop procedure 'undefaulted(integer)'",
        "create_routine: Create function 'undefaulted(integer)'",
      ],
    },
    {
      fields: ['arguments.name'],
      change: "create or replace function nameless(a integer) returns integer language sql as 'select $1'",
      plan: again("function 'nameless(integer)'"),
    },
    {
      fields: ['arguments.name'],
      change: dropped('plain', "plain(b integer) returns integer language sql as 'select a'"),
      plan: again("function 'plain(integer)'"),
    },
    {
      fields: ['arguments.mode'],
      change: "create or replace function wide(a integer[]) returns integer language sql as 'select 1'",
      plan: replaced("function 'wide(integer[])'", 'arguments'),
    },
    {
      fields: ['arguments.type.typeName'],
      change: dropped(
        'listed',
        "listed(out b integer[], out c varchar) language sql as 'select null::int[], null::text'",
      ),
      plan: again("function 'listed()'"),
    },
    {
      fields: ['arguments.type.dimensions'],
      change: dropped('listed', "listed(out b integer, out c text) language sql as 'select null::int[], null::text'"),
      plan: again("function 'listed()'"),
    },
    {
      fields: ['arguments.type.schemaName'],
      change: dropped(
        'outs',
        "outs(a integer, out b integer, out c other.mood) language sql as 'select 1, null::mood'",
      ),
      plan: again("function 'outs(integer)'"),
    },
    {
      fields: ['arguments'],
      change: dropped(
        'tabled',
        "tabled() returns table (b integer, c text, d text) language sql as 'select 1, null::text'",
      ),
      plan: again("function 'tabled()'"),
    },
    {
      fields: ['arguments.mode'],
      change: dropped(
        'tabled',
        "tabled(out b integer, out c text) returns setof record language sql as 'select 1, null::text'",
      ),
      plan: replaced("function 'tabled()'", 'arguments'),
    },
    {
      fields: ['arguments.default'],
      change: "create or replace function undefaulted(a integer default 3) returns integer language sql as 'select a'",
      plan: again("function 'undefaulted(integer)'"),
    },
    {
      fields: ['arguments.default'],
      change: dropped('defaulted', "defaulted(a integer) returns integer language sql as 'select a'"),
      plan: replaced("function 'defaulted(integer)'", 'arguments'),
    },
    {
      fields: ['arguments.default.expression'],
      change: "create or replace function defaulted(a integer default 2) returns integer language sql as 'select a'",
      plan: replaced("function 'defaulted(integer)'", 'arguments'),
    },
    {
      fields: ['returns.type.typeName'],
      change: dropped('undefaulted', "undefaulted(a integer) returns bigint language sql as 'select a'"),
      plan: again("function 'undefaulted(integer)'"),
    },
    {
      fields: ['returns.type.schemaName'],
      change: dropped('moods', "moods() returns other.mood language sql as 'select null::mood'"),
      plan: again("function 'moods()'"),
    },
    {
      fields: ['returns.type.dimensions'],
      change: dropped('many', "many() returns integer language sql as 'select null::int[]'"),
      plan: again("function 'many()'"),
    },
    {
      fields: ['returns.setOf'],
      change: dropped('rows_of', "rows_of() returns users language sql as 'select * from users'"),
      plan: again("function 'rows_of()'"),
    },
    {
      fields: ['language'],
      change: unchecked("create or replace function plain(a integer) returns integer language plpgsql as 'select a'"),
      plan: changed('language'),
    },
    {
      fields: ['body'],
      change: "create or replace function plain(a integer) returns integer language sql as 'select a '",
      plan: changed('body'),
    },
    {
      fields: ['body', 'statement'],
      change: 'create or replace function plain(a integer) returns integer language sql return a',
      plan: changed('body, statement'),
    },
    {
      fields: ['statement.expression'],
      change: 'create or replace function parsed(a integer) returns integer language sql return a + 2',
      plan: replaced("function 'parsed(integer)'", 'statement'),
    },
    {
      fields: ['statement.expression'],
      change:
        'create or replace function parsed(a integer) returns integer language sql begin atomic select count(*)::integer from users; end',
      plan: replaced("function 'parsed(integer)'", 'statement'),
    },
    {
      fields: ['library'],
      change: unchecked(
        "create or replace function outside(oid) returns void language c as 'plpgsql', 'plpgsql_validator'",
      ),
      plan: replaced("function 'outside(oid)'", 'library'),
    },
    { fields: ['volatility'], change: plain('stable'), plan: changed('volatility') },
    { fields: ['volatility'], change: plain('immutable'), plan: changed('volatility') },
    { fields: ['strict'], change: plain('strict'), plan: changed('strict') },
    { fields: ['securityDefiner'], change: plain('security definer'), plan: changed('securityDefiner') },
    { fields: ['leakproof'], change: plain('leakproof'), plan: changed('leakproof') },
    {
      fields: ['window'],
      change: dropped('numbered', "numbered() returns bigint language internal as 'window_row_number'"),
      plan: again("function 'numbered()'"),
    },
    { fields: ['parallel'], change: plain('parallel restricted'), plan: changed('parallel') },
    { fields: ['parallel'], change: plain('parallel safe'), plan: changed('parallel') },
    { fields: ['cost'], change: plain('cost 7'), plan: changed('cost') },
    {
      fields: ['rows'],
      change: "create or replace function rows_of() returns setof users language sql rows 7 as 'select * from users'",
      plan: replaced("function 'rows_of()'", 'rows'),
    },
    {
      fields: ['support'],
      change: "create or replace function supported(a integer) returns setof integer language sql as 'select a'",
      plan: replaced("function 'supported(integer)'", 'support'),
    },
    {
      fields: ['support.routineName'],
      change:
        "create or replace function supported(a integer) returns setof integer language sql support support2 as 'select a'",
      plan: replaced("function 'supported(integer)'", 'support'),
    },
    {
      fields: ['support.schemaName'],
      change:
        "create or replace function supported(a integer) returns setof integer language sql support other.support as 'select a'",
      plan: replaced("function 'supported(integer)'", 'support'),
    },
    { fields: ['settings'], change: plain("set work_mem = '4MB'"), plan: changed('settings') },
    {
      fields: ['settings.values'],
      change: 'alter function configured() set search_path = public, other',
      plan: replaced("function 'configured()'", 'settings'),
    },
    {
      fields: ['settings.values'],
      change: "alter function configured() set search_path = ''",
      plan: replaced("function 'configured()'", 'settings'),
    },
    {
      fields: ['settings.name'],
      change:
        "create or replace function configured() returns integer language sql set maintenance_work_mem = '4MB' set search_path = public, \"$user\" as 'select 1'",
      plan: replaced("function 'configured()'", 'settings'),
    },
    {
      fields: ['transforms'],
      change: "create or replace function transformed(a integer) returns integer language sql as 'select a'",
      plan: replaced("function 'transformed(integer)'", 'transforms'),
    },
    {
      fields: ['body'],
      change: "create or replace procedure work(a integer, inout b integer) language sql as 'select 2'",
      plan: replaced("procedure 'work(integer, integer)'", 'body'),
    },
  ],
  never: {
    'transforms.typeName': 'A routine names transforms of the types that it has, and changes with them.',
    'support.argumentTypes.typeName': 'A planner support function takes one argument of type internal.',
  },
}
