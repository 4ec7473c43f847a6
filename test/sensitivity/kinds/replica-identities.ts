// Replica identities: of which kind, by which index.
import type { KindDrifts } from '../drift.js'

export const replicaIdentities: KindDrifts = {
  kind: 'replica-identity',
  setup: `
    create table usual (a integer primary key);
    create table whole (a integer primary key);
    alter table whole replica identity full;
    create table by_index (a integer not null, b integer not null);
    create unique index by_a on by_index (a);
    create unique index by_b on by_index (b);
    alter table by_index replica identity using index by_a;`,
  drifts: [
    {
      fields: ['(missing)'],
      change: 'alter table whole replica identity default',
      plan: ["set_replica_identity: Set the replica identity of 'whole' (full)"],
    },
    {
      fields: ['(undeclared)'],
      change: 'alter table usual replica identity using index usual_pkey',
      plan: ["set_replica_identity: Set the replica identity of 'usual' (default)"],
    },
    {
      fields: ['mode'],
      change: 'alter table whole replica identity nothing',
      plan: ["set_replica_identity: Set the replica identity of 'whole' (full)"],
    },
    {
      fields: ['name', 'on.name'],
      change: 'alter table by_index replica identity using index by_b',
      plan: ["set_replica_identity: Set the replica identity of 'by_index' (using index by_a)"],
    },
  ],
}
