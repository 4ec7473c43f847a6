// Clusterings: by which index, or by none.
import type { KindDrifts } from '../drift.js'

export const clusterings: KindDrifts = {
  kind: 'clustering',
  setup: `
    create table free (a integer primary key);
    create table ordered (a integer not null, b integer not null);
    create index ordered_a on ordered (a);
    create index ordered_b on ordered (b);
    alter table ordered cluster on ordered_a;
    create materialized view kept as select a from ordered;
    create index kept_a on kept (a);
    alter materialized view kept cluster on kept_a;`,
  drifts: [
    {
      fields: ['(missing)'],
      change: 'alter materialized view kept set without cluster',
      plan: ["set_cluster_index: Cluster 'kept' by 'kept_a' from the next CLUSTER on"],
    },
    {
      fields: ['(missing)'],
      change: 'alter table ordered set without cluster',
      plan: ["set_cluster_index: Cluster 'ordered' by 'ordered_a' from the next CLUSTER on"],
    },
    {
      fields: ['(undeclared)'],
      change: 'alter table free cluster on free_pkey',
      plan: ["set_cluster_index: Leave 'free' without an index to cluster by"],
    },
    {
      fields: ['name', 'on.name'],
      change: 'alter table ordered cluster on ordered_b',
      plan: ["set_cluster_index: Cluster 'ordered' by 'ordered_a' from the next CLUSTER on"],
    },
  ],
}
