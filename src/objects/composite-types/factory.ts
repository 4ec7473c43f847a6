// The factory of composite types: a column type of the model's own.

import type { CollationReference } from '../../model/column-types.js'
import { ColumnType } from '../../model/column-types.js'
import { sourceOf } from '../../model/source-line.js'
import { collationNameOf, ownCollation, typeNameOf } from '../type-references.js'
import type { Attribute, CompositeType } from './composite-type.js'

export interface AttributeOptions {
  readonly type: ColumnType<unknown>
  readonly collation?: CollationReference
  /** The name it had; may stay for ever. */
  readonly renamedFrom?: string
}

export interface CompositeTypeOptions {
  /** Default: the context's default schema. */
  readonly schema?: string
  readonly comment?: string | null
  readonly renamedFrom?: string
}

/**
 * A composite type. Attributes stand in the order in which they are written. node-postgres yields its values as text, `(Main St,12345)`.
 * @example
 * const address = compositeType('address', { street: text(), zip: varchar(10) })
 * class Customer { @Column(address) address!: string }
 * // create type "public"."address" as ("street" text, "zip" varchar(10))
 */
export function compositeType<T = string>(
  name: string,
  attributes: Readonly<Record<string, ColumnType<unknown> | AttributeOptions>>,
  options: CompositeTypeOptions = {},
): ColumnType<T> {
  const source = sourceOf(compositeType)
  const { schema, comment, renamedFrom } = options
  const said = Object.entries(attributes).map(([attribute, one]) => ({
    name: attribute,
    ...(one instanceof ColumnType ? { type: one } : one),
  }))
  return new ColumnType<T>(name, {
    own: {
      kind: 'composite-type',
      name,
      ...(schema === undefined ? {} : { schema }),
      source,
      types: [name],
      of: said.flatMap((one: AttributeOptions) => [one.type, ownCollation(one.collation)]),
      declare: (defaultSchema) => {
        const object: CompositeType & { readonly source: typeof source } = {
          schemaName: schema ?? defaultSchema,
          name,
          attributes: said.map((one: AttributeOptions & { readonly name: string }): Attribute => {
            return {
              name: one.name,
              type: typeNameOf(one.type, defaultSchema),
              collation: collationNameOf(one.collation, defaultSchema),
              ...(one.renamedFrom === undefined ? {} : { renamedFrom: one.renamedFrom }),
            }
          }),
          ...(renamedFrom === undefined ? {} : { renamedFrom }),
          source,
        }
        return { kind: 'composite-type', object, ...(comment === undefined ? {} : { comment }) }
      },
    },
  })
}
