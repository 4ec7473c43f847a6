// Indexes, keys and foreign keys of partitioned tables that partitions have by themselves before or after.
import type { Pair } from './small.js'

/** A list-partitioned table with one partition that holds a row. */
const parted = (name: string): string =>
  `create table ${name} (id integer, kind text) partition by list (kind);
   create table ${name}_a partition of ${name} for values in ('a');
   insert into ${name} values (1, 'a');`

/** Keys and indexes of partitions under names of their own, as a dump writes them. */
const named = (parts: readonly string[]): string =>
  `create table named (id integer not null check (id > 0), kind text not null) partition by list (kind);
   ${parts.map((part) => `create table named_${part} (id integer not null constraint named_id_check check (id > 0), kind text not null); alter table named attach partition named_${part} for values in ('${part}');`).join(' ')}
   insert into named values (1, 'a');
   alter table only named add primary key (id, kind); create index named_key on only named (kind);
   ${parts.map((part) => `alter table only named_${part} add constraint ${part}_primary primary key (id, kind); alter index named_pkey attach partition ${part}_primary; create index ${part}_key on named_${part} (kind); alter index named_key attach partition ${part}_key;`).join(' ')}`

/** Parts with names of their own, some of them attached to what the parent alone has, under a parent that is made again. */
const keeping = (by: string): string =>
  `create table keeping (id integer not null, kind text not null) partition by list (${by});
   create table keeping_a partition of keeping default partition by list (kind); create table keeping_b partition of keeping_a default;
   create table keeping_c partition of keeping for values in ('7'); insert into keeping values (1, 'a');
   create index keeping_key on keeping (id); alter index keeping_b_id_idx rename to keeping_odd;
   create index keeping_only on only keeping (kind); create index keeping_a_only on keeping_a (kind); alter index keeping_only attach partition keeping_a_only;
   alter table only keeping add constraint keeping_unique unique (id, kind); alter table keeping_c add constraint keeping_c_unique unique (id, kind);
   alter index keeping_unique attach partition keeping_c_unique;`

/** An index that only one partition of a partition has attached. */
const levels = (attached: 'a' | 'b'): string =>
  `create table levels (id integer, kind text) partition by list (kind); create table levels_one partition of levels default partition by list (id);
   create table levels_a partition of levels_one for values in (1); create table levels_b partition of levels_one default; insert into levels values (1, 'a');
   create index levels_key on only levels (id); create index levels_one_key on only levels_one (id); create index levels_${attached}_key on levels_${attached} (id);
   alter index levels_one_key attach partition levels_${attached}_key; alter index levels_key attach partition levels_one_key;`

/** An index and a key that a partition has with other settings than its parent. */
const unlike = (name: string, fillfactor: number): string =>
  `${parted(name)} create index ${name}_a_id_idx on ${name}_a (id) with (fillfactor = ${fillfactor}); create index ${name}_key on ${name} (id);
   alter table ${name}_a add constraint ${name}_a_kind_key unique (kind) with (fillfactor = ${fillfactor}) deferrable; alter table ${name} add constraint ${name}_unique unique (kind);`

const targets =
  'create table p (id integer primary key); insert into p values (1); create table q (id integer primary key); insert into q values (1);'

export const partitions: Pair = [
  `-- what partitions have by themselves is taken over
   ${parted('taken')} create unique index taken_a_kind_id_idx on taken_a (kind, id);
   ${parted('single')} create unique index single_pkey on only single (kind, id); alter table single_a add constraint single_a_pkey primary key (kind, id);
   -- keys of partitions serve under an index of the parent
   ${parted('serving')} create unique index serving_key on only serving (kind, id); alter table serving_a add primary key (kind, id); alter index serving_key attach partition serving_a_pkey;
   create table late (id integer not null check (id > 0), kind text not null) partition by list (kind); create unique index late_key on late (kind, id);
   create table pointing (id integer, kind text, foreign key (id, kind) references late (id, kind));
   -- partitions with foreign keys move to another parent
   ${targets} ${parted('moved')} alter table moved add constraint moved_fkey foreign key (id) references p (id);
   -- a parent that is made again
   create table again (id integer, kind text) partition by list (kind); create table again_a partition of again default;
   ${keeping('kind')}
   ${levels('a')} ${unlike('unlike', 50)}
   -- parents that point at each other are replaced
   create table left_one (kind text unique, other text) partition by list (kind); create table left_a partition of left_one for values in ('a');
   create table right_one (kind text unique, other text references left_one (kind)) partition by list (kind); create table right_a partition of right_one for values in ('a');
   alter table left_one add constraint across foreign key (other) references right_one (kind);
   -- parts with names of their own
   ${named(['a'])} create table later (id integer, kind text) partition by list (kind); create table later_a partition of later for values in ('a'); insert into later values (1, 'a');`,
  `${parted('taken')} create unique index taken_key on taken (kind, id);
   ${parted('single')} alter table single add primary key (kind, id);
   ${parted('serving')}
   create table late (id integer not null check (id > 0), kind text not null) partition by list (kind);
   create table late_a partition of late (primary key (kind, id)) for values in ('a'); create unique index late_key on late (kind, id);
   create table pointing (id integer, kind text, foreign key (id, kind) references late (id, kind));
   ${targets} create table newer (id integer, kind text) partition by list (kind);
   create table moved_a partition of newer for values in ('a'); insert into newer values (1, 'a');
   alter table newer add constraint moved_fkey foreign key (id) references q (id);
   create table again (id integer, kind text) partition by range (kind, id); create table again_a partition of again default;
   create index again_only on only again (id); alter table again add constraint positive check (id > 0);
   ${keeping('id')}
   ${levels('b')} ${unlike('unlike', 60)} ${unlike('unlike_too', 60)}
   create table left_two (kind text unique, other text) partition by list (kind); create table left_a partition of left_two for values in ('a');
   create table right_two (kind text unique, other text references left_two (kind)) partition by list (kind); create table right_a partition of right_two for values in ('a');
   alter table left_two add constraint across foreign key (other) references right_two (kind);
   ${named(['a', 'b'])} ${parted('later')} create index later_key on only later (id); create index other_key on later_a (id); alter index later_key attach partition other_key;`,
]
