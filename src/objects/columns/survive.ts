// What becomes of a column whose type, collation or default is made anew: its values move over.
import type { Name } from '../../engine/identity.js'
import type { PlannedSoFar, Side } from '../../engine/kind.js'
import type { Rebuilt, Survival } from '../../engine/survival.js'
import { sameData } from '../../engine/walk.js'
import { id, type Sql, sql } from '../../sql/sql.js'
import type { TypeName } from '../../sql/types.js'
import { inText, typeSql } from '../../sql/values.js'
import { type Column, configOf, type Through } from './column.js'
import { hasHeirs, standsAlone } from './inherited.js'
import type { AlterColumn, ColumnOperation } from './operation.js'

const of = (column: Column) => ({ schemaName: column.schemaName, tableName: column.table, columnName: column.name })

/** What stands beside its old form, or goes, is the column's type or collation. */
const uses = (column: Column, names: readonly Name[]): 'type' | 'collation' | undefined => {
  const { type, collation } = column
  const is = (space: string, schemaName: string | undefined, name: string) =>
    schemaName !== undefined &&
    names.some((one) => one.space === space && one.schemaName === schemaName && one.name === name)
  if (is('type', type.schemaName, type.typeName)) return 'type'
  return collation && is('collation', collation.schemaName, collation.collationName) ? 'collation' : undefined
}

/** How values of the column move to what its type or collation is made anew as, or away from a type that goes. */
function through(column: Column, desired: Column, { replaced, move }: Rebuilt): Through {
  const array = column.type.dimensions === 1
  const value = id(column.name)
  const plain = move ? move.plain(value, array) : inText(value, array)
  const same =
    replaced !== undefined &&
    column.type.typeName === desired.type.typeName &&
    column.type.schemaName === desired.type.schemaName &&
    column.type.dimensions === desired.type.dimensions
  if (!same && (move || !sameData(column.type, desired.type)))
    return { using: elsewhere(plain, value, column.type, desired.type).text }
  if (!move) return {}
  const by = move.subquery?.(array)
    ? { body: move.convert(sql`v`, desired.type).text }
    : { using: move.convert(value, desired.type).text }
  return {
    ...by,
    ...(move.lacks && desired.using === undefined ? { lacks: move.lacks(value, array).text } : {}),
    ...(move.loses?.length ? { loses: move.loses } : {}),
  }
}

/** Away from the type: to another type of somebody's own, and between a single value and an array, over its text. */
function elsewhere(plain: Sql, value: Sql, from: TypeName, to: TypeName): Sql {
  if (!from.dimensions === !to.dimensions)
    return to.schemaName === undefined ? sql`${plain}::${typeSql(to)}` : sql`${plain}::text::${typeSql(to)}`
  if (from.dimensions) return sql`${plain}::text::${typeSql(to)}`
  return sql`case when ${value} is not null then array[${plain}::text]::${typeSql(to)} end`
}

/** A type made anew: values move over. Anything else that is rebuilt under the column is in its default. */
export function survive(
  column: Column,
  around: Rebuilt,
  side: Side,
  desired: Column,
  plan: PlannedSoFar,
): Survival<ColumnOperation> {
  const how = alone(column, around, desired)
  if (typeof how === 'string') return how
  // What a change of the parent's column brings along is not done again; what reaches the children is done for each.
  const along = how.disturbs && column.inherited && desired.inherited && !standsAlone(column, plan)
  const only = hasHeirs(column, side) ? ({ only: true } as const) : {}
  if (along)
    return { before: [], after: defaultAgain(desired).map((operation) => ({ ...operation, ...only })), disturbs: true }
  const own = (operations: readonly ColumnOperation[]): readonly ColumnOperation[] =>
    operations.map((operation) => ({ ...operation, ...only }))
  return { ...how, before: own(how.before), after: own(how.after) }
}

/** The row that a JSON object describes, or an array of them. */
function populated({ name, type }: Column): Through {
  const row = typeSql({ ...type, dimensions: undefined })
  const one = (value: Sql) => sql`case when ${value} <> 'null' then jsonb_populate_record(null::${row}, ${value}) end`
  if (!type.dimensions) return { using: one(id(name)).text }
  const items = sql`(select array_agg(${one(sql`e.item`)} order by e.n) from jsonb_array_elements(v) with ordinality e(item, n))`
  return { body: sql`case when v is not null then coalesce(${items}, '{}')::${typeSql(type)} end`.text }
}

/** With the type of the parent's column the defaults of its children go. */
export function defaultAgain(desired: Column): readonly AlterColumn[] {
  const { default: fallback, using: _moved, backfill: _filled, ...bare } = configOf(desired)
  if (fallback === undefined) return []
  return [{ type: 'alter_column', ...of(desired), from: bare, to: { ...bare, default: fallback } }]
}

function alone(column: Column, around: Rebuilt, desired: Column): Survival<ColumnOperation> {
  const use = uses(column, around.names)
  if (use && around.desired !== undefined && !around.replaced && !around.remade) return 'untouched'
  if (column.generated && desired.generated) return 'recreate'
  const config = configOf(column)
  const wanted = configOf(desired)
  // It keeps its values: it stops being generated before what it was generated from goes.
  const { generated, ...plain } = config
  const before: readonly ColumnOperation[] = generated
    ? [{ type: 'alter_column', ...of(column), from: config, to: plain }]
    : []
  if (use === 'type' && !around.replaced && !around.move && sameData(column.type, desired.type)) {
    // The row type of what is dropped and made again, or of what another takes the name of: in between the values are kept by the names of their parts.
    const { default: _gone, through: _none, using: _own, ...bare } = plain
    const kept = { ...bare, type: 'jsonb', through: { using: sql`to_jsonb(${id(column.name)})`.text } }
    const to = { ...wanted, through: { ...populated(desired), loses: ['parts'] as const } }
    return {
      before: [...before, { type: 'alter_column', ...of(column), from: plain, to: kept }],
      after: [{ type: 'alter_column', ...of(column), from: { ...bare, type: 'jsonb' }, to }],
      disturbs: true,
    }
  }
  if (use) {
    const fallback = around.move?.fallback
    const same = desired.default && column.default?.expression === desired.default.expression
    const to = {
      ...wanted,
      ...(same && fallback ? { default: fallback(desired.default.expression) } : {}),
      through: use === 'type' ? through(column, desired, around) : {},
    }
    return { before, after: [{ type: 'alter_column', ...of(column), from: plain, to }], disturbs: true }
  }
  if (generated) {
    const after: ColumnOperation = { type: 'alter_column', ...of(column), from: plain, to: wanted }
    return { before, after: sameData(plain, wanted) ? [] : [after] }
  }
  if (column.default && around.id.table === undefined) {
    const { default: _left, ...bare } = config
    return {
      before: [{ type: 'alter_column', ...of(column), from: config, to: bare }],
      after: [{ type: 'alter_column', ...of(column), from: bare, to: wanted }],
    }
  }
  return 'untouched'
}
