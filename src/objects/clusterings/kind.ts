// The index by which a table or materialized view is clustered. The mark alone is set: nothing is rewritten before somebody runs CLUSTER.

import type { ObjectId } from '../../engine/identity.js'
import { display } from '../../engine/identity.js'
import type { ObjectKind, OperationBase } from '../../engine/kind.js'
import { differing } from '../../engine/walk.js'
import { id, qualified, sql } from '../../sql/sql.js'
import { indexOf } from '../index-reference.js'
import { indexedRelation } from '../relations.js'

export interface Clustering {
  readonly schemaName: string
  readonly table: string
  /** The index's name. */
  readonly name: string
  /** The index, or the constraint that it belongs to. */
  readonly on: ObjectId
}

export interface SetClusterIndex extends OperationBase {
  readonly type: 'set_cluster_index'
  readonly schemaName: string
  readonly tableName: string
  /** null: none. */
  readonly indexName: string | null
  readonly was: string | null
}

export interface ClusteringRow {
  schema_name: string
  table_name: string
  index_address: string
  index_name: string
  table_address: string
}

const set = (object: Clustering, indexName: string | null, was: string | null): SetClusterIndex => ({
  type: 'set_cluster_index',
  schemaName: object.schemaName,
  tableName: object.table,
  indexName,
  was,
})
const shown = (op: SetClusterIndex): string => display({ schemaName: op.schemaName, name: op.tableName })

export const clusterings: ObjectKind<Clustering, SetClusterIndex, ClusteringRow> = {
  name: 'clustering',
  identify: ({ schemaName, table }) => ({ kind: 'clustering', schemaName, table, name: 'clustering' }),
  declare: (model) =>
    model.tables.flatMap((table) =>
      table.clusterOn === undefined || !table.managed
        ? []
        : [
            {
              schemaName: table.schemaName,
              table: table.name,
              name: table.clusterOn,
              on: indexOf(table, table.clusterOn),
            },
          ],
    ),
  catalog: {
    occurs: () => sql`exists (select from pg_index where indisclustered)`,
    query: (_server, schemas) => sql`
      select n.nspname as schema_name, c.relname as table_name, ic.relname as index_name, '1259:' || c.oid || ':0' as table_address, '' as addresses,
        coalesce((select '2606:' || k.oid || ':0' from pg_constraint k where k.conindid = i.indexrelid and k.conrelid = c.oid and k.contype in ('p', 'u', 'x')), '1259:' || i.indexrelid || ':0') as index_address
      from pg_index i join pg_class ic on ic.oid = i.indexrelid join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
      where i.indisclustered and n.nspname = any(${schemas}) and ${indexedRelation('c')} order by 1, 2`,
    read: (row, _server, resolve) => {
      // An index that comes from the parent is no object of its own.
      const on = resolve(row.index_address) ?? resolve(row.table_address)
      return on && { schemaName: row.schema_name, table: row.table_name, name: row.index_name, on }
    },
  },
  differences: (current, desired) => differing(current, desired, ['name', 'on']),
  create: (object) => [set(object, object.name, null)],
  alter: (current, desired) => [set(desired, desired.name, current.name)],
  drop: (object) => set(object, null, object.name),
  letsGo: true,
  survive: () => 'untouched',
  operations: {
    set_cluster_index: {
      describe: (op) =>
        op.indexName === null
          ? `Leave '${shown(op)}' without an index to cluster by`
          : `Cluster '${shown(op)}' by '${op.indexName}' from the next CLUSTER on`,
      sql: (op) =>
        op.indexName === null
          ? sql`alter table ${qualified(op.schemaName, op.tableName)} set without cluster`
          : sql`alter table ${qualified(op.schemaName, op.tableName)} cluster on ${id(op.indexName)}`,
      inverse: ({ indexName, was, ...op }) => [{ ...op, indexName: was, was: indexName }],
    },
  },
}
