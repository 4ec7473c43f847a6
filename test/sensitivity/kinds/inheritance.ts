// What ties partitions and children to their parents: there or not, the bound, the order of parents.
import type { KindDrifts } from '../drift.js'

export const inheritance: KindDrifts = {
  kind: 'inheritance',
  setup: `
    create table days (at date not null, v integer) partition by range (at);
    create table days_2020 partition of days for values from ('2020-01-01') to ('2021-01-01');
    create table days_2021 (at date not null, v integer);
    create table days_rest partition of days default;
    create table words (w text) partition by list (w);
    create table words_ab partition of words for values in ('a', 'b');
    create table first (a integer);
    create table second (a integer);
    create table heir () inherits (first, second);
    create table alone (a integer);`,
  drifts: [
    {
      fields: ['(missing)'],
      change: 'alter table days detach partition days_2020',
      plan: [
        "attach_partition: Attach 'days_2020' to 'days' as the partition for values from ('2020-01-01') to ('2021-01-01')",
      ],
      // A NOT NULL constraint keeps the name that it has from the parent.
      along: (version) => ['column.inherited', ...(version >= 180000 ? ['column.notNullConstraint'] : [])],
    },
    {
      fields: ['(undeclared)'],
      change: "alter table days attach partition days_2021 for values from ('2021-01-01') to ('2022-01-01')",
      plan: ["detach_partition: Detach partition 'days_2021' from 'days'"],
      along: ['column.inherited'],
    },
    {
      fields: ['(undeclared)'],
      change: 'alter table alone inherit first',
      plan: ["remove_parent: Let 'alone' no longer inherit from 'first'"],
      along: ['column.inherited'],
    },
    {
      fields: ['bound'],
      change: `alter table days detach partition days_2020;
        alter table days attach partition days_2020 for values from ('2020-01-01') to ('2020-07-01')`,
      plan: [
        "detach_partition: Detach partition 'days_2020' from 'days'",
        "attach_partition: Attach 'days_2020' to 'days' as the partition for values from ('2020-01-01') to ('2021-01-01')",
      ],
    },
    {
      fields: ['bound'],
      change: `alter table words detach partition words_ab; alter table words attach partition words_ab for values in ('a', null)`,
      plan: [
        "detach_partition: Detach partition 'words_ab' from 'words'",
        "attach_partition: Attach 'words_ab' to 'words' as the partition for values in ('a', 'b')",
      ],
    },
    {
      fields: ['after'],
      change: 'alter table heir no inherit first; alter table heir inherit first',
      plan: [
        "remove_parent: Let 'heir' no longer inherit from 'first'",
        "add_parent: Let 'heir' inherit from 'first'",
        "remove_parent: Let 'heir' no longer inherit from 'second'",
        "add_parent: Let 'heir' inherit from 'second'",
      ],
      along: ['column.inherited.from.table'],
    },
  ],
  never: {
    'after.schemaName': 'the parents before it change as a list',
    'after.table': 'the same',
  },
}
