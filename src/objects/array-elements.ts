// Arrays whose elements are looked at or changed one by one: subqueries that keep NULLs, dimensions and bounds.

import { join, raw, type Sql, sql } from '../sql/sql.js'
import type { TypeName } from '../sql/types.js'
import { typeSql } from '../sql/values.js'

/** As many dimensions as an array can have. */
const dimensions = [1, 2, 3, 4, 5, 6] as const

/** True where `holds` is true of an element. */
export const anyElement = (array: Sql, holds: (element: Sql) => Sql): Sql =>
  sql`exists (select from (select unnest(${array}) as v) e where ${holds(sql`e.v`)})`

/** The array with every element changed; one with more than one dimension, or other bounds than usual, goes through its text. */
export function eachElement(array: Sql, to: TypeName, change: (element: Sql, to: TypeName) => Sql): Sql {
  const type = typeSql(to)
  const changed = change(sql`e.v`, { ...to, dimensions: undefined })
  const elements = sql`(select v, row_number() over () as n from (select unnest(a.v) as v) u) e`
  const item = sql`coalesce('"' || replace(replace((${changed})::text, '\', '\\'), '"', '\"') || '"', 'NULL')`
  const size = (from: number) =>
    join(
      dimensions.slice(from - 1).map((at) => sql`coalesce(array_length(a.v, ${raw(String(at))}), 1)`),
      ' * ',
    )
  const sizes = sql`(values ${join(dimensions.map((at) => sql`(${raw(String(at))}, ${size(at)})`))}) s(at, size)`
  const braces = (brace: '{' | '}', place: Sql) =>
    sql`repeat(${raw(`'${brace}'`)}, (select count(*) from ${sizes} where s.at <= array_ndims(a.v) and ${place} % s.size = 0)::int)`
  const text = sql`(select string_agg(${braces('{', sql`(e.n - 1)`)} || ${item} || ${braces('}', sql`e.n`)}, ',' order by e.n) from ${elements})`
  const bounds = sql`(select string_agg('[' || array_lower(a.v, i) || ':' || array_upper(a.v, i) || ']', '' order by i) from generate_series(1, array_ndims(a.v)) i)`
  return sql`(select case when a.v is null then null when array_ndims(a.v) is null then '{}'::${type}
      when array_ndims(a.v) = 1 and array_lower(a.v, 1) = 1 then (select array_agg(${changed} order by e.n) from ${elements})::${type}
      else (${bounds} || '=' || ${text})::${type} end from (select ${array} as v) a)`
}
