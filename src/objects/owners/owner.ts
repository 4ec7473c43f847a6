// The factory that declares an owner.
import type { FurtherObject } from '../../model/model-config.js'
import { sourceOf } from '../../model/source-line.js'
import { type GrantedOn, grantedOn, type Place } from '../granted-on.js'
import { ownerKind } from '../privileges.js'
import { declaredRoles } from '../roles.js'

export interface OwnerOptions {
  /** Default: the table that it is attached to. */
  readonly on?: GrantedOn
}

/**
 * Who owns an object. Where nothing is said about it, owners are not compared: an object belongs to the role that made it.
 * Lockstep makes no roles, and the role that migrates has to be a member of the owner.
 * @throws UsageError NAME_EMPTY, OPTIONS_CONFLICT
 * @example
 * @With(owner('app'))
 * // alter table "public"."users" owner to "app"
 * @example
 * model.has(owner('app', { on: schema('app') }))
 */
export function owner(role: string, options: OwnerOptions = {}): (place: Place) => FurtherObject {
  const source = sourceOf(owner)
  const [name = ''] = declaredRoles(role, 'an owner')
  return (place) => {
    const on = grantedOn(options.on, place)
    const { schemaName } = on
    return {
      kind: ownerKind,
      object: { on, ...(schemaName === undefined ? {} : { schemaName }), name: on.name, owner: name, source },
    }
  }
}
