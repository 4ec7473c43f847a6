// The replica identity of a table, where it is not the usual one: all columns, nothing, or those of an index.

import type { ObjectId } from '../../engine/identity.js'
import { display } from '../../engine/identity.js'
import type { ObjectKind, OperationBase } from '../../engine/kind.js'
import { differing } from '../../engine/walk.js'
import type { TableConfig } from '../../model/model-config.js'
import { id, qualified, type Sql, sql } from '../../sql/sql.js'
import { indexOf } from '../index-reference.js'
import { plainTable, rowIdentity } from '../relations.js'

export interface ReplicaIdentity {
  readonly schemaName: string
  readonly table: string
  /** The table's name, or the index's. */
  readonly name: string
  readonly mode: 'default' | 'full' | 'nothing' | 'index'
  /** The table; or the index, or the constraint that it belongs to. */
  readonly on: ObjectId
}

export interface SetReplicaIdentity extends OperationBase {
  readonly type: 'set_replica_identity'
  readonly schemaName: string
  readonly tableName: string
  readonly mode: ReplicaIdentity['mode']
  readonly indexName?: string
  readonly was: { readonly mode: ReplicaIdentity['mode']; readonly indexName?: string }
}

export interface ReplicaIdentityRow {
  schema_name: string
  table_name: string
  mode: string
  index_address: string | null
  index_name: string | null
  table_address: string
}

const said = ({ mode, name }: ReplicaIdentity) => (mode === 'index' ? { mode, indexName: name } : { mode })
const shown = (op: SetReplicaIdentity): string => display({ schemaName: op.schemaName, name: op.tableName })
const words = ({ mode, indexName }: SetReplicaIdentity['was']): string =>
  mode === 'index' ? `using index ${indexName ?? ''}` : mode
const clause = ({ mode, indexName }: SetReplicaIdentity): Sql => {
  if (mode === 'index') return sql`using index ${id(indexName ?? '')}`
  return mode === 'full' ? sql`full` : mode === 'nothing' ? sql`nothing` : sql`default`
}
const set = (to: ReplicaIdentity, was: SetReplicaIdentity['was']): SetReplicaIdentity => ({
  type: 'set_replica_identity',
  schemaName: to.schemaName,
  tableName: to.table,
  ...said(to),
  was,
})

function declared(table: TableConfig): readonly ReplicaIdentity[] {
  const { replicaIdentity, schemaName, name } = table
  if (replicaIdentity === undefined || !table.managed) return []
  const at = { schemaName, table: name }
  if (typeof replicaIdentity === 'string')
    return [{ ...at, name, mode: replicaIdentity, on: { kind: 'table', schemaName, name } }]
  return [
    {
      ...at,
      name: replicaIdentity.index,
      mode: 'index',
      on: indexOf(table, replicaIdentity.index),
    },
  ]
}

export const replicaIdentities: ObjectKind<ReplicaIdentity, SetReplicaIdentity, ReplicaIdentityRow> = {
  name: 'replica-identity',
  identify: ({ schemaName, table }) => ({ kind: 'replica-identity', schemaName, table, name: 'replica identity' }),
  names: (identity) => (identity.mode === 'index' ? [rowIdentity(identity)] : []),
  alterNames: (desired, current) => ({
    takes: desired.mode === 'index' ? [rowIdentity(desired)] : [],
    leaves: current?.mode === 'index' ? [rowIdentity(current)] : [],
  }),
  diesWith: ({ schemaName, table }) => [{ space: 'relation', schemaName, name: table }],
  declare: (model) => model.tables.flatMap(declared),
  catalog: {
    occurs: (spaces) => sql`exists (select from pg_class where relreplident <> 'd' and relnamespace = any(${spaces}))`,
    query: (_server, schemas) => sql`
      select n.nspname as schema_name, c.relname as table_name, c.relreplident as mode, '1259:' || c.oid || ':0' as table_address,
        (select coalesce((select '2606:' || k.oid || ':0' from pg_constraint k where k.conindid = i.indexrelid and k.conrelid = c.oid and k.contype in ('p', 'u', 'x')), '1259:' || i.indexrelid || ':0')
          from pg_index i where i.indrelid = c.oid and i.indisreplident) as index_address,
        (select ic.relname from pg_index i join pg_class ic on ic.oid = i.indexrelid where i.indrelid = c.oid and i.indisreplident) as index_name, '' as addresses
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relreplident <> 'd' and n.nspname = any(${schemas}) and ${plainTable('c')} order by 1, 2`,
    read: (row, _server, resolve) => {
      const mode = row.mode === 'f' ? 'full' : row.mode === 'i' ? 'index' : 'nothing'
      // An index that is gone leaves nothing; one that comes from the parent is no object of its own.
      const table = resolve(row.table_address)
      const on = row.index_address === null ? table : (resolve(row.index_address) ?? table)
      return (
        on && {
          schemaName: row.schema_name,
          table: row.table_name,
          name: (mode === 'index' ? row.index_name : null) ?? on.name,
          mode: mode === 'index' && row.index_name === null ? 'nothing' : mode,
          on,
        }
      )
    },
  },
  differences: (current, desired) => differing(current, desired, ['mode', 'name', 'on']),
  create: (object) => [set(object, { mode: 'default' })],
  alter: (current, desired) => [set(desired, said(current))],
  drop: (object) => set({ ...object, mode: 'default' }, said(object)),
  letsGo: true,
  survive: () => 'untouched',
  operations: {
    set_replica_identity: {
      describe: (op) => `Set the replica identity of '${shown(op)}' (${words(op)})`,
      sql: (op) => sql`alter table ${qualified(op.schemaName, op.tableName)} replica identity ${clause(op)}`,
      inverse: ({ mode, indexName, was, ...op }) => [
        { ...op, ...was, was: indexName === undefined ? { mode } : { mode, indexName } },
      ],
    },
  },
}
