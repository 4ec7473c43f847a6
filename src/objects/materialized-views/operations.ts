// The operations on materialized views: what they say, their SQL, their risks.
import { display } from '../../engine/identity.js'
import type { OperationBase, OperationSpec, Server } from '../../engine/kind.js'
import { differing, sameData } from '../../engine/walk.js'
import { expression } from '../../sql/expression.js'
import { id, join, qualified, raw, type Sql, sql } from '../../sql/sql.js'
import { requireVersion } from '../server-version.js'
import { hasStorage, storageChanges, storageList } from '../storage-parameters.js'
import { type ColumnSettings, type MaterializedView, materializedViewKind } from './materialized-view.js'

/** A materialized view as operations carry it. */
export type MaterializedViewConfig = Omit<MaterializedView, 'schemaName' | 'name' | 'output' | 'renamedFrom'>

interface OfMaterializedView extends OperationBase {
  readonly schemaName: string
  readonly materializedViewName: string
}
export interface CreateMaterializedView extends OfMaterializedView {
  readonly type: 'create_materialized_view'
  readonly materializedView: MaterializedViewConfig
}
export interface AlterMaterializedView extends OfMaterializedView {
  readonly type: 'alter_materialized_view'
  readonly from: MaterializedViewConfig
  readonly to: MaterializedViewConfig
}
export interface RenameMaterializedView extends OfMaterializedView {
  readonly type: 'rename_materialized_view'
  readonly newName: string
}
export interface DropMaterializedView extends OfMaterializedView {
  readonly type: 'drop_materialized_view'
  readonly was: MaterializedViewConfig
}
export type MaterializedViewOperation =
  | CreateMaterializedView
  | AlterMaterializedView
  | RenameMaterializedView
  | DropMaterializedView

export const of = ({ schemaName, name }: MaterializedView) => ({ schemaName, materializedViewName: name })
export const configOf = ({
  schemaName: _schema,
  name: _name,
  output: _output,
  renamedFrom: _from,
  ...config
}: MaterializedView): MaterializedViewConfig => {
  const { source: _source, ...plain } = config as MaterializedViewConfig & { readonly source?: unknown }
  return plain
}
export const compared = ['query', 'columns', 'storage', 'tablespace', 'accessMethod', 'columnSettings'] as const

const nameOf = (op: OfMaterializedView) => qualified(op.schemaName, op.materializedViewName)
const shown = (op: OfMaterializedView) => display({ schemaName: op.schemaName, name: op.materializedViewName })

function settingChanges(
  op: OfMaterializedView,
  from: readonly ColumnSettings[] = [],
  to: readonly ColumnSettings[] = [],
  server: Server,
): readonly Sql[] {
  const none = (column: string): ColumnSettings => ({ column, statistics: null, storage: null, compression: null })
  const columns = [...new Set([...from, ...to].map(({ column }) => column))]
  return columns.flatMap((column) => {
    const find = (list: readonly ColumnSettings[]) => list.find((one) => one.column === column) ?? none(column)
    const [old, next] = [find(from), find(to)]
    const set = (text: Sql) => sql`alter materialized view ${nameOf(op)} alter column ${id(column)} set ${text}`
    return [
      ...(old.statistics === next.statistics ? [] : [set(sql`statistics ${raw(String(next.statistics ?? -1))}`)]),
      ...(old.storage === next.storage ? [] : [set(sql`storage ${storageWord(next.storage, server)}`)]),
      ...(old.compression === next.compression
        ? []
        : [set(sql`compression ${next.compression === null ? sql`default` : id(next.compression)}`)]),
    ]
  })
}

const words = new Set(['plain', 'external', 'extended', 'main'])

/** The word DEFAULT came with 16; before it a setting can only be replaced by another. */
function storageWord(storage: string | null, server: Server): Sql {
  if (storage !== null && words.has(storage)) return raw(storage)
  return server.version >= 160000 ? sql`default` : sql`extended`
}

function createSql(op: OfMaterializedView, view: MaterializedViewConfig, server: Server): readonly Sql[] {
  const create = join(
    [
      sql`create materialized view ${nameOf(op)}`,
      ...(view.columns ? [sql`(${join(view.columns.map(id))})`] : []),
      ...(view.accessMethod ? [sql`using ${id(view.accessMethod)}`] : []),
      ...(hasStorage(view.storage) ? [sql`with ${storageList(view.storage)}`] : []),
      ...(view.tablespace ? [sql`tablespace ${id(view.tablespace)}`] : []),
      sql`as ${expression(view.query.expression)}`,
      ...(view.populated ? [] : [sql`with no data`]),
    ],
    ' ',
  )
  return [create, ...settingChanges(op, [], view.columnSettings, server)]
}

function alterSql(op: AlterMaterializedView, server: Server): readonly Sql[] {
  const alter = (text: Sql) => sql`alter materialized view ${nameOf(op)} ${text}`
  const { from, to } = op
  const changed = new Set<string>(differing(from, to, compared))
  if (changed.has('accessMethod')) requireVersion(server, 15, `Another access method of '${shown(op)}'`)
  return [
    ...(changed.has('accessMethod') ? [alter(sql`set access method ${id(to.accessMethod ?? 'heap')}`)] : []),
    ...(changed.has('tablespace') ? [alter(sql`set tablespace ${id(to.tablespace ?? 'pg_default')}`)] : []),
    ...(changed.has('storage') ? storageChanges(from.storage, to.storage).map(alter) : []),
    ...(changed.has('columnSettings') ? settingChanges(op, from.columnSettings, to.columnSettings, server) : []),
  ]
}

export const materializedViewOperations: {
  readonly [T in MaterializedViewOperation['type']]: OperationSpec<Extract<MaterializedViewOperation, { type: T }>>
} = {
  create_materialized_view: {
    describe: (op) =>
      `Create materialized view '${shown(op)}'${op.materializedView.populated ? '' : ' (with no data)'}`,
    sql: (op, server) => createSql(op, op.materializedView, server),
    risks: (op, facts) =>
      !op.materializedView.populated ||
      facts.madeHere({ kind: materializedViewKind, schemaName: op.schemaName, name: op.materializedViewName })
        ? []
        : [
            {
              level: 'blocking',
              code: 'RECOMPUTES_MATERIALIZED_VIEW',
              reason: `'${shown(op)}' is made again and computed anew; who reads it waits.`,
            },
          ],
    inverse: (op) => [
      {
        type: 'drop_materialized_view',
        schemaName: op.schemaName,
        materializedViewName: op.materializedViewName,
        was: op.materializedView,
      } as DropMaterializedView,
    ],
  },
  alter_materialized_view: {
    describe: (op) => `Alter materialized view '${shown(op)}' (${differing(op.from, op.to, compared).join(', ')})`,
    sql: alterSql,
    risks: (op) =>
      sameData(
        [op.from.tablespace ?? null, op.from.accessMethod ?? null],
        [op.to.tablespace ?? null, op.to.accessMethod ?? null],
      )
        ? []
        : [
            {
              level: 'blocking',
              code: 'REWRITES_TABLE',
              reason: `Materialized view '${shown(op)}' is rewritten; who reads it waits.`,
            },
          ],
    inverse: (op) => [{ ...op, from: op.to, to: op.from } as AlterMaterializedView],
  },
  rename_materialized_view: {
    describe: (op) => `Rename materialized view '${shown(op)}' to '${op.newName}'`,
    sql: (op) => sql`alter materialized view ${nameOf(op)} rename to ${id(op.newName)}`,
    inverse: (op) => [
      { ...op, materializedViewName: op.newName, newName: op.materializedViewName } as RenameMaterializedView,
    ],
  },
  drop_materialized_view: {
    describe: (op) => `Drop materialized view '${shown(op)}'`,
    sql: (op) => sql`drop materialized view ${nameOf(op)}`,
    inverse: (op) => [
      {
        type: 'create_materialized_view',
        schemaName: op.schemaName,
        materializedViewName: op.materializedViewName,
        materializedView: op.was,
      } as CreateMaterializedView,
    ],
  },
}
