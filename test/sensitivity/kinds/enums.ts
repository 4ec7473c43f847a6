// Enum types: their values and the order of these.
import type { KindDrifts } from '../drift.js'

export const enums: KindDrifts = {
  kind: 'enum',
  setup: `
    create type free as enum ('a', 'b', 'c');
    create type used as enum ('a', 'b', 'c');
    create table t (a used default 'b', b used[]);`,
  drifts: [
    { fields: ['(missing)'], change: 'drop type free', plan: ["create_enum: Create enum 'free' ('a', 'b', 'c')"] },
    { fields: ['(undeclared)'], change: "create type more as enum ('x')", plan: ["drop_enum: Drop enum 'more'"] },
    {
      fields: ['values'],
      change: "alter type free add value 'd'",
      plan: [
        "rename_enum: Rename enum 'free' to 'free__lockstep'",
        "create_enum: Create enum 'free' ('a', 'b', 'c')",
        "drop_enum: Drop enum 'free__lockstep'",
      ],
    },
    {
      fields: ['values'],
      change: "alter type used add value 'd' before 'b'",
      plan: [
        "rename_enum: Rename enum 'used' to 'used__lockstep'",
        "create_enum: Create enum 'used' ('a', 'b', 'c')",
        "alter_column: Alter column 't.a' (to the new used)",
        "alter_column: Alter column 't.b' (to the new used[])",
        "drop_enum: Drop enum 'used__lockstep'",
      ],
    },
    {
      fields: ['values'],
      change: "alter type free rename value 'c' to 'd'",
      plan: [
        "rename_enum: Rename enum 'free' to 'free__lockstep'",
        "create_enum: Create enum 'free' ('a', 'b', 'c')",
        "drop_enum: Drop enum 'free__lockstep'",
      ],
    },
    {
      fields: ['values'],
      change: "drop type free; create type free as enum ('a', 'b')",
      plan: ["add_enum_value: Add value 'c' to enum 'free' after 'b'"],
    },
    {
      fields: ['values'],
      change: "drop type free; create type free as enum ('b', 'c')",
      plan: ["add_enum_value: Add value 'a' to enum 'free' before 'b'"],
    },
    {
      fields: ['values'],
      change: "drop type free; create type free as enum ('a', 'c', 'b')",
      plan: [
        "rename_enum: Rename enum 'free' to 'free__lockstep'",
        "create_enum: Create enum 'free' ('a', 'b', 'c')",
        "drop_enum: Drop enum 'free__lockstep'",
      ],
    },
    {
      fields: ['values'],
      change: 'drop type free; create type free as enum ()',
      plan: [
        "add_enum_value: Add value 'a' to enum 'free'",
        "add_enum_value: Add value 'b' to enum 'free' after 'a'",
        "add_enum_value: Add value 'c' to enum 'free' after 'b'",
      ],
    },
  ],
}
