// What somebody may do with an object, as data, and the factory that declares it.
import type { ObjectId } from '../../engine/identity.js'
import type { FurtherObject, SourceOf } from '../../model/model-config.js'
import { sourceOf } from '../../model/source-line.js'
import { type GrantedOn, grantedOn, type Place } from '../granted-on.js'
import { declaredPrivileges, type Grantable, type Held, type Privilege } from '../privileges.js'
import { declaredRoles } from '../roles.js'

export const grantKind = 'grant'

export interface ColumnHeld extends Held {
  readonly column: string
}

/** All that a grantee may do with an object, where that is not what PostgreSQL gives by itself. */
export interface Grant extends Held {
  readonly on: ObjectId
  readonly schemaName?: string
  readonly table?: string
  readonly name: string
  readonly objectType: Grantable
  /** A role, or `public`: everybody. */
  readonly grantee: string
  /** Current side only: the grantee owns the object. */
  readonly ofOwner?: boolean
  /** What it may do with single columns; null where there is nothing. */
  readonly parts: {
    readonly schemaName: string
    readonly table: string
    readonly columns: readonly ColumnHeld[]
  } | null
  readonly source?: SourceOf
}

/** A grant as a model says it: several may speak of one object and grantee. */
export interface GivenGrant {
  readonly on: ObjectId
  readonly name: string
  readonly to: readonly string[]
  readonly given: readonly string[]
  readonly withGrantOption: boolean
  readonly columns?: readonly string[]
}

export interface GrantOptions {
  /** A role or several; `public` is everybody. Lockstep makes no roles: they have to be there. */
  readonly to: string | readonly string[]
  /** Default: the table that it is attached to. */
  readonly on?: GrantedOn
  /** Only these columns of the relation, by name; for select, insert, update and references. */
  readonly columns?: readonly string[]
  /** They may give it to others. Default false. */
  readonly withGrantOption?: boolean
}

/**
 * What roles may do with an object. All grants of one object and role add up to exactly what the role may do with it; with an empty list it may do nothing,
 * which takes away what PostgreSQL gives to everybody (EXECUTE of functions, USAGE of types). Roles that the model does not name are left alone.
 * @throws UsageError OPTIONS_CONFLICT for an unknown privilege, or where there is nothing that it could be on
 * @example
 * @With(grant(['select', 'insert'], { to: 'app' }), grant('update', { to: 'app', columns: ['email'] }))
 * // grant insert, select on table "public"."users" to "app"
 * // grant update ("email") on table "public"."users" to "app"
 * @example
 * model.has(grant('usage', { on: schema('app'), to: 'app' }), grant([], { on: { kind: 'function', name: 'f', arguments: 'integer' }, to: 'public' }))
 */
export function grant(given: Privilege | readonly Privilege[], options: GrantOptions): (place: Place) => FurtherObject {
  const source = sourceOf(grant)
  const list = declaredPrivileges(given)
  const to = declaredRoles(options.to, 'a grant')
  return (place) => {
    const on = grantedOn(options.on, place)
    const object: GivenGrant & { readonly source: unknown } = {
      on,
      ...(on.schemaName === undefined ? {} : { schemaName: on.schemaName }),
      name: on.name,
      to,
      given: list,
      withGrantOption: options.withGrantOption ?? false,
      ...(options.columns === undefined ? {} : { columns: [...options.columns] }),
      source,
    }
    return { kind: grantKind, object }
  }
}
