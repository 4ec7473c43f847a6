// An entity's class, as far as anybody needs it: it is never instantiated.

/** Any class, its constructor's parameters whatever they are. */
export type EntityClass<T = object> = abstract new (...args: never[]) => T

/** An entity, or a function that gives it later: what circular modules need. */
export type EntityReference<T = object> = EntityClass<T> | (() => EntityClass<T>)

/** Classes have a prototype, arrow functions have none. */
const isClass = (value: unknown): value is EntityClass =>
  typeof value === 'function' && typeof value.prototype === 'object' && value.prototype !== null

/** The class behind a reference; undefined where a circular import has not given it yet. */
export function resolveEntity(reference: unknown): EntityClass | undefined {
  if (isClass(reference)) return reference
  const given: unknown = typeof reference === 'function' ? (reference as () => unknown)() : undefined
  return isClass(given) ? given : undefined
}
