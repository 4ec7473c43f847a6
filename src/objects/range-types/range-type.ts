// A range type as data, as operations carry it, and its statement.

import { join, qualified, type Sql, sql } from '../../sql/sql.js'
import { formatType, type TypeName } from '../../sql/types.js'
import { typeSql } from '../../sql/values.js'
import type { CollationName } from '../type-references.js'

export interface RoutineName {
  readonly schemaName?: string
  readonly routineName: string
}

export interface OperatorClassName {
  readonly schemaName?: string
  readonly opclassName: string
}

export interface RangeType {
  readonly schemaName: string
  readonly name: string
  readonly subtype: TypeName
  /** null: the usual one of the subtype. */
  readonly subtypeOpclass: OperatorClassName | null
  readonly collation: CollationName | null
  readonly canonical: RoutineName | null
  readonly subtypeDiff: RoutineName | null
  /** The type of several ranges, which PostgreSQL makes along with it. */
  readonly multirange: TypeName
  readonly renamedFrom?: string
  /** Made without its contents, so that its canonical function can be. */
  readonly shell?: true
}

/** A range type as operations carry it. */
export interface RangeTypeConfig {
  readonly subtype: string
  readonly subtypeOpclass?: OperatorClassName
  readonly collation?: CollationName
  readonly canonical?: RoutineName
  readonly subtypeDiff?: RoutineName
  readonly multirange: { readonly schemaName: string; readonly name: string }
}

/** The name that PostgreSQL chooses: `floatrange` → `floatmultirange`, `span` → `span_multirange`. */
export function multirangeName(name: string): string {
  const at = name.indexOf('range')
  const [head, tail] = at >= 0 ? [name.slice(0, at), `multi${name.slice(at)}`] : [name, '_multirange']
  // PostgreSQL cuts behind the point of insertion only where it appends.
  return at >= 0 ? clipped(`${head}${tail}`) : `${clipped(name, 63 - tail.length)}${tail}`
}

function clipped(name: string, bytes = 63): string {
  let text = name
  while (Buffer.byteLength(text) > bytes) text = [...text].slice(0, -1).join('')
  return text
}

export const rangeConfigOf = (range: RangeType): RangeTypeConfig => ({
  subtype: formatType(range.subtype),
  ...(range.subtypeOpclass ? { subtypeOpclass: range.subtypeOpclass } : {}),
  ...(range.collation ? { collation: range.collation } : {}),
  ...(range.canonical ? { canonical: range.canonical } : {}),
  ...(range.subtypeDiff ? { subtypeDiff: range.subtypeDiff } : {}),
  multirange: { schemaName: range.multirange.schemaName ?? range.schemaName, name: range.multirange.typeName },
})

export function createSql(schemaName: string, name: string, config: RangeTypeConfig): Sql {
  const parts = [
    sql`subtype = ${typeSql(config.subtype)}`,
    ...(config.subtypeOpclass
      ? [sql`subtype_opclass = ${qualified(config.subtypeOpclass.schemaName, config.subtypeOpclass.opclassName)}`]
      : []),
    ...(config.collation
      ? [sql`collation = ${qualified(config.collation.schemaName, config.collation.collationName)}`]
      : []),
    ...(config.canonical
      ? [sql`canonical = ${qualified(config.canonical.schemaName, config.canonical.routineName)}`]
      : []),
    ...(config.subtypeDiff
      ? [sql`subtype_diff = ${qualified(config.subtypeDiff.schemaName, config.subtypeDiff.routineName)}`]
      : []),
    ...(config.multirange.schemaName === schemaName && config.multirange.name === multirangeName(name)
      ? []
      : [sql`multirange_type_name = ${qualified(config.multirange.schemaName, config.multirange.name)}`]),
  ]
  return sql`create type ${qualified(schemaName, name)} as range (${join(parts)})`
}
