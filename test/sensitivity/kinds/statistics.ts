// Extended statistics: what they are about, which types, how exact, where.
import type { KindDrifts } from '../drift.js'

const again = (name: string, rest: string): string => `drop statistics ${name}; create statistics ${name} ${rest}`

export const statistics: KindDrifts = {
  kind: 'statistics',
  setup: `
    create schema other;
    create table t (a integer, b integer, c text);
    create statistics plain on a, b from t;
    create statistics other.far on a, c from t;
    create statistics lowered on (lower(c)) from t;
    create statistics typed (mcv, dependencies) on a, b from t;`,
  drifts: [
    {
      fields: ['(missing)'],
      change: 'drop statistics plain',
      plan: ["create_statistics: Create statistics 'plain' on t (a, b)"],
    },
    {
      fields: ['(undeclared)'],
      change: 'create statistics more on b, c from t',
      plan: ["drop_statistics: Drop statistics 'more'"],
    },
    {
      fields: ['types'],
      change: again('typed', '(ndistinct) on a, b from t'),
      plan: [
        "drop_statistics: Drop statistics 'typed'",
        "create_statistics: Create statistics 'typed' on t (a, b; dependencies, mcv)",
      ],
    },
    {
      fields: ['columns'],
      change: again('plain', 'on a, c from t'),
      plan: ["drop_statistics: Drop statistics 'plain'", "create_statistics: Create statistics 'plain' on t (a, b)"],
    },
    {
      fields: ['expressions.expression'],
      change: again('lowered', 'on (upper(c)) from t'),
      plan: [
        "drop_statistics: Drop statistics 'lowered'",
        "create_statistics: Create statistics 'lowered' on t (lower(c))",
      ],
    },
    {
      fields: ['expressions'],
      change: again('plain', 'on a, b, (a + b) from t'),
      plan: ["drop_statistics: Drop statistics 'plain'", "create_statistics: Create statistics 'plain' on t (a, b)"],
    },
    {
      fields: ['target'],
      change: 'alter statistics plain set statistics 700',
      plan: ["set_statistics_target: Set target of statistics 'plain' (700 → default)"],
    },
    {
      fields: ['home'],
      change: 'alter statistics plain set schema other',
      plan: ["move_statistics: Move statistics 'other.plain' to schema 'public'"],
    },
    {
      fields: ['home'],
      change: 'alter statistics other.far set schema public',
      plan: ["move_statistics: Move statistics 'far' to schema 'other'"],
    },
  ],
  never: { 'home.schemaName': 'it is another schema, or the one of the table' },
}
