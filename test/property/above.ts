// Slots of what stands on tables: views, routines over them, triggers.
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
    over('t', ['a'], (list) => `create view v as select ${list} from t where id > 0 with cascaded check option`),
    over(
      't',
      ['b', 'd'],
      (list) =>
        `create view v as select ${list} from t where id in (1, 2, 3) or id between 5 and 9; comment on view v is 'seen'`,
    ),
    over('t', ['a'], () => 'create view v as select * from t'),
    over('t', ['a'], () => `create view v as select id, count(*) as n from t group by id`),
    given(
      ['u'],
      over('t', [], () => 'create view v as select t.id, u.id as other from t left join u using (id) order by 2'),
    ),
    given(['mood'], `create view v as select id, 'ok'::mood as feel from t`),
  ),
  slot(
    'w',
    given(['v'], 'create view w as select v.* from v'),
    given(['v'], `create view w as select count(*) as n from v; comment on view w is 'above'`),
    given(['v', 't'], 'create view w as select v.id, row(t.*)::text as said from v join t on t.id = v.id'),
    given(['v'], 'create view w as with few as (select id from v where id < 9) select * from few union all select 1'),
  ),
  slot(
    'm',
    over('u', ['a', 'b'], (list) => `create materialized view m as select ${list} from u`),
    over('u', ['b'], (list) => `create materialized view m as select ${list} from u with no data`),
    over('u', ['a'], (list) => `create materialized view m with (fillfactor = 60) as select ${list}, 5 as five from u`),
    given(['v'], 'create materialized view m as select * from v'),
    over(
      'u',
      ['a', 'b'],
      (list) =>
        `create materialized view m as select ${list} from u; alter materialized view m alter column id set statistics 70; comment on materialized view m is 'kept'`,
    ),
    over(
      'u',
      ['b'],
      (list) =>
        `create materialized view m as select ${list} from u; alter materialized view m alter column b set storage external`,
    ),
    over('u', ['a'], (list) => `create materialized view m using heap2 as select ${list} from u`),
    over('u', ['a'], (list) => `create materialized view m tablespace property_space as select ${list} from u`),
  ),
  slot(
    'x',
    given(['m'], 'create view x as select * from m'),
    given(['m'], 'create materialized view x as select count(*) as n from m'),
  ),
  slot(
    'm index',
    given(['m'], (side) => (side.has('u') ? 'create index m_ix on m ((1))' : undefined)),
    given(['m'], 'create unique index m_ix on m (id)'),
    given(['m'], 'create index m_ix on m (id desc) where id > 2; alter materialized view m cluster on m_ix'),
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
      ['t', 'u', 'touch'],
      'create constraint trigger tr after insert on t from u deferrable for each row execute function touch()',
    ),
    given(
      ['t', 'touch'],
      'create trigger tr after update on t referencing new table as now old table as gone for each statement execute function touch()',
    ),
    given(
      ['t', 't.a', 'touch'],
      'create trigger tr after update of a, id on t for each row when (old.a is distinct from new.a) execute function touch()',
    ),
    given(
      ['t', 'touch'],
      'create trigger tr before truncate on t execute function touch(); alter table t enable always trigger tr',
    ),
    given(['t', 'other touch'], 'create trigger tr before insert on t for each row execute function other_touch()'),
  ),
  slot(
    'view trigger',
    given(['v', 'touch'], 'create trigger vtr instead of insert on v for each row execute function touch()'),
    given(['v', 'touch'], 'create trigger vtr after insert on v for each statement execute function touch()'),
  ),
]
