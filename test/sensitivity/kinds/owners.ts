// Owners, which are compared only on demand.
import type { KindDrifts } from '../drift.js'

export const owners: KindDrifts = {
  kind: 'owner',
  optional: true,
  roles: ['lockstep_drift_owner'],
  setup: `
    create schema s;
    create table t (a integer);
    create view v as select a from t;
    create sequence q;
    create type mood as enum ('x');
    create domain d as integer;`,
  drifts: [
    ['schema s', "schema 's'"],
    ['table t', "table 't'"],
    ['view v', "view 'v'"],
    ['sequence q', "sequence 'q'"],
    ['type mood', "enum 'mood'"],
    ['domain d', "domain 'd'"],
  ].map(([object, shown]) => ({
    fields: ['owner'],
    change: `alter ${object} owner to lockstep_drift_owner`,
    plan: [`set_owner: Set owner of ${shown} to {me}`],
  })),
  never: {
    '(missing)': 'every object has an owner',
    '(undeclared)': 'every object has an owner',
  },
}
