// The operations on views: what they say and their SQL.
import { display } from '../../engine/identity.js'
import type { OperationBase, OperationSpec, Server } from '../../engine/kind.js'
import { differing, sameData } from '../../engine/walk.js'
import { expression } from '../../sql/expression.js'
import { id, join, literal, qualified, raw, type Sql, sql } from '../../sql/sql.js'
import { requireVersion } from '../server-version.js'
import type { ColumnDefault, Flag, View } from './view.js'

/** A view as operations carry it. */
export interface ViewConfig extends Pick<View, 'query' | 'columns' | 'checkOption' | 'defaults'> {
  readonly securityBarrier: string | null
  readonly securityInvoker: string | null
}

interface OfView extends OperationBase {
  readonly schemaName: string
  readonly viewName: string
}
export interface CreateView extends OfView {
  readonly type: 'create_view'
  readonly view: ViewConfig
}
/** CREATE OR REPLACE where the query changes, else ALTER VIEW. */
export interface AlterView extends OfView {
  readonly type: 'alter_view'
  readonly from: ViewConfig
  readonly to: ViewConfig
}
export interface RenameView extends OfView {
  readonly type: 'rename_view'
  readonly newName: string
}
export interface DropView extends OfView {
  readonly type: 'drop_view'
  readonly was: ViewConfig
}
export type ViewOperation = CreateView | AlterView | RenameView | DropView

export const of = ({ schemaName, name }: View) => ({ schemaName, viewName: name })
const flagText = (flag: Flag): string | null => (flag === false || flag === null ? null : String(flag))
export const configOf = ({
  query,
  columns,
  securityBarrier,
  securityInvoker,
  checkOption,
  defaults,
}: View): ViewConfig => ({
  query,
  ...(columns === undefined ? {} : { columns }),
  securityBarrier: flagText(securityBarrier),
  securityInvoker: flagText(securityInvoker),
  checkOption,
  ...(defaults === undefined ? {} : { defaults }),
})
export const compared = ['query', 'columns', 'securityBarrier', 'securityInvoker', 'checkOption', 'defaults'] as const

const nameOf = (op: OfView) => qualified(op.schemaName, op.viewName)
const shown = (op: OfView) => display({ schemaName: op.schemaName, name: op.viewName })

const option = (name: string, value: string | null): readonly (readonly [string, Sql])[] =>
  value === null ? [] : [[name, sql`${raw(name)} = ${literal(value)}`]]

const options = (view: ViewConfig): ReadonlyMap<string, Sql> =>
  new Map([
    ...option('security_barrier', view.securityBarrier),
    ...option('security_invoker', view.securityInvoker),
    ...option('check_option', view.checkOption),
  ])

function createSql(op: OfView, view: ViewConfig, server: Server, replace: Sql): Sql {
  if (view.securityInvoker) requireVersion(server, 15, `securityInvoker of view '${shown(op)}'`)
  const given = options(view)
  return join(
    [
      sql`create${replace} view ${nameOf(op)}`,
      ...(view.columns ? [sql`(${join(view.columns.map(id))})`] : []),
      ...(given.size === 0 ? [] : [sql`with (${join([...given.values()])})`]),
      sql`as ${expression(view.query.expression)}`,
    ],
    ' ',
  )
}

function optionChanges(op: AlterView): readonly Sql[] {
  const [from, to] = [options(op.from), options(op.to)]
  const gone = [...from.keys()].filter((name) => !to.has(name))
  const set = [...to].filter(([name, text]) => from.get(name)?.text !== text.text).map(([, text]) => text)
  return [
    ...(gone.length === 0 ? [] : [sql`alter view ${nameOf(op)} reset (${join(gone.map(raw))})`]),
    ...(set.length === 0 ? [] : [sql`alter view ${nameOf(op)} set (${join(set)})`]),
  ]
}

function defaultChanges(
  op: OfView,
  from: readonly ColumnDefault[] = [],
  to: readonly ColumnDefault[] | undefined = from,
): readonly Sql[] {
  const column = (name: string) => sql`alter view ${nameOf(op)} alter column ${id(name)}`
  return [
    ...from
      .filter((one) => !to.some((other) => other.column === one.column))
      .map((one) => sql`${column(one.column)} drop default`),
    ...to
      .filter((one) => !from.some((other) => sameData(one, other)))
      .map((one) => sql`${column(one.column)} set default ${expression(one.value.expression)}`),
  ]
}

const replaces = ({ from, to }: AlterView): boolean => differing(from, to, ['query', 'columns']).length > 0

export const viewOperations: {
  readonly [T in ViewOperation['type']]: OperationSpec<Extract<ViewOperation, { type: T }>>
} = {
  create_view: {
    describe: (op) => `Create view '${shown(op)}'`,
    sql: (op, server) => [createSql(op, op.view, server, sql``), ...defaultChanges(op, [], op.view.defaults ?? [])],
    inverse: (op) => [
      { type: 'drop_view', schemaName: op.schemaName, viewName: op.viewName, was: op.view } as DropView,
    ],
  },
  alter_view: {
    describe: (op) =>
      `${replaces(op) ? 'Replace' : 'Alter'} view '${shown(op)}' (${differing(op.from, op.to, compared).join(', ')})`,
    sql: (op, server) => {
      if (op.to.securityInvoker) requireVersion(server, 15, `securityInvoker of view '${shown(op)}'`)
      return [
        ...(replaces(op) ? [createSql(op, op.to, server, sql` or replace`)] : optionChanges(op)),
        ...defaultChanges(op, op.from.defaults, op.to.defaults),
      ]
    },
    inverse: (op) => [{ ...op, from: op.to, to: op.from } as AlterView],
  },
  rename_view: {
    describe: (op) => `Rename view '${shown(op)}' to '${op.newName}'`,
    sql: (op) => sql`alter view ${nameOf(op)} rename to ${id(op.newName)}`,
    inverse: (op) => [
      { type: 'rename_view', schemaName: op.schemaName, viewName: op.newName, newName: op.viewName } as RenameView,
    ],
  },
  drop_view: {
    describe: (op) => `Drop view '${shown(op)}'`,
    sql: (op) => sql`drop view ${nameOf(op)}`,
    inverse: (op) => [
      { type: 'create_view', schemaName: op.schemaName, viewName: op.viewName, view: op.was } as CreateView,
    ],
  },
}
