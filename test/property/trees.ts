// Slots of partitioned tables, their partitions, and tables that inherit.
import { given, type Slot, since, slot } from './slots.js'

const key = (rest: string) => `alter table booking add constraint booking_key ${rest}`

export const trees: readonly Slot[] = [
  slot(
    'parted',
    'create table parted (id integer not null, at date not null, note text) partition by range (at)',
    'create table parted (id integer not null, at date not null, note text) partition by list (id)',
    'create table parted (id integer not null, at date not null, note varchar(9), more integer default 4) partition by range (at)',
    'create table parted (id integer not null, at date not null) partition by hash (id)',
    'create table parted (id integer not null, at date not null, note text) partition by range (at, (id % 10))',
    'create table parted (id integer not null, at date not null, note text) partition by list (lower(note) collate "C")',
  ),
  slot(
    'parted one',
    given(['parted'], 'create table parted_one partition of parted default'),
    given(['parted'], `create table parted_one partition of parted for values from ('2024-01-01') to ('2025-01-01')`),
    given(['parted'], `create table parted_one partition of parted for values from ('2023-01-01') to ('2025-06-01')`),
    given(['parted'], 'create table parted_one partition of parted for values in (1, 2)'),
    given(['parted'], 'create table parted_one partition of parted for values in (1, 3)'),
    given(['parted'], 'create table parted_one partition of parted for values with (modulus 2, remainder 0)'),
    given(
      ['parted'],
      'create table parted_one partition of parted (note default $$n$$) default with (fillfactor = 50)',
    ),
    given(['parted'], 'create table parted_one partition of parted default partition by list (id)'),
    'create table parted_one (id integer not null, at date not null, note text)',
  ),
  slot(
    'parted two',
    given(['parted'], `create table parted_two partition of parted for values from ('2026-01-01') to (maxvalue)`),
    given(['parted'], 'create table parted_two partition of parted for values in (7, 8)'),
    given(['parted'], 'create table parted_two partition of parted for values with (modulus 2, remainder 1)'),
    given(['parted one'], 'create table parted_two partition of parted_one for values in (5)'),
    given(['parted one'], 'create table parted_two partition of parted_one default'),
  ),
  slot(
    'parted index',
    given(['parted'], 'create index parted_ix on parted (at)'),
    given(['parted'], 'create index parted_ix on parted (at, id)'),
    given(
      ['parted one'],
      'create index parted_one_at_idx on parted_one (at) with (fillfactor = 60); create index parted_ix on parted (at)',
    ),
    given(['parted'], 'create index parted_ix on only parted (at)'),
    given(['parted'], 'create index parted_ix on parted (id) include (at) where id > 4'),
    given(
      ['parted one'],
      'create index parted_ix on only parted (at); create index parted_one_ix on parted_one (at); alter index parted_ix attach partition parted_one_ix',
    ),
    given(
      ['parted two'],
      'create index parted_ix on only parted (at); create index parted_two_ix on parted_two (at); alter index parted_ix attach partition parted_two_ix',
    ),
  ),
  slot(
    'parted key',
    given(['parted'], 'alter table parted add primary key (id, at)'),
    given(['parted'], 'alter table parted add constraint parted_key unique (at, id)'),
    given(
      ['parted one'],
      'alter table parted_one add constraint parted_one_at_id_key unique (at, id) with (fillfactor = 60) deferrable; alter table parted add constraint parted_key unique (at, id)',
    ),
    given(['parted'], 'alter table only parted add constraint parted_key unique (at, id)'),
    given(
      ['parted one'],
      'alter table only parted add constraint parted_key unique (at, id); alter table parted_one add constraint parted_one_key unique (at, id); alter index parted_key attach partition parted_one_key',
    ),
    given(
      ['parted two'],
      'alter table only parted add constraint parted_key unique (at, id); alter table parted_two add constraint parted_two_key unique (at, id); alter index parted_key attach partition parted_two_key',
    ),
  ),
  slot(
    'parted check',
    given(['parted'], 'alter table parted add constraint parted_check check (id > 0)'),
    given(['parted'], `alter table parted add constraint parted_check check (at > '1999-12-31')`),
  ),
  slot(
    'parted trigger',
    given(['parted', 'touch'], 'create trigger ptr after insert on parted for each row execute function touch()'),
    given(['parted', 'touch'], 'create trigger ptr after update of at on parted for each row execute function touch()'),
    given(
      ['parted one', 'touch'],
      'create trigger ptr after insert on parted for each row execute function touch(); alter table only parted_one disable trigger ptr',
    ),
    given(
      ['parted two', 'touch'],
      'create trigger ptr after insert on parted for each row execute function touch(); alter table only parted_two enable always trigger ptr',
    ),
    given(
      ['parted one', 'touch'],
      'create trigger ptr after insert on parted_one for each row execute function touch()',
    ),
  ),
  slot('elder', 'create table elder (age integer)', `create table elder (age integer not null default 3)`),
  slot(
    'child',
    given(['t'], 'create table child (extra integer) inherits (t)'),
    given(['t'], `create table child (extra integer, more text default 'm') inherits (t)`),
    given(['t', 'elder'], 'create table child (extra integer) inherits (t, elder)'),
    given(['t', 'elder'], 'create table child (extra integer) inherits (elder, t)'),
    given(['elder'], 'create table child (extra integer, age integer) inherits (elder)'),
    given(['t'], 'create table child (id integer not null, extra integer) inherits (t)'),
    given(
      ['t'],
      'create table child (extra integer check (extra > 0)) inherits (t); alter table child alter id set default 8',
    ),
    'create table child (id integer not null, extra integer)',
  ),
  slot('child index', given(['child'], 'create index child_ix on child (extra)')),
  slot('booking', 'create table booking (room int4range, during daterange not null, spare daterange not null)'),
  slot(
    'booking key',
    since(180000, given(['booking'], key('unique (room, during without overlaps)'))),
    since(180000, given(['booking'], key('unique (room, during)'))),
    since(180000, given(['booking'], key('primary key (room, during without overlaps)'))),
    since(180000, given(['booking'], key('primary key (room, spare without overlaps)'))),
  ),
  slot(
    'stay',
    since(
      180000,
      given(
        ['booking key'],
        'create table stay (room int4range, during daterange); alter table stay add constraint stay_fk foreign key (room, period during) references booking (room, period during)',
      ),
    ),
    since(
      180000,
      given(
        ['booking key'],
        'create table stay (room int4range, during daterange); alter table stay add constraint stay_fk foreign key (room, during) references booking (room, during)',
      ),
    ),
    'create table stay (room int4range, during daterange)',
  ),
]
