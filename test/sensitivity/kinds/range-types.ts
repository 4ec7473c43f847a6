// Range types: subtype, operator class, collation, functions, and the multirange type.
import type { KindDrifts } from '../drift.js'

const again = (name: string, definition: string) => `drop type ${name}; create type ${name} as range (${definition})`

export const rangeTypes: KindDrifts = {
  kind: 'range-type',
  setup: `
    create schema other;
    create type mood as enum ('a', 'b');
    create type other.mood as enum ('a', 'b');
    create collation near from "C";
    create collation other.near from "C";
    create function apart(float8, float8) returns float8 language sql immutable as 'select $1 - $2';
    create function other.apart(float8, float8) returns float8 language sql immutable as 'select $1 - $2';
    create type apart_by as range (subtype = float8, subtype_diff = apart);
    create type plain as range (subtype = float8);
    create type own as range (subtype = mood);
    create type many as range (subtype = integer[]);
    create type precise as range (subtype = float8, subtype_diff = float8mi);
    create type shut as range (subtype = integer);
    create type sorted as range (subtype = text, collation = near);
    create type opclass as range (subtype = text, subtype_opclass = text_pattern_ops);
    create type used as range (subtype = float8, subtype_diff = float8mi);
    create table t (a used, b used[], c used_multirange, d used default used(1, 2));
    insert into t values (used(1, 2), array[used(3, 4)], used_multirange(used(5, 6)));
    create index on t using gist (a);`,
  never: {
    'subtypeOpclass.schemaName':
      'an operator class of one name in two schemas needs one of its own, which only functions in C fill',
    canonical: 'a function that takes the range type holds on to it: dropping either needs CASCADE',
  },
  drifts: [
    {
      fields: ['(missing)'],
      change: 'drop type plain',
      plan: ["create_range_type: Create range type 'plain' (of double precision)"],
    },
    {
      fields: ['(undeclared)'],
      change: 'create type more as range (subtype = integer)',
      plan: ["drop_range_type: Drop range type 'more'"],
    },
    {
      fields: ['subtype.typeName'],
      change: again('plain', 'subtype = float4'),
      plan: [
        "rename_range_type: Rename range type 'plain' to 'plain__lockstep'",
        "create_range_type: Create range type 'plain' (of double precision)",
        "drop_range_type: Drop range type 'plain__lockstep'",
      ],
    },
    {
      fields: ['subtype.schemaName'],
      change: again('own', 'subtype = other.mood'),
      plan: [
        "rename_range_type: Rename range type 'own' to 'own__lockstep'",
        "create_range_type: Create range type 'own' (of mood)",
        "drop_range_type: Drop range type 'own__lockstep'",
      ],
    },
    {
      fields: ['subtype.dimensions'],
      change: again('many', 'subtype = integer'),
      plan: [
        "rename_range_type: Rename range type 'many' to 'many__lockstep'",
        "create_range_type: Create range type 'many' (of integer[])",
        "drop_range_type: Drop range type 'many__lockstep'",
      ],
    },
    {
      fields: ['subtypeOpclass'],
      change: again('opclass', 'subtype = text'),
      plan: [
        "rename_range_type: Rename range type 'opclass' to 'opclass__lockstep'",
        "create_range_type: Create range type 'opclass' (of text)",
        "drop_range_type: Drop range type 'opclass__lockstep'",
      ],
    },
    {
      fields: ['subtypeOpclass.opclassName'],
      change: again('opclass', 'subtype = text, subtype_opclass = varchar_pattern_ops'),
      plan: [
        "rename_range_type: Rename range type 'opclass' to 'opclass__lockstep'",
        "create_range_type: Create range type 'opclass' (of text)",
        "drop_range_type: Drop range type 'opclass__lockstep'",
      ],
    },
    {
      fields: ['collation'],
      change: again('sorted', 'subtype = text'),
      plan: [
        "rename_range_type: Rename range type 'sorted' to 'sorted__lockstep'",
        "create_range_type: Create range type 'sorted' (of text)",
        "drop_range_type: Drop range type 'sorted__lockstep'",
      ],
    },
    {
      fields: ['collation.schemaName'],
      change: again('sorted', 'subtype = text, collation = other.near'),
      plan: [
        "rename_range_type: Rename range type 'sorted' to 'sorted__lockstep'",
        "create_range_type: Create range type 'sorted' (of text)",
        "drop_range_type: Drop range type 'sorted__lockstep'",
      ],
    },
    {
      fields: ['collation.collationName', 'collation.schemaName'],
      change: again('sorted', 'subtype = text, collation = "C"'),
      plan: [
        "rename_range_type: Rename range type 'sorted' to 'sorted__lockstep'",
        "create_range_type: Create range type 'sorted' (of text)",
        "drop_range_type: Drop range type 'sorted__lockstep'",
      ],
    },
    {
      fields: ['subtypeDiff'],
      change: again('precise', 'subtype = float8'),
      plan: [
        "rename_range_type: Rename range type 'precise' to 'precise__lockstep'",
        "create_range_type: Create range type 'precise' (of double precision)",
        "drop_range_type: Drop range type 'precise__lockstep'",
      ],
    },
    {
      fields: ['subtypeDiff.schemaName'],
      change: again('apart_by', 'subtype = float8, subtype_diff = other.apart'),
      plan: [
        "rename_range_type: Rename range type 'apart_by' to 'apart_by__lockstep'",
        "create_range_type: Create range type 'apart_by' (of double precision)",
        "drop_range_type: Drop range type 'apart_by__lockstep'",
      ],
    },
    {
      fields: ['subtypeDiff.routineName', 'subtypeDiff.schemaName'],
      change: again('apart_by', 'subtype = float8, subtype_diff = float8mi'),
      plan: [
        "rename_range_type: Rename range type 'apart_by' to 'apart_by__lockstep'",
        "create_range_type: Create range type 'apart_by' (of double precision)",
        "drop_range_type: Drop range type 'apart_by__lockstep'",
      ],
    },
    {
      fields: ['multirange.typeName'],
      change:
        'alter type apart_by_multirange rename to several; alter function apart_by_multirange() rename to several; alter function apart_by_multirange(apart_by) rename to several; alter function apart_by_multirange(variadic apart_by[]) rename to several',
      plan: ["rename_range_type: Rename multirange type 'several' to 'apart_by_multirange'"],
    },
    {
      fields: ['multirange.schemaName'],
      change: again('plain', 'subtype = float8, multirange_type_name = other.plain_multirange'),
      plan: [
        "rename_range_type: Rename range type 'plain' to 'plain__lockstep'",
        "create_range_type: Create range type 'plain' (of double precision)",
        "drop_range_type: Drop range type 'plain__lockstep'",
      ],
    },
  ],
}
