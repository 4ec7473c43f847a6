// The factory of range types: a column type of the model's own, and its multirange type.

import type { CollationReference, Own } from '../../model/column-types.js'
import { ColumnType } from '../../model/column-types.js'
import { sourceOf } from '../../model/source-line.js'
import { collationNameOf, ownCollation, typeNameOf } from '../type-references.js'
import { multirangeName, type RangeType } from './range-type.js'

export interface RangeTypeOptions {
  readonly subtype: ColumnType<unknown>
  /** An operator class of B-tree, `schema.name` outside of the search path. Default: the usual one of the subtype. */
  readonly subtypeOpclass?: string
  readonly collation?: CollationReference
  /** A function that brings ranges that are equal into one form. Default: none. */
  readonly canonical?: string
  /** A function that says how far two values lie apart, for GiST indexes. Default: none. */
  readonly subtypeDiff?: string
  /** Default: PostgreSQL's, `floatmultirange` for `floatrange`, `span_multirange` for `span`. */
  readonly multirangeName?: string
  /** Default: the context's default schema. */
  readonly schema?: string
  readonly comment?: string | null
  readonly renamedFrom?: string
}

/** A range type as a column type. node-postgres yields its values as text, `[1,5)`. */
export class RangeColumnType<T> extends ColumnType<T> {
  constructor(
    own: Own,
    private readonly several: Own,
  ) {
    super(own.name, { own })
  }

  /** The type of several ranges, which PostgreSQL makes along with the range type. */
  multirange(): ColumnType<string> {
    return new ColumnType<string>(this.several.name, { own: this.several })
  }
}

/** `schema.name` or `name`. */
const parts = (text: string): { readonly schemaName?: string; readonly name: string } => {
  const dot = text.indexOf('.')
  return dot < 0 ? { name: text } : { schemaName: text.slice(0, dot), name: text.slice(dot + 1) }
}

/**
 * A range type over values of a subtype.
 * @example
 * const floatrange = rangeType('floatrange', { subtype: doublePrecision(), subtypeDiff: 'float8mi' })
 * class Reading { @Column(floatrange) between!: string }
 * // create type "public"."floatrange" as range (subtype = double precision, subtype_diff = "float8mi")
 */
export function rangeType<T = string>(name: string, options: RangeTypeOptions): RangeColumnType<T> {
  const source = sourceOf(rangeType)
  const { schema, comment, renamedFrom } = options
  const several = options.multirangeName ?? multirangeName(name)
  const routine = (text: string | undefined) => {
    if (text === undefined) return null
    const { name: routineName, schemaName } = parts(text)
    return { routineName, ...(schemaName === undefined ? {} : { schemaName }) }
  }
  const own: Own = {
    kind: 'range-type',
    name,
    ...(schema === undefined ? {} : { schema }),
    source,
    types: [name, several],
    of: [options.subtype, ownCollation(options.collation)],
    declare: (defaultSchema) => {
      const schemaName = schema ?? defaultSchema
      const opclass = options.subtypeOpclass === undefined ? undefined : parts(options.subtypeOpclass)
      const object: RangeType & { readonly source: typeof source } = {
        schemaName,
        name,
        subtype: typeNameOf(options.subtype, defaultSchema),
        subtypeOpclass: opclass
          ? { opclassName: opclass.name, ...(opclass.schemaName ? { schemaName: opclass.schemaName } : {}) }
          : null,
        collation: collationNameOf(options.collation, defaultSchema),
        canonical: routine(options.canonical),
        subtypeDiff: routine(options.subtypeDiff),
        multirange: { schemaName, typeName: several },
        ...(renamedFrom === undefined ? {} : { renamedFrom }),
        source,
      }
      return { kind: 'range-type', object, ...(comment === undefined ? {} : { comment }) }
    },
  }
  return new RangeColumnType<T>(own, { ...own, name: several })
}
