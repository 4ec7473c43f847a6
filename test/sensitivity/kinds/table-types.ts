// Typed tables: of a type or of none, of which type, and with its attributes.
import type { KindDrifts } from '../drift.js'

export const tableTypes: KindDrifts = {
  kind: 'table-type',
  setup: `
    create schema other;
    create type place as (x integer, y integer);
    create type spot as (x integer, y integer);
    create type other.place as (x integer, y integer);
    create table typed of place (x primary key, y default 0);
    create view over_typed as select x from typed;
    create table untyped (x integer, y integer);`,
  drifts: [
    {
      fields: ['(missing)'],
      change: 'alter table typed not of',
      plan: ["set_table_type: Make table 'typed' one of type 'place'"],
    },
    {
      fields: ['(undeclared)'],
      change: 'alter table untyped of place',
      plan: ["set_table_type: Let table 'untyped' no longer be of type 'place'"],
    },
    {
      fields: ['type.typeName'],
      change: 'alter table typed of spot',
      plan: [
        "set_table_type: Let table 'typed' no longer be of type 'spot'",
        "set_table_type: Make table 'typed' one of type 'place'",
      ],
    },
    {
      fields: ['type.schemaName'],
      change: 'alter table typed of other.place',
      plan: [
        "set_table_type: Let table 'typed' no longer be of type 'other.place'",
        "set_table_type: Make table 'typed' one of type 'place'",
      ],
    },
    {
      fields: ['columns'],
      change: 'alter type place add attribute z integer cascade',
      plan: [
        "set_table_type: Let table 'typed' no longer be of type 'place'",
        "alter_composite_type: Alter composite type 'place' (without 'z')",
        "drop_column: Drop column 'typed.z'",
        "set_table_type: Make table 'typed' one of type 'place'",
      ],
      along: ['column.(undeclared)', 'composite-type.attributes'],
    },
  ],
}
