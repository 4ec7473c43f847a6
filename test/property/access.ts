// Slots of who may do what: policies, privileges, privileges of the future, owners.
import { given, type Slot, slot } from './slots.js'

export const access: readonly Slot[] = [
  slot(
    'policy',
    given(['t'], 'create policy p on t using (id > 0)'),
    given(['t'], 'create policy p on t as restrictive for select to property_reader using (id > 0)'),
    given(['t'], 'create policy p on t for insert with check (id < 100)'),
    given(
      ['t', 'u'],
      `create policy p on t using (exists (select 1 from u where u.id = t.id)); comment on policy p on t is 'some'`,
    ),
    given(
      ['t'],
      'create policy p on t for update to property_reader, property_writer using (id > 0) with check (id > 1)',
    ),
    given(['t', 't.a'], 'create policy p on t for delete using (a::text in ($$1$$, $$2$$) or current_user = $$me$$)'),
    given(['t', 'w'], 'create policy p on t for select using (id in (select count(*) from w))'),
  ),
  slot(
    'grant on t',
    given(['t'], 'grant select on t to property_reader'),
    given(['t'], 'grant select, insert on t to property_reader with grant option'),
    given(['t'], 'grant update (id) on t to property_reader; grant select (id) on t to property_writer'),
    given(['t'], 'grant all on t to property_reader'),
    given(['t', 't.a'], 'grant select, update (a) on t to property_reader'),
    given(['t', 't.b'], 'grant insert (id, b), update (b) on t to property_reader with grant option'),
  ),
  slot(
    'grant on v',
    given(['v'], 'grant select on v to public'),
    given(['v'], 'grant select (id), insert on v to public'),
    given(['m'], 'grant select on m to property_reader'),
  ),
  slot(
    'grant on schema',
    given(['schema app'], 'grant usage on schema app to property_reader'),
    given(['schema app'], 'grant usage, create on schema app to property_reader with grant option'),
    'grant create on schema public to property_writer',
    'revoke all on schema public from public',
  ),
  slot(
    'grant on routine',
    given(['double_of'], 'revoke execute on function double_of(integer) from public'),
    given(['double_of'], 'grant execute on function double_of(integer) to property_reader'),
    given(['double_of text'], 'grant execute on all functions in schema public to property_writer'),
  ),
  slot(
    'grant on sequence',
    given(['counter'], 'grant usage on sequence counter to property_writer'),
    given(['counter'], 'grant all on sequence counter to property_writer'),
  ),
  slot(
    'grant on type',
    given(['mood'], 'revoke usage on type mood from public; grant usage on type mood to property_reader'),
    given(['positive'], 'grant usage on domain positive to property_reader with grant option'),
    given(['address'], 'revoke usage on type address from public'),
  ),
  slot(
    'default grants',
    'alter default privileges in schema public grant select on tables to property_reader',
    'alter default privileges in schema public grant select, insert on tables to property_reader',
    'alter default privileges in schema public grant select on tables to property_reader with grant option',
    'alter default privileges grant usage on sequences to property_reader; alter default privileges revoke execute on functions from public',
    'alter default privileges for role property_writer grant usage on types to property_reader with grant option',
  ),
  slot(
    'owner of t',
    given(['t'], 'alter table t owner to property_writer'),
    given(['t'], 'alter table t owner to property_reader'),
    given(['t'], 'alter table t owner to property_writer; revoke insert, update on t from property_writer'),
  ),
  slot('owner of v', given(['v'], 'alter view v owner to property_writer')),
  slot(
    'owner of type',
    given(['mood'], 'alter type mood owner to property_writer'),
    given(['positive'], 'alter domain positive owner to property_reader'),
    given(['address'], 'alter type address owner to property_reader'),
  ),
  slot(
    'owner of routine',
    given(['double_of'], 'alter function double_of(integer) owner to property_writer'),
    given(['total'], 'alter aggregate total(integer) owner to property_writer'),
  ),
  slot(
    'owner of schema',
    given(['schema app'], 'alter schema app owner to property_writer'),
    given(['counter'], 'alter sequence counter owner to property_writer'),
    given(['m'], 'alter materialized view m owner to property_reader'),
  ),
]
