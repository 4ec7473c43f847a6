// The types of decorators in both proposals: what they may stand on, and what the compiler says where a property and its column do not go together.
import type { Sql } from '../sql/sql.js'
import type { IndexKey } from './constraint-options.js'
import type { ColumnOptions } from './draft.js'
import type { EntityClass } from './entity-class.js'

/** Shown by the compiler where a property and its column do not go together; the first argument says why. */
export interface Mismatch<Why extends string, Column = unknown, Property = unknown> {
  readonly __lockstep: Why
  readonly column: Column
  readonly property: Property
}

export type Nullable<O> = O extends { readonly nullable: true } ? true : false
/** The parts of a function's type that the sketch of both proposals needs. */
// biome-ignore lint/suspicious/noExplicitAny: contexts of any class and of any value
type Any = any
export type FieldContext<V> = ClassFieldDecoratorContext<Any, V> | ClassAccessorDecoratorContext<Any, V>

/** Options that do not exist are a mistake, although `O` is inferred. */
export type NothingElse<O> = { readonly [P in Exclude<keyof O, keyof ColumnOptions>]: never }

/** What the database yields must be assignable to the property, and NULL must be admitted by both or by neither. */
type Fits<T, N extends boolean, V> = unknown extends V // any and unknown take everything
  ? unknown
  : null extends string // strictNullChecks is off: null cannot be told
    ? [T] extends [V]
      ? unknown
      : Mismatch<'the column type does not fit the type of the property', T, V>
    : [T] extends [NonNullable<V>]
      ? N extends true
        ? null extends V
          ? unknown
          : undefined extends V
            ? unknown
            : Mismatch<'the column is nullable: write `| null` in the type of the property', T, V>
        : null extends V
          ? Mismatch<'the property admits null: add { nullable: true }', T, V>
          : unknown
      : Mismatch<'the column type does not fit the type of the property', T, V>
type Place<T, N extends boolean, C, K> =
  K extends ClassFieldDecoratorContext<Any, infer V>
    ? Fits<T, N, V>
    : K extends ClassAccessorDecoratorContext<Any, infer V>
      ? Fits<T, N, V>
      : K extends keyof C
        ? Fits<T, N, C[K]>
        : unknown // a private property: its type cannot be seen from outside

/** A decorator of a property in both proposals: `(prototype, key)` and `(undefined, context)`. */
export type FieldDecorator<T, N extends boolean> = <C, K extends string | symbol | FieldContext<Any>>(
  target: C,
  key: K & Place<T, N, C, K>,
  descriptor?: unknown,
) => void

/** Without a column type: only where the compiler emits `design:type`, which the standard proposal never does. */
export type InferredDecorator = (target: object, key: string | symbol) => void

/** A decorator of a property that does not look at its type. */
export type PropertyDecoratorOfBoth = (
  target: unknown,
  key: string | symbol | FieldContext<Any>,
  descriptor?: unknown,
) => void

/** A decorator of a class that has the properties `K`. */
export type ClassDecoratorFor<K extends string> = <C extends EntityClass<HasAll<K>>>(
  target: C,
  context?: ClassDecoratorContext<C>,
) => void
/** The property that a key of an index names. */
export type PropertyOf<E> = E extends string ? E : E extends { readonly property: infer P extends string } ? P : never
export type KnownKey<E, Key = IndexKey> = E extends string | Sql
  ? unknown
  : { readonly [P in Exclude<keyof E, keyof Key>]: never }
type HasAll<K extends string> = string extends K ? object : { readonly [P in K]: unknown }
