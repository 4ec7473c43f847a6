// How values of types that are replaced or go become others, noted under the names of these, so that types made of them know.
import { sql } from '../sql/sql.js'
import { inText, typeSql } from '../sql/values.js'
import { nameKey } from './identity.js'
import { type Entry, namesOf } from './state.js'
import type { ValueMove } from './survival.js'

/** Of a type that goes and whose kind says nothing of its values: the row type of a relation. */
export const overText: ValueMove = {
  convert: (value, to) => sql`${inText(value, to.dimensions === 1)}::${typeSql(to)}`,
  plain: inText,
}

/** Asked for at the end, when it is known of all. */
export type Moving = () => ValueMove | undefined

export class Moves {
  readonly #noted = new Map<string, Moving>()

  /** Nothing where the kind does not say how its values move. Without `target` it goes for good. */
  note(existing: Entry, target: Entry | undefined): Moving | undefined {
    const { kind, object } = existing
    const moving: Moving = () =>
      kind.moves?.(object, target?.object, ({ schemaName, typeName }) =>
        this.#noted.get(nameKey({ space: 'type', schemaName, name: typeName }))?.(),
      )
    const noted = kind.moves ? moving : target ? undefined : () => overText
    if (noted) for (const name of namesOf(existing)) this.#noted.set(nameKey(name), noted)
    return kind.moves ? moving : undefined
  }
}
