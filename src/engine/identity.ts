// Who an object is, and the names it occupies.

/** Identifies one object of one kind. `table` is the relation an object belongs to (a column, a constraint, a trigger). */
export interface ObjectId {
  readonly kind: string
  readonly schemaName?: string
  readonly table?: string
  readonly name: string
  readonly arguments?: string
}

/** A name as PostgreSQL keeps it unique. Kinds share spaces: relation, type, routine, constraint (of a table), column (of a table), schema, extension. */
export interface Name {
  readonly space: string
  readonly schemaName?: string
  readonly table?: string
  readonly name: string
  readonly arguments?: string
}

const plain = /^[^"\\\p{Cc}\p{Cs}]*$/u
const part = (text: string | undefined): string =>
  text === undefined ? '' : plain.test(text) ? `"${text}"` : JSON.stringify(text)

/** A string that is equal exactly for equal ids; also the order in which output is sorted, and the ledger's identity. */
export function keyOf(id: ObjectId): string {
  return `${id.kind} ${part(id.schemaName)}.${part(id.table)}.${part(id.name)}${id.arguments === undefined ? '' : `(${id.arguments})`}`
}

export function nameKey(name: Name): string {
  return keyOf({ ...name, kind: name.space })
}

/** A relation as one key. */
export const relationKey = (schemaName = '', name = ''): string => JSON.stringify([schemaName, name])

/** The id as people read it: `users.email`, `auth.users`. */
export function display(id: { readonly schemaName?: string; readonly table?: string; readonly name: string }): string {
  const parts = [id.table, id.name].filter((text): text is string => text !== undefined)
  const schema = id.schemaName !== undefined && id.schemaName !== 'public' ? [id.schemaName] : []
  return [...schema, ...parts].join('.')
}
