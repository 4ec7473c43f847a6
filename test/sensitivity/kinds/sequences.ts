// Sequences: each option, and the column that owns one.
import type { KindDrifts } from '../drift.js'

export const sequences: KindDrifts = {
  kind: 'sequence',
  setup: `
    create table t (a integer, b integer);
    create table u (a integer);
    create sequence plain;
    create sequence small as smallint;
    create sequence all_said as integer start 7 increment 2 minvalue 3 maxvalue 99 cache 4 cycle;
    create sequence down increment -1;
    create sequence owned owned by t.a;`,
  drifts: [
    { fields: ['(missing)'], change: 'drop sequence plain', plan: ["create_sequence: Create sequence 'plain'"] },
    { fields: ['(undeclared)'], change: 'create sequence more', plan: ["drop_sequence: Drop sequence 'more'"] },
    {
      fields: ['dataType'],
      change: 'alter sequence plain as integer',
      plan: ["alter_sequence: Alter sequence 'plain' (dataType)"],
    },
    {
      fields: ['dataType'],
      change: 'alter sequence small as bigint',
      plan: ["alter_sequence: Alter sequence 'small' (dataType)"],
    },
    {
      fields: ['unlogged'],
      since: 150_000,
      change: 'alter sequence plain set unlogged',
      plan: ["alter_sequence: Alter sequence 'plain' (unlogged)"],
    },
    {
      fields: ['start'],
      change: 'alter sequence plain start 5',
      plan: ["alter_sequence: Alter sequence 'plain' (start)"],
    },
    {
      fields: ['start'],
      change: 'alter sequence all_said start 3',
      plan: ["alter_sequence: Alter sequence 'all_said' (start)"],
    },
    {
      fields: ['start'],
      change: 'alter sequence down start -5',
      plan: ["alter_sequence: Alter sequence 'down' (start)"],
    },
    {
      fields: ['increment'],
      change: 'alter sequence plain increment 3',
      plan: ["alter_sequence: Alter sequence 'plain' (increment)"],
    },
    {
      fields: ['increment'],
      change: 'alter sequence plain increment -1 no minvalue no maxvalue start -1 restart',
      plan: ["alter_sequence: Alter sequence 'plain' (increment)"],
    },
    {
      fields: ['increment'],
      change: 'alter sequence all_said increment 1',
      plan: ["alter_sequence: Alter sequence 'all_said' (increment)"],
    },
    {
      fields: ['increment'],
      change: 'alter sequence all_said increment -2 start 7',
      plan: ["alter_sequence: Alter sequence 'all_said' (increment)"],
    },
    {
      fields: ['minValue', 'start'],
      change: 'alter sequence plain minvalue -5',
      plan: ["alter_sequence: Alter sequence 'plain' (start, minValue)"],
    },
    {
      fields: ['minValue'],
      change: 'alter sequence all_said no minvalue',
      plan: ["alter_sequence: Alter sequence 'all_said' (minValue)"],
    },
    {
      fields: ['minValue'],
      change: 'alter sequence plain minvalue -5 start -5',
      plan: ["alter_sequence: Alter sequence 'plain' (minValue)"],
    },
    {
      fields: ['minValue'],
      change: 'alter sequence down minvalue -50',
      plan: ["alter_sequence: Alter sequence 'down' (minValue)"],
    },
    {
      fields: ['maxValue'],
      change: 'alter sequence plain maxvalue 50',
      plan: ["alter_sequence: Alter sequence 'plain' (maxValue)"],
    },
    {
      fields: ['maxValue'],
      change: 'alter sequence all_said no maxvalue',
      plan: ["alter_sequence: Alter sequence 'all_said' (maxValue)"],
    },
    {
      fields: ['maxValue'],
      change: 'alter sequence down maxvalue 50 start 50',
      plan: ["alter_sequence: Alter sequence 'down' (maxValue)"],
    },
    {
      fields: ['cache'],
      change: 'alter sequence plain cache 10',
      plan: ["alter_sequence: Alter sequence 'plain' (cache)"],
    },
    {
      fields: ['cache'],
      change: 'alter sequence all_said cache 1',
      plan: ["alter_sequence: Alter sequence 'all_said' (cache)"],
    },
    {
      fields: ['cycle'],
      change: 'alter sequence plain cycle',
      plan: ["alter_sequence: Alter sequence 'plain' (cycle)"],
    },
    {
      fields: ['cycle'],
      change: 'alter sequence all_said no cycle',
      plan: ["alter_sequence: Alter sequence 'all_said' (cycle)"],
    },
    {
      fields: ['ownedBy.column'],
      change: 'alter sequence owned owned by t.b',
      plan: ["alter_sequence: Alter sequence 'owned' (ownedBy)"],
    },
    {
      fields: ['ownedBy.table'],
      change: 'alter sequence owned owned by u.a',
      plan: ["alter_sequence: Alter sequence 'owned' (ownedBy)"],
    },
    {
      fields: ['ownedBy'],
      change: 'alter sequence owned owned by none',
      plan: ["alter_sequence: Alter sequence 'owned' (ownedBy)"],
    },
    {
      fields: ['ownedBy'],
      change: 'alter sequence plain owned by t.b',
      plan: ["alter_sequence: Alter sequence 'plain' (ownedBy)"],
    },
  ],
  never: { 'ownedBy.schemaName': 'A sequence lies in the schema of the table that owns it.' },
}
