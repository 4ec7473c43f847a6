// Primary keys, unique and check constraints: what they say and how they are kept.
import type { KindDrifts } from '../drift.js'

const again = (name: string, definition: string, table = 't') =>
  `alter table ${table} drop constraint ${name}; alter table ${table} add constraint ${name} ${definition}`

export const constraints: KindDrifts = {
  kind: 'constraint',
  setup: `
    create table t (
      a integer not null, b integer not null, c integer not null, d integer not null,
      constraint main primary key (a),
      constraint wide unique (b, c) include (d),
      constraint plain unique (c, d),
      constraint late unique (d, b) deferrable initially deferred,
      constraint loose unique (b, d, c) deferrable,
      constraint one unique nulls not distinct (d),
      constraint positive check (a > 0),
      constraint own check (b > 0) no inherit
    );
    alter table t add constraint unproven check (c > 0) not valid;`,
  drifts: [
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
      change: again('one', 'unique (d)'),
      plan: [
        "drop_unique_constraint: Drop unique constraint 't.one'",
        "create_unique_constraint: Create unique constraint 't.one' (d)",
      ],
    },
    {
      fields: ['nullsNotDistinct'],
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
        "create_check_constraint: Create check constraint 't.unproven' ((c > 0))",
      ],
    },
    {
      fields: ['notValid'],
      change: again('positive', 'check (a > 0) not valid'),
      plan: [
        "drop_check_constraint: Drop check constraint 't.positive'",
        "create_check_constraint: Create check constraint 't.positive' ((a > 0))",
      ],
    },
  ],
}
