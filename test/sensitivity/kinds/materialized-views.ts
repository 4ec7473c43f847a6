// Materialized views: query, storage, settings of columns.
import type { KindDrifts } from '../drift.js'

const again = (name: string) => [
  `drop_materialized_view: Drop materialized view '${name}'`,
  `create_materialized_view: Create materialized view '${name}'`,
]
const altered = (name: string, what: string) => [`alter_materialized_view: Alter materialized view '${name}' (${what})`]

export const materializedViews: KindDrifts = {
  kind: 'materialized-view',
  setup: `
    create type mood as enum ('a');
    create table t (a integer, b text, c varchar(5) collate "C", d mood, e numeric(10, 2)[]);
    create materialized view plain as select a, b from t where a > 0;
    create materialized view wide as select * from t;
    create materialized view stored with (fillfactor = 70) as select a, b from t;
    create materialized view set as select a, b from t;
    alter materialized view set alter column b set statistics 20, alter column b set storage external, alter column b set compression pglz;`,
  drifts: [
    {
      fields: ['(missing)'],
      change: 'drop materialized view wide',
      plan: ["create_materialized_view: Create materialized view 'wide'"],
    },
    {
      fields: ['(undeclared)'],
      change: 'create materialized view more as select 1 as a',
      plan: ["drop_materialized_view: Drop materialized view 'more'"],
    },
    {
      fields: ['query.expression'],
      change: 'drop materialized view plain; create materialized view plain as select a, b from t where a > 1',
      plan: again('plain'),
    },
    {
      fields: ['query.expression', 'output.name'],
      change: 'alter materialized view plain rename column a to z',
      plan: again('plain'),
    },
    {
      fields: ['storage.fillfactor'],
      change: 'alter materialized view stored set (fillfactor = 80)',
      plan: altered('stored', 'storage'),
    },
    {
      fields: ['storage.fillfactor'],
      change: 'alter materialized view stored reset (fillfactor)',
      plan: altered('stored', 'storage'),
    },
    {
      fields: ['storage.autovacuum_enabled'],
      change: 'alter materialized view stored set (autovacuum_enabled = off)',
      plan: altered('stored', 'storage'),
    },
    {
      fields: ['columnSettings.statistics'],
      change: 'alter materialized view set alter column b set statistics 30',
      plan: altered('set', 'columnSettings'),
    },
    {
      fields: ['columnSettings.storage'],
      change: 'alter materialized view set alter column b set storage main',
      plan: altered('set', 'columnSettings'),
    },
    {
      fields: ['columnSettings.compression'],
      change: 'alter materialized view set alter column b set compression default',
      plan: altered('set', 'columnSettings'),
    },
    {
      fields: ['columnSettings'],
      change: 'alter materialized view plain alter column a set statistics 5',
      plan: altered('plain', 'columnSettings'),
    },
    {
      fields: ['columnSettings.column'],
      change:
        'drop materialized view set; create materialized view set as select a, b from t; alter materialized view set alter column a set statistics 20',
      plan: altered('set', 'columnSettings'),
      along: ['materialized-view.columnSettings.compression', 'materialized-view.columnSettings.storage'],
    },
  ],
  never: {
    populated: 'Whether it is filled is state: it is kept, never compared.',
    tablespace: 'Tablespaces belong to the server; a test makes none.',
    accessMethod: 'PostgreSQL brings one access method for tables.',
    'output.type.typeName': 'It follows from the query, and is proven for views.',
    'output.type.schemaName': 'The same.',
    'output.type.modifiers': 'The same.',
    'output.type.dimensions': 'The same.',
    'output.collation': 'The same.',
    'output.collation.collationName': 'The same.',
    'output.collation.schemaName': 'The same.',
  },
}
