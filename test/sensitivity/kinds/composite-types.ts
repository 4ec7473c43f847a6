// Composite types: each attribute with its name, place, type and collation.
import type { KindDrifts } from '../drift.js'

const again = (definition: string) => `drop type free; create type free as (${definition})`

export const compositeTypes: KindDrifts = {
  kind: 'composite-type',
  setup: `
    create schema other;
    create type mood as enum ('a', 'b');
    create type other.mood as enum ('a', 'b');
    create collation near from "C";
    create collation other.near from "C";
    create type free as (a integer, b varchar(5), c mood, d text collate near, e integer[]);
    create type used as (x integer, y text);
    create type empty as ();
    create type inside as (u used);
    create table t (one used, many used[], deep inside);
    insert into t values (row(1, 'a'), array[row(1, 'a')::used, null], row(row(1, 'a')::used)), (null, null, null);`,
  drifts: [
    {
      fields: ['(missing)'],
      change: 'drop type free',
      plan: [
        "create_composite_type: Create composite type 'free' (a integer, b varchar(5), c mood, d text, e integer[])",
      ],
    },
    {
      fields: ['(undeclared)'],
      change: 'create type more as (a integer)',
      plan: ["drop_composite_type: Drop composite type 'more'"],
    },
    {
      fields: ['attributes'],
      change: 'alter type used add attribute z integer',
      plan: ["alter_composite_type: Alter composite type 'used' (without 'z')"],
    },
    {
      fields: ['attributes'],
      change: 'alter type used drop attribute y',
      plan: ["alter_composite_type: Alter composite type 'used' (with y text)"],
    },
    {
      fields: ['attributes'],
      change: 'alter type empty add attribute z integer',
      plan: ["alter_composite_type: Alter composite type 'empty' (without 'z')"],
    },
    {
      fields: ['attributes.name'],
      change: 'alter type used rename attribute y to z',
      plan: ["alter_composite_type: Alter composite type 'used' (without 'z', with y text)"],
    },
    {
      fields: ['attributes.name', 'attributes.type.typeName'],
      change:
        'drop table t; drop type inside; drop type used; create type used as (y text, x integer); create type inside as (u used); create table t (one used, many used[], deep inside)',
      plan: [
        "rename_composite_type: Rename composite type 'inside' to 'inside__lockstep'",
        "rename_composite_type: Rename composite type 'used' to 'used__lockstep'",
        "create_composite_type: Create composite type 'used' (x integer, y text)",
        "create_composite_type: Create composite type 'inside' (u used)",
        "alter_column: Alter column 't.deep' (to the new inside)",
        "alter_column: Alter column 't.many' (to the new used[])",
        "alter_column: Alter column 't.one' (to the new used)",
        "drop_composite_type: Drop composite type 'inside__lockstep'",
        "drop_composite_type: Drop composite type 'used__lockstep'",
      ],
    },
    {
      fields: ['attributes.type.typeName'],
      change: again('a bigint, b varchar(5), c mood, d text collate near, e integer[]'),
      plan: [
        "rename_composite_type: Rename composite type 'free' to 'free__lockstep'",
        "create_composite_type: Create composite type 'free' (a integer, b varchar(5), c mood, d text, e integer[])",
        "drop_composite_type: Drop composite type 'free__lockstep'",
      ],
    },
    {
      fields: ['attributes.type.modifiers'],
      change: again('a integer, b varchar(6), c mood, d text collate near, e integer[]'),
      plan: [
        "rename_composite_type: Rename composite type 'free' to 'free__lockstep'",
        "create_composite_type: Create composite type 'free' (a integer, b varchar(5), c mood, d text, e integer[])",
        "drop_composite_type: Drop composite type 'free__lockstep'",
      ],
    },
    {
      fields: ['attributes.type.schemaName'],
      change: again('a integer, b varchar(5), c other.mood, d text collate near, e integer[]'),
      plan: [
        "rename_composite_type: Rename composite type 'free' to 'free__lockstep'",
        "create_composite_type: Create composite type 'free' (a integer, b varchar(5), c mood, d text, e integer[])",
        "drop_composite_type: Drop composite type 'free__lockstep'",
      ],
    },
    {
      fields: ['attributes.type.dimensions'],
      change: again('a integer, b varchar(5), c mood, d text collate near, e integer'),
      plan: [
        "rename_composite_type: Rename composite type 'free' to 'free__lockstep'",
        "create_composite_type: Create composite type 'free' (a integer, b varchar(5), c mood, d text, e integer[])",
        "drop_composite_type: Drop composite type 'free__lockstep'",
      ],
    },
    {
      fields: ['attributes.collation.schemaName'],
      change: again('a integer, b varchar(5), c mood, d text collate other.near, e integer[]'),
      plan: [
        "rename_composite_type: Rename composite type 'free' to 'free__lockstep'",
        "create_composite_type: Create composite type 'free' (a integer, b varchar(5), c mood, d text, e integer[])",
        "drop_composite_type: Drop composite type 'free__lockstep'",
      ],
    },
    {
      fields: ['attributes.collation.collationName', 'attributes.collation.schemaName'],
      change: again('a integer, b varchar(5), c mood, d text collate "C", e integer[]'),
      plan: [
        "rename_composite_type: Rename composite type 'free' to 'free__lockstep'",
        "create_composite_type: Create composite type 'free' (a integer, b varchar(5), c mood, d text, e integer[])",
        "drop_composite_type: Drop composite type 'free__lockstep'",
      ],
    },
    {
      fields: ['attributes.collation'],
      change: again('a integer, b varchar(5), c mood, d text, e integer[]'),
      plan: [
        "rename_composite_type: Rename composite type 'free' to 'free__lockstep'",
        "create_composite_type: Create composite type 'free' (a integer, b varchar(5), c mood, d text, e integer[])",
        "drop_composite_type: Drop composite type 'free__lockstep'",
      ],
    },
  ],
}
