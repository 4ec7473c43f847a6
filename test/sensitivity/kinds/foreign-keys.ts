// Foreign keys: columns, target, actions, match, deferral, validity.
import type { KindDrifts } from '../drift.js'

const again = (name: string, definition: string) =>
  `alter table t drop constraint ${name}; alter table t add constraint ${name} foreign key ${definition}`

export const foreignKeys: KindDrifts = {
  kind: 'foreign-key',
  setup: (version) => `
    create schema other;
    create table p (a integer primary key, b integer, unique (a, b), unique (b, a), unique (b));
    create table q (a integer primary key);
    create table other.p (a integer primary key);
    create table ranges (q int4range, r int4range, constraint ranges_key unique (q, r));
    create table t (
      a integer, b integer, q int4range, r int4range,
      constraint ranged foreign key (q, r) references ranges (q, r),
      constraint plain foreign key (a) references p (a),
      constraint acting foreign key (b) references p (a) on delete cascade on update set null,
      constraint whole foreign key (a, b) references p (a, b) match full,
      constraint part foreign key (a, b) references p (b, a) on delete set null ${version >= 150000 ? '(b)' : ''},
      constraint late foreign key (a) references q deferrable initially deferred,
      constraint loose foreign key (b) references q deferrable
    );
    alter table t add constraint unproven foreign key (b) references p (b) not valid;`,
  drifts: [
    {
      fields: ['(missing)'],
      change: 'alter table t drop constraint plain',
      plan: ["create_foreign_key: Create foreign key 't.plain' (a) → p (a)"],
    },
    {
      fields: ['(undeclared)'],
      change: 'alter table t add constraint more foreign key (a) references p (b)',
      plan: ["drop_foreign_key: Drop foreign key 't.more'"],
    },
    {
      fields: ['columns'],
      change: again('plain', '(b) references p (a)'),
      plan: [
        "drop_foreign_key: Drop foreign key 't.plain'",
        "create_foreign_key: Create foreign key 't.plain' (a) → p (a)",
      ],
    },
    {
      fields: ['references.columns'],
      change: again('plain', '(a) references p (b)'),
      plan: [
        "drop_foreign_key: Drop foreign key 't.plain'",
        "create_foreign_key: Create foreign key 't.plain' (a) → p (a)",
      ],
    },
    {
      fields: ['references.table'],
      change: again('plain', '(a) references q (a)'),
      plan: [
        "drop_foreign_key: Drop foreign key 't.plain'",
        "create_foreign_key: Create foreign key 't.plain' (a) → p (a)",
      ],
    },
    {
      fields: ['references.schemaName'],
      change: again('plain', '(a) references other.p (a)'),
      plan: [
        "drop_foreign_key: Drop foreign key 't.plain'",
        "create_foreign_key: Create foreign key 't.plain' (a) → p (a)",
      ],
    },
    {
      fields: ['onDelete'],
      change: again('plain', '(a) references p (a) on delete restrict'),
      plan: [
        "drop_foreign_key: Drop foreign key 't.plain'",
        "create_foreign_key: Create foreign key 't.plain' (a) → p (a)",
      ],
    },
    {
      fields: ['onDelete'],
      change: again('plain', '(a) references p (a) on delete set default'),
      plan: [
        "drop_foreign_key: Drop foreign key 't.plain'",
        "create_foreign_key: Create foreign key 't.plain' (a) → p (a)",
      ],
    },
    {
      fields: ['onDelete'],
      change: again('acting', '(b) references p (a) on update set null'),
      plan: [
        "drop_foreign_key: Drop foreign key 't.acting'",
        "create_foreign_key: Create foreign key 't.acting' (b) → p (a)",
      ],
    },
    {
      fields: ['onUpdate'],
      change: again('plain', '(a) references p (a) on update cascade'),
      plan: [
        "drop_foreign_key: Drop foreign key 't.plain'",
        "create_foreign_key: Create foreign key 't.plain' (a) → p (a)",
      ],
    },
    {
      fields: ['onUpdate'],
      change: again('acting', '(b) references p (a) on delete cascade'),
      plan: [
        "drop_foreign_key: Drop foreign key 't.acting'",
        "create_foreign_key: Create foreign key 't.acting' (b) → p (a)",
      ],
    },
    {
      fields: ['matchFull'],
      change: again('whole', '(a, b) references p (a, b)'),
      plan: [
        "drop_foreign_key: Drop foreign key 't.whole'",
        "create_foreign_key: Create foreign key 't.whole' (a, b) → p (a, b)",
      ],
    },
    {
      fields: ['matchFull'],
      change: again('plain', '(a) references p (a) match full'),
      plan: [
        "drop_foreign_key: Drop foreign key 't.plain'",
        "create_foreign_key: Create foreign key 't.plain' (a) → p (a)",
      ],
    },
    {
      fields: ['deferrable'],
      change: 'alter table t alter constraint plain deferrable',
      plan: ["alter_foreign_key: Alter foreign key 't.plain' (deferrable → not deferrable)"],
    },
    {
      fields: ['deferrable'],
      change: 'alter table t alter constraint loose not deferrable',
      plan: ["alter_foreign_key: Alter foreign key 't.loose' (not deferrable → deferrable)"],
    },
    {
      fields: ['initiallyDeferred'],
      change: 'alter table t alter constraint late deferrable initially immediate',
      plan: ["alter_foreign_key: Alter foreign key 't.late' (deferrable → deferrable initially deferred)"],
    },
    {
      fields: ['initiallyDeferred'],
      change: 'alter table t alter constraint loose deferrable initially deferred',
      plan: ["alter_foreign_key: Alter foreign key 't.loose' (deferrable initially deferred → deferrable)"],
    },
    {
      fields: ['notValid'],
      change: 'alter table t validate constraint unproven',
      plan: [
        "drop_foreign_key: Drop foreign key 't.unproven'",
        "create_foreign_key: Create foreign key 't.unproven' (b) → p (b) not valid",
      ],
    },
    {
      fields: ['notValid'],
      change: again('plain', '(a) references p (a) not valid'),
      plan: ["validate_foreign_key: Validate foreign key 't.plain'"],
    },
    {
      fields: ['setColumns.columns'],
      since: 150000,
      change: again('part', '(a, b) references p (b, a) on delete set null'),
      plan: [
        "drop_foreign_key: Drop foreign key 't.part'",
        "create_foreign_key: Create foreign key 't.part' (a, b) → p (b, a)",
      ],
    },
    {
      fields: ['setColumns.columns'],
      since: 150000,
      change: again('part', '(a, b) references p (b, a) on delete set null (a)'),
      plan: [
        "drop_foreign_key: Drop foreign key 't.part'",
        "create_foreign_key: Create foreign key 't.part' (a, b) → p (b, a)",
      ],
    },
    {
      fields: ['notEnforced'],
      since: 180000,
      change: 'alter table t alter constraint plain not enforced',
      plan: ["alter_foreign_key: Alter foreign key 't.plain' (not deferrable, not enforced → not deferrable)"],
    },
    {
      fields: ['period'],
      along: ['constraint.withoutOverlaps'],
      since: 180000,
      change: `alter table t drop constraint ranged; alter table ranges drop constraint ranges_key;
        alter table ranges add constraint ranges_key unique (q, r without overlaps);
        alter table t add constraint ranged foreign key (q, period r) references ranges (q, period r)`,
      plan: [
        "drop_foreign_key: Drop foreign key 't.ranged'",
        "drop_unique_constraint: Drop unique constraint 'ranges.ranges_key'",
        "create_unique_constraint: Create unique constraint 'ranges.ranges_key' (q, r)",
        "create_foreign_key: Create foreign key 't.ranged' (q, r) → ranges (q, r)",
      ],
    },
  ],
}
