// Domains: base type, collation, default, NOT NULL, and each check with its name, text, validity and comment.
import type { KindDrifts } from '../drift.js'

const again = (name: string, definition: string) => `drop domain ${name}; create domain ${name} as ${definition}`

export const domains: KindDrifts = {
  kind: 'domain',
  setup: `
    create schema other;
    create type mood as enum ('a', 'b');
    create type other.mood as enum ('a', 'b');
    create collation near from "C";
    create collation other.near from "C";
    create domain plain as integer;
    create domain short as varchar(10);
    create domain own as mood;
    create domain sorted as text collate "C";
    create domain spelled as text collate near;
    create domain five as integer default 5;
    create domain checked as integer constraint positive check (value > 0) constraint small check (value < 9);
    alter domain checked add constraint odd check (value % 2 = 1) not valid;
    comment on constraint positive on domain checked is 'first';
    create domain over as checked;
    create table t (a five, b checked, d over, c plain[]);
    insert into t values (1, 3, 5, '{1,2}');`,
  drifts: [
    { fields: ['(missing)'], change: 'drop domain own', plan: ["create_domain: Create domain 'own' (mood)"] },
    { fields: ['(undeclared)'], change: 'create domain more as text', plan: ["drop_domain: Drop domain 'more'"] },
    {
      fields: ['type.typeName'],
      change:
        'alter table t drop column c; drop domain plain; create domain plain as bigint; alter table t add column c plain[]',
      plan: [
        "rename_domain: Rename domain 'plain' to 'plain__lockstep'",
        "create_domain: Create domain 'plain' (integer)",
        "alter_column: Alter column 't.c' (to the new plain[])",
        "drop_domain: Drop domain 'plain__lockstep'",
      ],
    },
    {
      fields: ['type.dimensions'],
      change: again('own', 'mood[]'),
      plan: [
        "rename_domain: Rename domain 'own' to 'own__lockstep'",
        "create_domain: Create domain 'own' (mood)",
        "drop_domain: Drop domain 'own__lockstep'",
      ],
    },
    {
      fields: ['type.schemaName'],
      change: again('own', 'other.mood'),
      plan: [
        "rename_domain: Rename domain 'own' to 'own__lockstep'",
        "create_domain: Create domain 'own' (mood)",
        "drop_domain: Drop domain 'own__lockstep'",
      ],
    },
    {
      fields: ['type.modifiers'],
      change: again('short', 'varchar(5)'),
      plan: [
        "rename_domain: Rename domain 'short' to 'short__lockstep'",
        "create_domain: Create domain 'short' (varchar(10))",
        "drop_domain: Drop domain 'short__lockstep'",
      ],
    },
    {
      fields: ['collation.collationName'],
      change: again('sorted', 'text collate "POSIX"'),
      plan: [
        "rename_domain: Rename domain 'sorted' to 'sorted__lockstep'",
        "create_domain: Create domain 'sorted' (text)",
        "drop_domain: Drop domain 'sorted__lockstep'",
      ],
    },
    {
      fields: ['collation.schemaName'],
      change: again('spelled', 'text collate other.near'),
      plan: [
        "rename_domain: Rename domain 'spelled' to 'spelled__lockstep'",
        "create_domain: Create domain 'spelled' (text)",
        "drop_domain: Drop domain 'spelled__lockstep'",
      ],
    },
    {
      fields: ['collation'],
      change: again('sorted', 'text'),
      plan: [
        "rename_domain: Rename domain 'sorted' to 'sorted__lockstep'",
        "create_domain: Create domain 'sorted' (text)",
        "drop_domain: Drop domain 'sorted__lockstep'",
      ],
    },
    {
      fields: ['default.expression'],
      change: 'alter domain five set default 6',
      plan: ["alter_domain: Alter domain 'five' (default 5)"],
    },
    {
      fields: ['default'],
      change: 'alter domain five drop default',
      plan: ["alter_domain: Alter domain 'five' (default 5)"],
    },
    {
      fields: ['notNull'],
      change: 'alter domain five set not null',
      plan: ["alter_domain: Alter domain 'five' (nullable)"],
    },
    {
      fields: ['checks'],
      change: 'alter domain checked drop constraint small',
      plan: ["alter_domain: Alter domain 'checked' (check 'small' ((VALUE < 9)))"],
    },
    {
      fields: ['checks'],
      change: 'alter domain five add constraint more check (value > 0)',
      plan: ["alter_domain: Alter domain 'five' (without check 'more')"],
    },
    {
      fields: ['checks.name'],
      change: 'alter domain checked rename constraint small to tiny',
      plan: ["alter_domain: Alter domain 'checked' (check 'tiny' renamed to 'small')"],
    },
    {
      fields: ['checks.expression'],
      change:
        'alter domain checked drop constraint small; alter domain checked add constraint small check (value < 10)',
      plan: ["alter_domain: Alter domain 'checked' (check 'small' ((VALUE < 9)))"],
    },
    {
      fields: ['checks.notValid'],
      change: 'alter domain checked validate constraint odd',
      plan: ["alter_domain: Alter domain 'checked' (check 'odd' (((VALUE % 2) = 1)) not valid)"],
    },
    {
      fields: ['checks.comment'],
      change: "comment on constraint positive on domain checked is 'second'",
      plan: ["alter_domain: Alter domain 'checked' (comment of check 'positive')"],
    },
  ],
}
