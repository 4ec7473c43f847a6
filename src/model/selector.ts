// `(user) => [user.tenantId, user.email]` as a list of property names: the function is run once on a stand-in that only remembers what was asked of it.

import { UsageError } from '../errors.js'
import { isSql, type Sql } from '../sql/sql.js'

/** Properties of `T`: one, or several. */
export type SomeOf<T> = (
  entity: { readonly [P in keyof T]-?: Property<T[P]> },
) => Property<unknown> | readonly Property<unknown>[]
/** Keys of an index: properties and SQL expressions. */
export type KeysOf<T> = (
  entity: { readonly [P in keyof T]-?: Property<T[P]> },
) => Property<unknown> | Sql | readonly (Property<unknown> | Sql)[]

declare const property: unique symbol
/** A property inside a selector. */
export interface Property<V> {
  readonly [property]: V
}

class Chosen {
  constructor(readonly property: string) {}
}

const standIn: object = new Proxy(
  {},
  {
    get: (_target, key) => (typeof key === 'string' ? new Chosen(key) : undefined),
  },
)

/** The names, and the SQL parts, that the selector picks, in order. */
export function selected(selector: (entity: never) => unknown): readonly (string | Sql)[] {
  const result = selector(standIn as never)
  return (Array.isArray(result) ? result : [result]).map((one: unknown) => {
    if (one instanceof Chosen) return one.property
    if (isSql(one)) return one
    throw new UsageError(
      'USAGE',
      `A selector must return properties of its argument, but returned ${one === undefined ? 'nothing' : typeof one}.`,
      { hint: 'Write (user) => user.email, or (user) => [user.tenantId, user.email].' },
    )
  })
}

/** Only properties. */
export function selectedProperties(selector: (entity: never) => unknown): readonly string[] {
  return selected(selector).map((one) => {
    if (typeof one === 'string') return one
    throw new UsageError('USAGE', 'This selector takes properties, not SQL.', {
      hint: 'Write (user) => [user.tenantId, user.email].',
    })
  })
}
