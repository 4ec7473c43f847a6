// Inherited columns: what a change of the parent's column brings along, and what is left to do on the child's own.
import type { PlannedSoFar, Side } from '../../engine/kind.js'
import { heirsOf, inheritanceId } from '../relations.js'
import { type Column, type ColumnConfig, columnKind, configOf } from './column.js'
import { usualNotNull } from './not-null.js'
import { settingFields } from './settings.js'

/** An inherited column that is not as its parent's. */
export interface ColumnOverride {
  readonly name: string
  readonly from: ColumnConfig
  readonly to: ColumnConfig
}

/** The parents' columns that it is. */
export const parentColumns = ({ inherited, name }: Column, side: Side): readonly Column[] =>
  (inherited?.from ?? []).flatMap((parent) => side.get<Column>({ kind: columnKind, ...parent, name }) ?? [])

/** As PostgreSQL makes it: the parents' type, default, NOT NULL and storage; no identity, statistics target, options. What the table declares itself goes before. */
function asBorn(column: Column, side: Side): Column {
  const [first, ...rest] = parentColumns(column, side)
  if (first === undefined) return column
  if (column.inherited?.local)
    return {
      ...column,
      default: column.default ?? (column.generated || column.identity ? null : first.default),
      storage: column.storage ?? first.storage,
      compression: column.compression ?? first.compression,
    }
  return {
    ...column,
    notNull: [first, ...rest].some((parent) => parent.notNull),
    notNullConstraint: null,
    default: first.default,
    generated: first.generated,
    storage: first.storage,
    compression: first.compression,
    statistics: null,
    options: null,
  }
}

/** As it is made before it is tied to its parents: NOT NULL merges with theirs, under the name that it has already. */
export function beforeTied(column: Column, side: Side): Column {
  const name = parentColumns(column, side).find(({ notNullConstraint: its }) => its)?.notNullConstraint?.name
  if (!column.notNull || column.notNullConstraint || name == null) return column
  return { ...column, notNullConstraint: { ...usualNotNull, name } }
}

/** As CREATE TABLE … INHERITS may say it: before 16 a child says no expression where its parent generates the column. */
export const besideParents = (column: Column, side: Side): Column =>
  side.server.version < 160000 && parentColumns(column, side).some((parent) => parent.generated)
    ? { ...column, generated: null }
    : column

/** What has to be altered after the column has come into being along with its parent's. */
export function overrideOf(column: Column, side: Side): readonly ColumnOverride[] {
  const born = asBorn(column, side)
  const differs = (['notNull', 'notNullConstraint', 'default', 'generated', ...settingFields] as const).some(
    (field) => JSON.stringify(born[field] ?? null) !== JSON.stringify(column[field] ?? null),
  )
  return differs ? [{ name: column.name, from: configOf(born), to: configOf(column) }] : []
}

/** Does the parent's ADD COLUMN bring it along? Only where the table is tied to the parent already. */
export const comesAlong = (column: Column, before: Side | undefined): boolean =>
  (column.inherited?.from ?? []).some(
    (parent) =>
      before?.get(inheritanceId(column, parent)) !== undefined &&
      before.get({ kind: columnKind, ...parent, name: column.name }) === undefined,
  )

/** Its parents are made again: it is altered by itself meanwhile. */
export const standsAlone = ({ inherited }: Column, plan: PlannedSoFar | undefined): boolean =>
  (inherited?.from ?? []).every(
    ({ schemaName, table }) => plan?.madeAgain({ kind: 'table', schemaName, name: table }) ?? false,
  )

/** Of the changed fields those that the change of the parent's column does not bring along. */
export function ownChanges(
  current: Column,
  desired: Column,
  changed: readonly string[],
  side: Side,
  plan: PlannedSoFar | undefined,
): readonly string[] {
  if (!desired.inherited) return changed
  const parents = parentColumns(desired, side)
  const its = current.notNullConstraint
  const merged = !its?.notValid && !its?.noInherit && parents.some((parent) => parent.notNull === true)
  const own = merged ? changed.filter((field) => field !== 'notNullConstraint') : changed
  const { from } = desired.inherited
  const tied =
    plan === undefined || from.some((parent) => plan.before.get(inheritanceId(desired, parent)) !== undefined)
  if (!current.inherited || !tied || standsAlone(current, plan)) return own
  const follows = (field: string): boolean =>
    field === 'type' ||
    field === 'collation' ||
    field === 'generated' ||
    (field === 'notNull' && desired.notNull === true && parents.some((parent) => parent.notNull === true))
  return own.filter((field) => !follows(field))
}

/** ALTER TABLE reaches the children; each of them is looked after by itself. */
export const hasHeirs = (column: Column, side: Side): boolean => side.meant(heirsOf(column)).length > 0

/** Children that are no partitions are tied to its table. */
export const hasPlainHeirs = (column: Column, side: Side | undefined): boolean =>
  (side?.meant(heirsOf(column)) ?? []).some(
    ({ id }) => side?.get<{ readonly bound: string | null }>(id)?.bound === null,
  )

/** The same column of children that stay tied to the table and have it from nowhere else. */
export const onlyHeirs = (column: Column, side: Side, target: Side): readonly Column[] =>
  side.meant(heirsOf(column)).flatMap(({ id: { schemaName = '', table = '', ...tie } }) => {
    const heir = side.get<Column>({ kind: columnKind, schemaName, table, name: column.name })
    const tied = target.get({ ...tie, schemaName, table }) !== undefined
    return heir?.inherited && !heir.inherited.local && tied && parentColumns(heir, target).length === 0 ? [heir] : []
  })

/** It is still wanted there. */
export const stays = ({ schemaName, table, name }: Column, target: Side): boolean =>
  target.get({ kind: columnKind, schemaName, table, name }) !== undefined

/** A child, or a child of one, that has it from here alone is to keep it. */
export const keptBelow = (column: Column, side: Side, target: Side): boolean =>
  onlyHeirs(column, side, target).some((heir) => stays(heir, target) || keptBelow(heir, side, target))
