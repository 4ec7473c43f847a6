// Indexes: each part of a key, and what the whole index says.
import type { KindDrifts } from '../drift.js'

const again = (name: string, definition: string, unique = '') =>
  `drop index ${name}; create ${unique} index ${name} on t ${definition}`

export const indexes: KindDrifts = {
  kind: 'index',
  setup: (version) => `
    create schema other;
    create collation nordic from "C";
    create collation other.nordic from "C";
    create operator class size for type integer using btree as operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >, function 1 btint4cmp(integer, integer);
    create operator class other.size for type integer using btree as operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >, function 1 btint4cmp(integer, integer);
    create table t (a integer, b integer, c text, d text);
    create index plain on t (a);
    create index backward on t (a desc nulls first, b desc nulls last);
    create index lowered on t (lower(c), a);
    create index patterned on t (c text_pattern_ops);
    create index sized on t (a size);
    create index sorted on t (c collate "C");
    create index spelled on t (d collate nordic, lower(d) collate nordic);
    create index including on t (a, b) include (c);
    create unique index single on t (a, b);
    create unique index one on t (b) ${version >= 150000 ? 'nulls not distinct' : ''};
    create index partial on t (b) where a > 0;
    create index hashed on t using hash (a);
    create index filled on t (b, a) with (fillfactor = 80);
    create index searched on t using gist (to_tsvector('simple', c) tsvector_ops (siglen = 100));
    create index measured on t (lower(d));
    alter index measured alter column 1 set statistics 500;
    create materialized view m as select 1 as a, 2 as b;
    create unique index viewed on m (a);
    create table parted (a integer) partition by range (a);
    create table part partition of parted for values from (0) to (9);
    create index whole on parted (a);
    create table another partition of parted for values from (9) to (19);
    create index alone on only parted (a);
    create index half on only parted (a);`,
  never: {
    partitioned: 'is what its table is',
    tablespace: 'needs a tablespace, which no test may leave on a server',
  },
  drifts: [
    {
      fields: ['only'],
      change: 'drop index alone; create index alone on parted (a)',
      plan: ["drop_index: Drop index 'alone'", "create_index: Create index 'alone' on only parted (a)"],
    },
    {
      fields: ['attached'],
      change: 'create index piece on part (a); alter index half attach partition piece',
      plan: ["drop_index: Drop index 'half'", "create_index: Create index 'half' on only parted (a)"],
    },
    { fields: ['(missing)'], change: 'drop index plain', plan: ["create_index: Create index 'plain' on t (a)"] },
    { fields: ['(undeclared)'], change: 'create index more on t (d)', plan: ["drop_index: Drop index 'more'"] },
    {
      fields: ['keys.column'],
      change: again('plain', '(b)'),
      plan: ["drop_index: Drop index 'plain'", "create_index: Create index 'plain' on t (a)"],
    },
    {
      fields: ['keys.column'],
      change: again('single', '(b, a)', 'unique'),
      plan: ["drop_index: Drop index 'single'", "create_index: Create unique index 'single' on t (a, b)"],
    },
    {
      fields: ['keys'],
      change: again('plain', '(a, b)'),
      plan: ["drop_index: Drop index 'plain'", "create_index: Create index 'plain' on t (a)"],
    },
    {
      fields: ['keys.value.expression'],
      change: again('lowered', '(upper(c), a)'),
      plan: ["drop_index: Drop index 'lowered'", "create_index: Create index 'lowered' on t (lower(c), a)"],
    },
    {
      fields: ['keys.column', 'keys.value'],
      change: again('lowered', '(c, a)'),
      plan: ["drop_index: Drop index 'lowered'", "create_index: Create index 'lowered' on t (lower(c), a)"],
    },
    {
      fields: ['keys.opclass', 'keys.opclassSchema'],
      change: again('patterned', '(c)'),
      plan: ["drop_index: Drop index 'patterned'", "create_index: Create index 'patterned' on t (c text_pattern_ops)"],
    },
    {
      fields: ['keys.opclass', 'keys.opclassSchema'],
      change: again('plain', '(a size)'),
      plan: ["drop_index: Drop index 'plain'", "create_index: Create index 'plain' on t (a)"],
    },
    {
      fields: ['keys.opclass'],
      change: again('patterned', '(c varchar_pattern_ops)'),
      plan: ["drop_index: Drop index 'patterned'", "create_index: Create index 'patterned' on t (c text_pattern_ops)"],
    },
    {
      fields: ['keys.opclassSchema'],
      change: again('sized', '(a other.size)'),
      plan: ["drop_index: Drop index 'sized'", "create_index: Create index 'sized' on t (a size)"],
    },
    {
      fields: ['keys.collation', 'keys.collationSchema'],
      change: again('sorted', '(c)'),
      plan: ["drop_index: Drop index 'sorted'", "create_index: Create index 'sorted' on t (c collate C)"],
    },
    {
      fields: ['keys.collation'],
      change: again('sorted', '(c collate "POSIX")'),
      plan: ["drop_index: Drop index 'sorted'", "create_index: Create index 'sorted' on t (c collate C)"],
    },
    {
      fields: ['keys.collationSchema'],
      change: again('spelled', '(d collate other.nordic, lower(d) collate nordic)'),
      plan: [
        "drop_index: Drop index 'spelled'",
        "create_index: Create index 'spelled' on t (d collate nordic, lower(d) collate nordic)",
      ],
    },
    {
      fields: ['keys.collationSchema'],
      change: again('spelled', '(d collate nordic, lower(d) collate other.nordic)'),
      plan: [
        "drop_index: Drop index 'spelled'",
        "create_index: Create index 'spelled' on t (d collate nordic, lower(d) collate nordic)",
      ],
    },
    {
      fields: ['keys.collation', 'keys.collationSchema'],
      change: again('spelled', '(d collate nordic, lower(d))'),
      plan: [
        "drop_index: Drop index 'spelled'",
        "create_index: Create index 'spelled' on t (d collate nordic, lower(d) collate nordic)",
      ],
    },
    {
      fields: ['keys.order'],
      change: again('backward', '(a desc nulls first, b asc nulls last)'),
      plan: [
        "drop_index: Drop index 'backward'",
        "create_index: Create index 'backward' on t (a desc, b desc nulls last)",
      ],
    },
    {
      fields: ['keys.order'],
      change: again('plain', '(a desc nulls last)'),
      plan: ["drop_index: Drop index 'plain'", "create_index: Create index 'plain' on t (a)"],
    },
    {
      fields: ['keys.nulls'],
      change: again('backward', '(a desc nulls first, b desc nulls first)'),
      plan: [
        "drop_index: Drop index 'backward'",
        "create_index: Create index 'backward' on t (a desc, b desc nulls last)",
      ],
    },
    {
      fields: ['keys.nulls'],
      change: again('plain', '(a nulls first)'),
      plan: ["drop_index: Drop index 'plain'", "create_index: Create index 'plain' on t (a)"],
    },
    {
      fields: ['include'],
      change: again('including', '(a, b)'),
      plan: ["drop_index: Drop index 'including'", "create_index: Create index 'including' on t (a, b)"],
    },
    {
      fields: ['include'],
      change: again('plain', '(a) include (b)'),
      plan: ["drop_index: Drop index 'plain'", "create_index: Create index 'plain' on t (a)"],
    },
    {
      fields: ['unique'],
      change: again('single', '(a, b)'),
      plan: ["drop_index: Drop index 'single'", "create_index: Create unique index 'single' on t (a, b)"],
    },
    {
      fields: ['unique'],
      change: again('plain', '(a)', 'unique'),
      plan: ["drop_index: Drop index 'plain'", "create_index: Create index 'plain' on t (a)"],
    },
    {
      fields: ['method'],
      change: again('hashed', '(a)'),
      plan: ["drop_index: Drop index 'hashed'", "create_index: Create index 'hashed' on t using hash (a)"],
    },
    {
      fields: ['method'],
      change: again('plain', 'using hash (a)'),
      plan: ["drop_index: Drop index 'plain'", "create_index: Create index 'plain' on t (a)"],
    },
    {
      fields: ['where.expression'],
      change: again('partial', '(b) where a > 1'),
      plan: ["drop_index: Drop index 'partial'", "create_index: Create index 'partial' on t (b) where (a > 0)"],
    },
    {
      fields: ['where'],
      change: again('partial', '(b)'),
      plan: ["drop_index: Drop index 'partial'", "create_index: Create index 'partial' on t (b) where (a > 0)"],
    },
    {
      fields: ['where'],
      change: again('plain', '(a) where b > 0'),
      plan: ["drop_index: Drop index 'plain'", "create_index: Create index 'plain' on t (a)"],
    },
    {
      fields: ['nullsNotDistinct'],
      since: 150000,
      change: again('one', '(b)', 'unique'),
      plan: ["drop_index: Drop index 'one'", "create_index: Create unique index 'one' on t (b)"],
    },
    {
      fields: ['nullsNotDistinct'],
      since: 150000,
      change: again('single', '(a, b) nulls not distinct', 'unique'),
      plan: ["drop_index: Drop index 'single'", "create_index: Create unique index 'single' on t (a, b)"],
    },
    {
      fields: ['valid'],
      change: "update pg_index set indisvalid = false where indexrelid = 'plain'::regclass",
      plan: ["drop_index: Drop index 'plain'", "create_index: Create index 'plain' on t (a)"],
      oneWay: 'Nobody wants an index that is not valid.',
    },
    {
      fields: ['storage.fillfactor'],
      change: 'alter index filled set (fillfactor = 90)',
      plan: ["alter_index: Alter index 'filled' (storage fillfactor = 90 → fillfactor = 80)"],
    },
    {
      fields: ['storage.fillfactor'],
      change: 'alter index filled reset (fillfactor)',
      plan: ["alter_index: Alter index 'filled' (storage none → fillfactor = 80)"],
    },
    {
      fields: ['storage.deduplicate_items'],
      change: 'alter index plain set (deduplicate_items = off)',
      plan: ["alter_index: Alter index 'plain' (storage deduplicate_items = off → none)"],
    },
    {
      fields: ['statistics.1'],
      change: 'alter index measured alter column 1 set statistics 100',
      plan: ["alter_index: Alter index 'measured' (statistics 1: 100 → 1: 500)"],
    },
    {
      fields: ['statistics.1'],
      change: 'alter index measured alter column 1 set statistics -1',
      plan: ["alter_index: Alter index 'measured' (statistics default → 1: 500)"],
    },
    {
      fields: ['keys.opclassParameters.siglen'],
      change: again('searched', "using gist (to_tsvector('simple', c) tsvector_ops (siglen = 200))"),
      plan: [
        "drop_index: Drop index 'searched'",
        "create_index: Create index 'searched' on t using gist (to_tsvector('simple'::regconfig, c) tsvector_ops)",
      ],
    },
    {
      fields: ['keys.opclass', 'keys.opclassParameters', 'keys.opclassSchema'],
      change: again('searched', "using gist (to_tsvector('simple', c))"),
      plan: [
        "drop_index: Drop index 'searched'",
        "create_index: Create index 'searched' on t using gist (to_tsvector('simple'::regconfig, c) tsvector_ops)",
      ],
    },
    {
      fields: ['keys.column'],
      change: 'drop index viewed; create unique index viewed on m (b)',
      plan: ["drop_index: Drop index 'viewed'", "create_index: Create unique index 'viewed' on m (a)"],
    },
  ],
}
