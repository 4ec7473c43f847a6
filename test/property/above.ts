// Slots of what stands on tables: views, routines over them, triggers, policies, privileges.
import { given, type Side, type Slot, since, slot, type Way } from './slots.js'

/** A query over a table's columns that are there. */
const over =
  (table: string, columns: readonly string[], write: (list: string) => string): Way =>
  (side: Side) => {
    const there = columns.filter((column) => side.column(table, column) !== undefined)
    return side.has(table) ? write(['id', ...there].join(', ')) : undefined
  }

export const above: readonly Slot[] = [
  slot(
    'v',
    over('t', ['a'], (list) => `create view v as select ${list} from t`),
    over('t', ['a', 'b'], (list) => `create view v as select ${list} from t where id > 3`),
    over('t', ['b'], (list) => `create view v with (security_barrier) as select ${list}, 1 as one from t`),
    over('t', ['c'], (list) => `create view v as select ${list} from t with local check option`),
    over(
      't',
      ['a'],
      (list) => `create view v (x) as select * from (select ${list} from t) q; comment on column v.x is 'the x'`,
    ),
    since(
      150000,
      over('t', ['a'], (list) => `create view v with (security_invoker = true) as select ${list} from t`),
    ),
    given(
      ['double_of'],
      over('t', [], () => 'create view v as select id, double_of(id) as twice from t'),
    ),
    over('t', ['a'], (list) => `create view v as select ${list} from t; alter view v alter column id set default 9`),
  ),
  slot(
    'w',
    given(['v'], 'create view w as select v.* from v'),
    given(['v'], `create view w as select count(*) as n from v; comment on view w is 'above'`),
  ),
  slot(
    'm',
    over('u', ['a', 'b'], (list) => `create materialized view m as select ${list} from u`),
    over('u', ['b'], (list) => `create materialized view m as select ${list} from u with no data`),
    over('u', ['a'], (list) => `create materialized view m with (fillfactor = 60) as select ${list}, 5 as five from u`),
    given(['v'], 'create materialized view m as select * from v'),
  ),
  slot(
    'm index',
    given(['m'], (side) => (side.has('u') ? 'create index m_ix on m ((1))' : undefined)),
  ),
  slot(
    'rows of t',
    given(['t'], `create function rows_of_t() returns setof t language sql stable as 'select * from t'`),
    since(
      140000,
      given(['t'], 'create function rows_of_t() returns bigint language sql begin atomic select count(*) from t; end'),
    ),
    given(
      ['t'],
      `create procedure rows_of_t(n integer default 1) language plpgsql as 'begin delete from t where id = n; end'`,
    ),
  ),
  slot(
    'trigger',
    given(['t', 'touch'], 'create trigger tr before insert on t for each row execute function touch()'),
    given(
      ['t', 'touch'],
      'create trigger tr before insert or update of id on t for each row when (new.id > 1) execute function touch()',
    ),
    given(
      ['t', 'touch'],
      `create trigger tr after delete on t referencing old table as gone for each statement execute function touch('x', '1'); comment on trigger tr on t is 'late'`,
    ),
    given(
      ['t', 'touch'],
      'create trigger tr before insert on t for each row execute function touch(); alter table t disable trigger tr',
    ),
    given(
      ['t', 'touch'],
      'create constraint trigger tr after insert on t deferrable initially deferred for each row execute function touch()',
    ),
    given(
      ['t', 'touch'],
      'create trigger tr before truncate on t execute function touch(); alter table t enable always trigger tr',
    ),
  ),
  slot(
    'view trigger',
    given(['v', 'touch'], 'create trigger vtr instead of insert on v for each row execute function touch()'),
  ),
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
  ),
  slot(
    'grants',
    given(['t'], 'grant select on t to property_reader'),
    given(
      ['t'],
      'grant select, insert on t to property_reader with grant option; grant update (id) on t to property_writer',
    ),
    given(['schema app'], 'grant usage on schema app to property_reader'),
    given(['double_of'], 'revoke execute on function double_of(integer) from public'),
    given(['v'], 'grant select on v to public'),
    given(['counter'], 'grant usage on sequence counter to property_writer'),
    given(['mood'], 'revoke usage on type mood from public; grant usage on type mood to property_reader'),
  ),
  slot('default grants', 'alter default privileges in schema public grant select on tables to property_reader'),
]
