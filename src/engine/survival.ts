// What happens to an object when another one that it stands on is altered, made again or dropped.
import type { Sql } from '../sql/sql.js'
import type { TypeName } from '../sql/types.js'
import type { Name, ObjectId } from './identity.js'

/** What happens to an object that depends on one that is altered, rebuilt or dropped. `disturbs`: its own dependents have to make way too. */
export type Survival<Op> =
  | 'untouched'
  | 'recreate'
  | { readonly before: readonly Op[]; readonly after: readonly Op[]; readonly disturbs?: true }

export interface Rebuilt {
  readonly id: ObjectId
  /** Those that it occupies before the change. */
  readonly names: readonly Name[]
  readonly current: unknown
  /** undefined: it is dropped for good. */
  readonly desired: unknown
  /** It is dropped and made again: PostgreSQL takes along what stands on it. */
  readonly remade?: true
  /** A new one stands beside it under its names: what uses the old one moves over. */
  readonly replaced?: true
  /** It is dropped, and another comes that calls of it could be taken for while both are there. */
  readonly overloaded?: true
  /** How values of it move, where it is a type that is replaced or dropped. */
  readonly move?: ValueMove
}

/** How values of a type that is replaced or dropped become others. `array`: the value is an array of them. */
export interface ValueMove {
  /** As a value of the new type of the same name, or an array of it. */
  convert(value: Sql, to: TypeName): Sql
  /** `convert` holds a subquery, which not every place takes. */
  subquery?(array: boolean): boolean
  /** In terms of types that stay, so that anything may be made of it. */
  plain(value: Sql, array: boolean): Sql
  /** True where the value holds something that the new type does not have. */
  lacks?(value: Sql, array: boolean): Sql
  /** A default of the old type as one of the new. */
  fallback?(expression: string): string
  /** The new type has no place for `parts` of a value, or may hold one less exactly (`digits`). */
  readonly loses?: readonly ('parts' | 'digits')[]
}
