// How a model says on which object a grant is, or whose owner it names.
import type { ObjectId } from '../engine/identity.js'
import { UsageError } from '../errors.js'
import type { FurtherObject } from '../model/model-config.js'

/** An object by its kind and name, or what a factory made: `schema('app')`, `{ kind: 'sequence', name: 'numbers' }`, `view('active', …)`. */
export type GrantedOn =
  | { readonly kind: string; readonly schemaName?: string; readonly name: string; readonly arguments?: string }
  | FurtherObject
  | ((place: { readonly schemaName: string }) => FurtherObject)

/** Where a factory is called: in an entity, or in the model as a whole. */
export type Place = { readonly schemaName: string; readonly table?: string }

/** A schema, as what something is granted on or who owns it. */
export const schema = (name: string): { readonly kind: 'schema'; readonly name: string } => ({ kind: 'schema', name })

/** @throws UsageError OPTIONS_CONFLICT */
export function grantedOn(on: GrantedOn | undefined, place: Place): ObjectId {
  if (on === undefined) {
    if (place.table !== undefined) return { kind: 'table', schemaName: place.schemaName, name: place.table }
    throw new UsageError('OPTIONS_CONFLICT', 'A grant or owner outside of an entity does not say what it is on.', {
      hint: "Name the object: { on: schema('app') } or { on: { kind: 'sequence', name: 'numbers' } }.",
    })
  }
  const made = typeof on === 'function' ? on(place) : on
  const { schemaName, name, arguments: args } = ('object' in made ? made.object : made) as Omit<ObjectId, 'kind'>
  return {
    kind: made.kind,
    ...(made.kind === schema('').kind ? {} : { schemaName: schemaName ?? place.schemaName }),
    name,
    ...(args === undefined ? {} : { arguments: args }),
  }
}
