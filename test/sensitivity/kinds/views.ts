// Views: query, options, defaults of columns.
import type { KindDrifts } from '../drift.js'

const replaced = (name: string, what = 'query') => [`alter_view: Replace view '${name}' (${what})`]
const altered = (name: string, what: string) => [`alter_view: Alter view '${name}' (${what})`]

export const views: KindDrifts = {
  kind: 'view',
  setup: `
    create type mood as enum ('a');
    create schema other; create collation other."POSIX" from "C";
    create table t (a integer, b text, c varchar(5) collate "C", d mood, e numeric(10, 2)[]);
    create view plain as select a, b from t where a > 0;
    create view wide as select * from t;
    create view over_plain as select a from plain;
    create view barred with (security_barrier = on) as select a from t;
    create view checked as select a from t where a > 0 with local check option;
    create view filled as select a, b from t;
    alter view filled alter column b set default 'x';`,
  drifts: [
    { fields: ['(missing)'], change: 'drop view wide', plan: ["create_view: Create view 'wide'"] },
    { fields: ['(undeclared)'], change: 'create view more as select 1 as a', plan: ["drop_view: Drop view 'more'"] },
    {
      fields: ['query.expression'],
      change: 'create or replace view plain as select a, b from t where a > 1',
      plan: replaced('plain'),
    },
    {
      fields: ['query.expression', 'output'],
      change: 'create or replace view over_plain as select a, b from plain',
      plan: ["drop_view: Drop view 'over_plain'", "create_view: Create view 'over_plain'"],
    },
    {
      fields: ['query.expression', 'output.name'],
      change: 'alter view over_plain rename column a to z',
      plan: ["drop_view: Drop view 'over_plain'", "create_view: Create view 'over_plain'"],
    },
    {
      fields: ['query.expression', 'output.type.typeName'],
      change: 'drop view over_plain; create view over_plain as select a::bigint from plain',
      plan: ["drop_view: Drop view 'over_plain'", "create_view: Create view 'over_plain'"],
    },
    {
      fields: ['query.expression', 'output.type.dimensions'],
      change: 'drop view wide; create view wide as select a, b, c, d, e[1]::numeric(10, 2) as e from t',
      plan: ["drop_view: Drop view 'wide'", "create_view: Create view 'wide'"],
    },
    {
      fields: ['query.expression', 'output.type.modifiers'],
      change: 'drop view wide; create view wide as select a, b, c::varchar(4), d, e from t',
      plan: ["drop_view: Drop view 'wide'", "create_view: Create view 'wide'"],
    },
    {
      fields: ['query.expression', 'output.collation.collationName'],
      change: 'drop view wide; create view wide as select a, b, c collate "POSIX" as c, d, e from t',
      plan: ["drop_view: Drop view 'wide'", "create_view: Create view 'wide'"],
    },
    {
      fields: ['query.expression', 'output.collation.collationName', 'output.collation.schemaName'],
      change: 'drop view wide; create view wide as select a, b, c collate other."POSIX" as c, d, e from t',
      plan: ["drop_view: Drop view 'wide'", "create_view: Create view 'wide'"],
    },
    {
      fields: ['query.expression', 'output.collation'],
      change: 'drop view wide; create view wide as select a, b, c collate "default" as c, d, e from t',
      plan: ["drop_view: Drop view 'wide'", "create_view: Create view 'wide'"],
    },
    {
      fields: ['query.expression', 'output.type.schemaName', 'output.type.typeName'],
      change: 'drop view wide; create view wide as select a, b, c, d::text as d, e from t',
      plan: ["drop_view: Drop view 'wide'", "create_view: Create view 'wide'"],
      along: [],
    },
    {
      fields: ['securityBarrier'],
      change: 'alter view plain set (security_barrier = true)',
      plan: altered('plain', 'securityBarrier'),
    },
    {
      fields: ['securityBarrier'],
      change: 'alter view barred reset (security_barrier)',
      plan: altered('barred', 'securityBarrier'),
    },
    {
      fields: ['securityInvoker'],
      change: 'alter view plain set (security_invoker = true)',
      plan: altered('plain', 'securityInvoker'),
      since: 150000,
    },
    {
      fields: ['checkOption'],
      change: 'alter view checked set (check_option = cascaded)',
      plan: altered('checked', 'checkOption'),
    },
    {
      fields: ['checkOption'],
      change: 'alter view plain set (check_option = local)',
      plan: altered('plain', 'checkOption'),
    },
    {
      fields: ['defaults.value.expression'],
      change: "alter view filled alter column b set default 'y'",
      plan: altered('filled', 'defaults'),
    },
    {
      fields: ['defaults.column'],
      change: 'alter view filled alter column b drop default; alter view filled alter column a set default 1',
      plan: altered('filled', 'defaults'),
      along: ['view.defaults.value.expression'],
    },
    {
      fields: ['defaults'],
      change: 'alter view filled alter column b drop default',
      plan: altered('filled', 'defaults'),
    },
    {
      fields: ['defaults'],
      change: 'alter view plain alter column a set default 3',
      plan: altered('plain', 'defaults'),
    },
  ],
}
