// A foreign key as data and as the clause of ADD CONSTRAINT.
import type { Server } from '../../engine/kind.js'
import type { ForeignKeyAction } from '../../model/model-config.js'
import { id, join, qualified, raw, type Sql, sql } from '../../sql/sql.js'
import { requireVersion } from '../server-version.js'

export interface ForeignKey {
  readonly schemaName: string
  readonly table: string
  readonly name: string
  readonly columns: readonly string[]
  readonly references: { readonly schemaName: string; readonly table: string; readonly columns: readonly string[] }
  readonly onDelete: ForeignKeyAction
  readonly onUpdate: ForeignKeyAction
  /** What a model does not say of these stays as it is. */
  readonly matchFull?: boolean
  readonly deferrable?: boolean
  readonly initiallyDeferred?: boolean
  readonly notValid?: boolean
  readonly notEnforced?: boolean
  /** For SET NULL and SET DEFAULT on delete: only these; empty for all. */
  readonly setColumns?: { readonly columns: readonly string[] }
  /** The last columns are ranges, and the referred ones must cover them. */
  readonly period?: boolean
  readonly renamedFrom?: string
}

/** A foreign key as operations carry it. */
export interface ForeignKeyConstraint {
  readonly name: string
  readonly columns: readonly string[]
  readonly references: ForeignKey['references']
  readonly onDelete: ForeignKeyAction
  readonly onUpdate: ForeignKeyAction
  readonly matchFull?: true
  readonly deferrable?: true
  readonly initiallyDeferred?: true
  readonly notValid?: true
  readonly notEnforced?: true
  readonly setColumns?: readonly string[]
  readonly period?: true
}

export const configOf = (key: ForeignKey): ForeignKeyConstraint => ({
  name: key.name,
  columns: key.columns,
  references: key.references,
  onDelete: key.onDelete,
  onUpdate: key.onUpdate,
  ...(key.matchFull ? { matchFull: true } : {}),
  ...(key.deferrable ? { deferrable: true } : {}),
  ...(key.initiallyDeferred ? { initiallyDeferred: true } : {}),
  ...(key.notValid ? { notValid: true } : {}),
  ...(key.notEnforced ? { notEnforced: true } : {}),
  ...(key.setColumns && key.setColumns.columns.length > 0 ? { setColumns: key.setColumns.columns } : {}),
  ...(key.period ? { period: true } : {}),
})

const list = (columns: readonly string[]): Sql => join(columns.map(id))
const listed = (columns: readonly string[], period: boolean | undefined): Sql =>
  period
    ? join([...columns.slice(0, -1).map(id), ...columns.slice(-1).map((column) => sql`period ${id(column)}`)])
    : list(columns)

/** `constraint "name" foreign key ("a") references "s"."t" ("b") …` */
export function foreignKeyClause(key: ForeignKeyConstraint, server: Server): Sql {
  const said = (what: string) => `${what} of foreign key '${key.name}'`
  if (key.setColumns) requireVersion(server, 15, said('SET NULL and SET DEFAULT of some columns'))
  if (key.period) requireVersion(server, 18, said('PERIOD'))
  if (key.notEnforced) requireVersion(server, 18, said('NOT ENFORCED'))
  const { references: to } = key
  const deleting = key.setColumns ? sql` (${list(key.setColumns)})` : sql``
  const clauses = [
    sql`constraint ${id(key.name)} foreign key (${listed(key.columns, key.period)}) references ${qualified(to.schemaName, to.table)} (${listed(to.columns, key.period)})`,
    ...(key.matchFull ? [sql`match full`] : []),
    ...(key.onDelete === 'no action' ? [] : [sql`on delete ${raw(key.onDelete)}${deleting}`]),
    ...(key.onUpdate === 'no action' ? [] : [sql`on update ${raw(key.onUpdate)}`]),
    ...(key.deferrable ? [sql`deferrable`] : []),
    ...(key.initiallyDeferred ? [sql`initially deferred`] : []),
    ...(key.notEnforced ? [sql`not enforced`] : []),
    ...(key.notValid ? [sql`not valid`] : []),
  ]
  return join(clauses, ' ')
}

/** `deferrable initially deferred enforced`: all that ALTER CONSTRAINT can say of it. */
export function alterableClause(from: ForeignKeyConstraint, to: ForeignKeyConstraint, server: Server): Sql {
  const deferral = to.deferrable
    ? sql`deferrable initially ${to.initiallyDeferred ? sql`deferred` : sql`immediate`}`
    : sql`not deferrable`
  const enforcement = to.notEnforced ? sql`not enforced` : sql`enforced`
  const deferralChanges = from.deferrable !== to.deferrable || from.initiallyDeferred !== to.initiallyDeferred
  const enforcementChanges = from.notEnforced !== to.notEnforced
  if (enforcementChanges) requireVersion(server, 18, `NOT ENFORCED of foreign key '${to.name}'`)
  return join([...(deferralChanges ? [deferral] : []), ...(enforcementChanges ? [enforcement] : [])], ' ')
}
