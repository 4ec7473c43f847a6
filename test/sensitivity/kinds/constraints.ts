// Primary keys, unique, check and exclusion constraints: what they say and how they are kept.
import type { KindDrifts } from '../drift.js'

const again = (name: string, definition: string, table = 't') =>
  `alter table ${table} drop constraint ${name}; alter table ${table} add constraint ${name} ${definition}`

export const constraints: KindDrifts = {
  kind: 'constraint',
  setup: (version) => `
    create table t (
      a integer not null, b integer not null, c integer not null, d integer not null,
      constraint main primary key (a),
      constraint wide unique (b, c) include (d),
      constraint plain unique (c, d),
      constraint late unique (d, b) deferrable initially deferred,
      constraint loose unique (b, d, c) deferrable,
      constraint one unique ${version >= 150000 ? 'nulls not distinct' : ''} (d),
      constraint positive check (a > 0),
      constraint own check (b > 0) no inherit
    );
    alter table t add constraint unproven check (c > 0) not valid;
    create table elder (a integer, constraint shared check (a > 0));
    create table younger (b integer, constraint shared check (a > 0)) inherits (elder);
    create schema other;
    create function touches(int4range, int4range) returns boolean language sql immutable as 'select $1 && $2';
    create operator &&& (leftarg = int4range, rightarg = int4range, function = touches, commutator = operator(public.&&&));
    create operator other.&&& (leftarg = int4range, rightarg = int4range, function = touches, commutator = operator(other.&&&));
    create operator class own for type integer using btree as operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >, function 1 btint4cmp(integer, integer);
    create operator class other.own for type integer using btree as operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >, function 1 btint4cmp(integer, integer);
    alter operator family range_ops using gist add operator 33 public.&&& (int4range, int4range), operator 34 other.&&& (int4range, int4range);
    create table x (
      q int4range not null, r int4range not null, s text, n integer,
      constraint ranged unique (q, r),
      constraint filled unique (r, n) with (fillfactor = 80),
      constraint apart exclude using gist (q with &&),
      constraint several exclude using gist (int4range(n, n) with &&, r with -|-) where (n > 0),
      constraint sorted exclude using btree (s collate "C" text_pattern_ops with =) include (n),
      constraint upward exclude using btree (n desc nulls last with =),
      constraint owned exclude using btree (n own with =)
    );
    create table parted (a integer) partition by range (a);
    create table part partition of parted for values from (0) to (9);
    create table another partition of parted for values from (9) to (19);
    alter table only parted add constraint alone unique (a);
    alter table only parted add constraint half unique (a);`,
  // A tablespace is the server's, not the database's.
  never: { tablespace: 'needs a tablespace, which no test may leave on a server' },
  drifts: [
    {
      fields: ['attached'],
      change: 'alter table part add constraint piece unique (a); alter index half attach partition piece',
      plan: [
        "drop_unique_constraint: Drop unique constraint 'parted.half'",
        "create_unique_constraint: Create unique constraint 'parted.half' (a) on only parted",
      ],
    },
    {
      fields: ['only'],
      change: 'alter table parted drop constraint alone; alter table parted add constraint alone unique (a)',
      plan: [
        "drop_unique_constraint: Drop unique constraint 'parted.alone'",
        "create_unique_constraint: Create unique constraint 'parted.alone' (a) on only parted",
      ],
    },
    {
      // What the child has by itself too stays there, and merges with the parent's again.
      fields: ['(missing)', '(undeclared)'],
      change: 'alter table elder drop constraint shared',
      plan: ["create_check_constraint: Create check constraint 'elder.shared' ((a > 0))"],
    },
    {
      fields: ['(missing)'],
      change: 'alter table t drop constraint main',
      plan: ["create_primary_key: Create primary key 't.main' (a)"],
    },
    {
      fields: ['(missing)'],
      change: 'alter table t drop constraint plain',
      plan: ["create_unique_constraint: Create unique constraint 't.plain' (c, d)"],
    },
    {
      fields: ['(missing)'],
      change: 'alter table t drop constraint positive',
      plan: ["create_check_constraint: Create check constraint 't.positive' ((a > 0))"],
    },
    {
      fields: ['(undeclared)'],
      change: 'alter table t add constraint more check (d > 0)',
      plan: ["drop_check_constraint: Drop check constraint 't.more'"],
    },
    {
      fields: ['type'],
      change: again('main', 'unique (a)'),
      plan: [
        "drop_unique_constraint: Drop unique constraint 't.main'",
        "create_primary_key: Create primary key 't.main' (a)",
      ],
    },
    {
      fields: ['check', 'type'],
      change: again('plain', 'check (c > d)'),
      plan: [
        "drop_check_constraint: Drop check constraint 't.plain'",
        "create_unique_constraint: Create unique constraint 't.plain' (c, d)",
      ],
    },
    {
      fields: ['columns'],
      change: again('main', 'primary key (b)'),
      plan: ["drop_primary_key: Drop primary key 't.main'", "create_primary_key: Create primary key 't.main' (a)"],
    },
    {
      fields: ['columns'],
      change: again('plain', 'unique (c, a)'),
      plan: [
        "drop_unique_constraint: Drop unique constraint 't.plain'",
        "create_unique_constraint: Create unique constraint 't.plain' (c, d)",
      ],
    },
    {
      fields: ['columns'],
      change: again('plain', 'unique (d, c)'),
      plan: [
        "drop_unique_constraint: Drop unique constraint 't.plain'",
        "create_unique_constraint: Create unique constraint 't.plain' (c, d)",
      ],
    },
    {
      fields: ['include'],
      change: again('wide', 'unique (b, c)'),
      plan: [
        "drop_unique_constraint: Drop unique constraint 't.wide'",
        "create_unique_constraint: Create unique constraint 't.wide' (b, c)",
      ],
    },
    {
      fields: ['include'],
      change: again('wide', 'unique (b, c) include (d, a)'),
      plan: [
        "drop_unique_constraint: Drop unique constraint 't.wide'",
        "create_unique_constraint: Create unique constraint 't.wide' (b, c)",
      ],
    },
    {
      fields: ['include'],
      change: again('main', 'primary key (a) include (d)'),
      plan: ["drop_primary_key: Drop primary key 't.main'", "create_primary_key: Create primary key 't.main' (a)"],
    },
    {
      fields: ['nullsNotDistinct'],
      since: 150000,
      change: again('one', 'unique (d)'),
      plan: [
        "drop_unique_constraint: Drop unique constraint 't.one'",
        "create_unique_constraint: Create unique constraint 't.one' (d)",
      ],
    },
    {
      fields: ['nullsNotDistinct'],
      since: 150000,
      change: again('plain', 'unique nulls not distinct (c, d)'),
      plan: [
        "drop_unique_constraint: Drop unique constraint 't.plain'",
        "create_unique_constraint: Create unique constraint 't.plain' (c, d)",
      ],
    },
    {
      fields: ['deferrable'],
      change: again('loose', 'unique (b, d, c)'),
      plan: [
        "drop_unique_constraint: Drop unique constraint 't.loose'",
        "create_unique_constraint: Create unique constraint 't.loose' (b, d, c)",
      ],
    },
    {
      fields: ['deferrable'],
      change: again('plain', 'unique (c, d) deferrable'),
      plan: [
        "drop_unique_constraint: Drop unique constraint 't.plain'",
        "create_unique_constraint: Create unique constraint 't.plain' (c, d)",
      ],
    },
    {
      fields: ['deferrable'],
      change: again('main', 'primary key (a) deferrable'),
      plan: ["drop_primary_key: Drop primary key 't.main'", "create_primary_key: Create primary key 't.main' (a)"],
    },
    {
      fields: ['initiallyDeferred'],
      change: again('late', 'unique (d, b) deferrable'),
      plan: [
        "drop_unique_constraint: Drop unique constraint 't.late'",
        "create_unique_constraint: Create unique constraint 't.late' (d, b)",
      ],
    },
    {
      fields: ['initiallyDeferred'],
      change: again('loose', 'unique (b, d, c) deferrable initially deferred'),
      plan: [
        "drop_unique_constraint: Drop unique constraint 't.loose'",
        "create_unique_constraint: Create unique constraint 't.loose' (b, d, c)",
      ],
    },
    {
      fields: ['check.expression'],
      change: again('positive', 'check (a >= 0)'),
      plan: [
        "drop_check_constraint: Drop check constraint 't.positive'",
        "create_check_constraint: Create check constraint 't.positive' ((a > 0))",
      ],
    },
    {
      fields: ['check.expression', 'columns'],
      change: again('positive', 'check (d > 0)'),
      plan: [
        "drop_check_constraint: Drop check constraint 't.positive'",
        "create_check_constraint: Create check constraint 't.positive' ((a > 0))",
      ],
    },
    {
      fields: ['noInherit'],
      change: again('own', 'check (b > 0)'),
      plan: [
        "drop_check_constraint: Drop check constraint 't.own'",
        "create_check_constraint: Create check constraint 't.own' ((b > 0))",
      ],
    },
    {
      fields: ['noInherit'],
      change: again('positive', 'check (a > 0) no inherit'),
      plan: [
        "drop_check_constraint: Drop check constraint 't.positive'",
        "create_check_constraint: Create check constraint 't.positive' ((a > 0))",
      ],
    },
    {
      fields: ['notValid'],
      change: 'alter table t validate constraint unproven',
      plan: [
        "drop_check_constraint: Drop check constraint 't.unproven'",
        "create_check_constraint: Create check constraint 't.unproven' ((c > 0)) not valid",
      ],
    },
    {
      fields: ['notValid'],
      change: again('positive', 'check (a > 0) not valid'),
      plan: ["validate_constraint: Validate check constraint 't.positive'"],
    },
    {
      fields: ['(missing)'],
      change: 'alter table x drop constraint apart',
      plan: ["create_exclusion_constraint: Create exclusion constraint 'x.apart' using gist (q with &&)"],
    },
    {
      fields: ['(undeclared)'],
      change: 'alter table x add constraint more exclude using gist (r with &&)',
      plan: ["drop_exclusion_constraint: Drop exclusion constraint 'x.more'"],
    },
    {
      fields: ['columns', 'exclude', 'type'],
      change: again('apart', 'unique (q)', 'x'),
      plan: [
        "drop_unique_constraint: Drop unique constraint 'x.apart'",
        "create_exclusion_constraint: Create exclusion constraint 'x.apart' using gist (q with &&)",
      ],
    },
    {
      fields: ['exclude.keys.column'],
      change: again('apart', 'exclude using gist (r with &&)', 'x'),
      plan: [
        "drop_exclusion_constraint: Drop exclusion constraint 'x.apart'",
        "create_exclusion_constraint: Create exclusion constraint 'x.apart' using gist (q with &&)",
      ],
    },
    {
      fields: ['exclude.keys'],
      change: again('apart', 'exclude using gist (q with &&, r with &&)', 'x'),
      plan: [
        "drop_exclusion_constraint: Drop exclusion constraint 'x.apart'",
        "create_exclusion_constraint: Create exclusion constraint 'x.apart' using gist (q with &&)",
      ],
    },
    {
      fields: ['exclude.keys.operator'],
      change: again('apart', 'exclude using gist (q with -|-)', 'x'),
      plan: [
        "drop_exclusion_constraint: Drop exclusion constraint 'x.apart'",
        "create_exclusion_constraint: Create exclusion constraint 'x.apart' using gist (q with &&)",
      ],
    },
    {
      fields: ['exclude.keys.operator', 'exclude.keys.operatorSchema'],
      change: again('apart', 'exclude using gist (q with operator(public.&&&))', 'x'),
      plan: [
        "drop_exclusion_constraint: Drop exclusion constraint 'x.apart'",
        "create_exclusion_constraint: Create exclusion constraint 'x.apart' using gist (q with &&)",
      ],
    },
    {
      fields: ['exclude.keys.value.expression'],
      change: again('several', 'exclude using gist (int4range(n, n + 1) with &&, r with -|-) where (n > 0)', 'x'),
      plan: [
        "drop_exclusion_constraint: Drop exclusion constraint 'x.several'",
        "create_exclusion_constraint: Create exclusion constraint 'x.several' using gist (int4range(n, n) with &&, r with -|-) where (n > 0)",
      ],
    },
    {
      fields: ['exclude.keys.column', 'exclude.keys.value'],
      change: again('several', 'exclude using gist (q with &&, r with -|-) where (n > 0)', 'x'),
      plan: [
        "drop_exclusion_constraint: Drop exclusion constraint 'x.several'",
        "create_exclusion_constraint: Create exclusion constraint 'x.several' using gist (int4range(n, n) with &&, r with -|-) where (n > 0)",
      ],
    },
    {
      fields: ['exclude.where.expression'],
      change: again('several', 'exclude using gist (int4range(n, n) with &&, r with -|-) where (n > 1)', 'x'),
      plan: [
        "drop_exclusion_constraint: Drop exclusion constraint 'x.several'",
        "create_exclusion_constraint: Create exclusion constraint 'x.several' using gist (int4range(n, n) with &&, r with -|-) where (n > 0)",
      ],
    },
    {
      fields: ['exclude.where'],
      change: again('several', 'exclude using gist (int4range(n, n) with &&, r with -|-)', 'x'),
      plan: [
        "drop_exclusion_constraint: Drop exclusion constraint 'x.several'",
        "create_exclusion_constraint: Create exclusion constraint 'x.several' using gist (int4range(n, n) with &&, r with -|-) where (n > 0)",
      ],
    },
    {
      fields: ['exclude.where'],
      change: again('apart', 'exclude using gist (q with &&) where (n > 0)', 'x'),
      plan: [
        "drop_exclusion_constraint: Drop exclusion constraint 'x.apart'",
        "create_exclusion_constraint: Create exclusion constraint 'x.apart' using gist (q with &&)",
      ],
    },
    {
      fields: ['exclude.keys.opclass', 'exclude.keys.opclassSchema'],
      change: again('sorted', 'exclude using btree (s collate "C" with =) include (n)', 'x'),
      plan: [
        "drop_exclusion_constraint: Drop exclusion constraint 'x.sorted'",
        "create_exclusion_constraint: Create exclusion constraint 'x.sorted' using btree (s collate C text_pattern_ops with =)",
      ],
    },
    {
      fields: ['exclude.keys.opclassSchema'],
      change: again('owned', 'exclude using btree (n other.own with =)', 'x'),
      plan: [
        "drop_exclusion_constraint: Drop exclusion constraint 'x.owned'",
        "create_exclusion_constraint: Create exclusion constraint 'x.owned' using btree (n own with =)",
      ],
    },
    {
      fields: ['exclude.keys.collation', 'exclude.keys.collationSchema'],
      change: again('sorted', 'exclude using btree (s text_pattern_ops with =) include (n)', 'x'),
      plan: [
        "drop_exclusion_constraint: Drop exclusion constraint 'x.sorted'",
        "create_exclusion_constraint: Create exclusion constraint 'x.sorted' using btree (s collate C text_pattern_ops with =)",
      ],
    },
    {
      fields: ['include'],
      change: again('sorted', 'exclude using btree (s collate "C" text_pattern_ops with =)', 'x'),
      plan: [
        "drop_exclusion_constraint: Drop exclusion constraint 'x.sorted'",
        "create_exclusion_constraint: Create exclusion constraint 'x.sorted' using btree (s collate C text_pattern_ops with =)",
      ],
    },
    {
      fields: ['exclude.keys.order'],
      change: again('upward', 'exclude using btree (n asc nulls last with =)', 'x'),
      plan: [
        "drop_exclusion_constraint: Drop exclusion constraint 'x.upward'",
        "create_exclusion_constraint: Create exclusion constraint 'x.upward' using btree (n desc nulls last with =)",
      ],
    },
    {
      fields: ['exclude.keys.nulls'],
      change: again('upward', 'exclude using btree (n desc nulls first with =)', 'x'),
      plan: [
        "drop_exclusion_constraint: Drop exclusion constraint 'x.upward'",
        "create_exclusion_constraint: Create exclusion constraint 'x.upward' using btree (n desc nulls last with =)",
      ],
    },
    {
      fields: ['exclude.keys.opclass', 'exclude.keys.opclassSchema', 'exclude.method'],
      change: again('owned', 'exclude using hash (n with =)', 'x'),
      plan: [
        "drop_exclusion_constraint: Drop exclusion constraint 'x.owned'",
        "create_exclusion_constraint: Create exclusion constraint 'x.owned' using btree (n own with =)",
      ],
    },
    {
      fields: ['deferrable'],
      change: again('apart', 'exclude using gist (q with &&) deferrable', 'x'),
      plan: [
        "drop_exclusion_constraint: Drop exclusion constraint 'x.apart'",
        "create_exclusion_constraint: Create exclusion constraint 'x.apart' using gist (q with &&)",
      ],
    },
    {
      fields: ['storage.fillfactor'],
      change: 'alter index filled set (fillfactor = 90)',
      plan: [
        "alter_constraint: Alter the index of unique constraint 'x.filled' (storage fillfactor = 90 → fillfactor = 80)",
      ],
    },
    {
      fields: ['storage.fillfactor'],
      change: 'alter index filled reset (fillfactor)',
      plan: ["alter_constraint: Alter the index of unique constraint 'x.filled' (storage none → fillfactor = 80)"],
    },
    {
      fields: ['storage.fillfactor'],
      change: 'alter index apart set (fillfactor = 90)',
      plan: ["alter_constraint: Alter the index of exclusion constraint 'x.apart' (storage fillfactor = 90 → none)"],
    },
    {
      fields: ['withoutOverlaps'],
      since: 180000,
      change: again('ranged', 'unique (q, r without overlaps)', 'x'),
      plan: [
        "drop_unique_constraint: Drop unique constraint 'x.ranged'",
        "create_unique_constraint: Create unique constraint 'x.ranged' (q, r)",
      ],
    },
    {
      fields: ['notEnforced'],
      since: 180000,
      change: again('positive', 'check (a > 0) not enforced'),
      plan: [
        "drop_check_constraint: Drop check constraint 't.positive'",
        "create_check_constraint: Create check constraint 't.positive' ((a > 0))",
      ],
    },
  ],
}
