// Extended statistics as data, and the factory that declares them.
import type { Expression } from '../../engine/kind.js'
import { UsageError } from '../../errors.js'
import { declaredName, declaredQuery } from '../../model/declared-text.js'
import type { FurtherObject } from '../../model/model-config.js'
import { sourceOf } from '../../model/source-line.js'
import type { Sql } from '../../sql/sql.js'

export const statisticsKind = 'statistics'

export type StatisticsType = 'dependencies' | 'mcv' | 'ndistinct'

/** All of them, as they are sorted. */
export const statisticsTypes: readonly StatisticsType[] = ['dependencies', 'mcv', 'ndistinct']

export interface Statistics {
  /** The schema of the relation. */
  readonly schemaName: string
  readonly table: string
  readonly name: string
  /** The schema that they lie in, where it is not the relation's. */
  readonly home: { readonly schemaName: string } | null
  /** Sorted; none where there is one expression only. */
  readonly types: readonly StatisticsType[]
  /** Column names, sorted. */
  readonly columns: readonly string[]
  readonly expressions: readonly Expression[]
  /** Statistics target; null: the default. */
  readonly target: number | null
  readonly renamedFrom?: string
}

export interface StatisticsOptions {
  /** Names of columns. */
  readonly columns?: readonly string[]
  readonly expressions?: readonly Sql[]
  /** Default: all of `ndistinct`, `dependencies`, `mcv`. One expression alone has none. */
  readonly types?: readonly StatisticsType[]
  /** How exact they are: 0 to 10000. Default: that of the columns. */
  readonly target?: number
  /** The schema that they lie in. Default: the table's. */
  readonly schema?: string
  readonly comment?: string | null
  /** The name they had; may stay for ever. */
  readonly renamedFrom?: string
}

/**
 * Extended statistics of the table that they are attached to, with `@With(…)` or `e.has(…)`: what the planner knows of columns taken together, or of expressions.
 * @throws UsageError OPTIONS_CONFLICT where neither two columns nor an expression are named, NOT_AN_EXPRESSION
 * @example
 * @With(statistics('addresses_places', { columns: ['city', 'zip'], types: ['dependencies'] }))
 * // create statistics "public"."addresses_places" (dependencies) on "city", "zip" from "public"."addresses"
 */
export function statistics(
  name: string,
  options: StatisticsOptions,
): (table: { readonly schemaName: string; readonly table: string }) => FurtherObject {
  const { columns = [], expressions = [], types = statisticsTypes, target, schema, comment, renamedFrom } = options
  const source = sourceOf(statistics)
  const [parts, single] = [columns.length + expressions.length, expressions.length === 1 && columns.length === 0]
  if (parts < 2 && !single)
    throw new UsageError('OPTIONS_CONFLICT', `Statistics '${name}' are about less than two columns.`, {
      hint: "Name two columns, or an expression: { columns: ['city', 'zip'] } or { expressions: [sql`lower(city)`] }.",
    })
  const object = {
    name: declaredName(name, 'statistics object'),
    types: single ? [] : [...new Set(types)].sort(),
    columns: [...new Set(columns)].sort(),
    expressions: expressions.map((one) => ({
      expression: declaredQuery(one, `an expression of statistics '${name}'`),
    })),
    target: target ?? null,
    ...(renamedFrom === undefined ? {} : { renamedFrom }),
    source,
  }
  return ({ schemaName, table }) => ({
    kind: statisticsKind,
    object: {
      schemaName,
      table,
      home: schema === undefined || schema === schemaName ? null : { schemaName: schema },
      ...object,
    },
    ...(comment === undefined ? {} : { comment }),
  })
}
