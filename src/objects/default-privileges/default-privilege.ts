// What a role's new objects give to others: the factory that declares it.
import { UsageError } from '../../errors.js'
import type { FurtherObject } from '../../model/model-config.js'
import { sourceOf } from '../../model/source-line.js'
import { declaredPrivileges, defaultPrivilegeKind, type Grantable, type Privilege } from '../privileges.js'
import { declaredRoles } from '../roles.js'

const objectTypes = {
  tables: 'table',
  sequences: 'sequence',
  functions: 'routine',
  types: 'type',
  schemas: 'schema',
} as const satisfies Record<string, Grantable>

/** A default privilege as a model says it: several may speak of one role, type and grantee. */
export interface GivenDefault {
  readonly name: string
  readonly schemaName?: string
  readonly role: string | undefined
  readonly objectType: Grantable
  readonly to: readonly string[]
  readonly given: readonly string[]
  readonly withGrantOption: boolean
}

export interface DefaultPrivilegeOptions {
  readonly on: keyof typeof objectTypes
  /** A role or several; `public` is everybody. */
  readonly to: string | readonly string[]
  /** Whose new objects. Default: the role that migrates. */
  readonly for?: string
  /** Only in this schema. Default: in all. */
  readonly schema?: string
  /** They may give it to others. Default false. */
  readonly withGrantOption?: boolean
}

/**
 * What objects that a role makes from now on give to others (ALTER DEFAULT PRIVILEGES), for `model.has(…)`. Within a plan it is set before anything is made.
 * @throws UsageError OPTIONS_CONFLICT for an unknown privilege or type of object
 * @example
 * model.has(defaultPrivileges(['select', 'insert'], { on: 'tables', schema: 'app', to: 'app' }))
 * // alter default privileges for role "postgres" in schema "app" grant insert, select on tables to "app"
 * @example
 * model.has(defaultPrivileges([], { on: 'functions', to: 'public' }))
 * // alter default privileges for role "postgres" revoke execute on functions from public
 */
export function defaultPrivileges(
  given: Privilege | readonly Privilege[],
  options: DefaultPrivilegeOptions,
): () => FurtherObject {
  const source = sourceOf(defaultPrivileges)
  const objectType = objectTypes[options.on]
  if (objectType === undefined || (objectType === 'schema' && options.schema !== undefined))
    throw new UsageError(
      'OPTIONS_CONFLICT',
      `There are no default privileges on '${options.on}'${objectType ? ' in a schema' : ''}.`,
      {
        hint: `Write one of ${Object.keys(objectTypes).join(', ')}; schemas lie in no schema.`,
      },
    )
  const object: GivenDefault & { readonly source: unknown } = {
    name: options.on,
    ...(options.schema === undefined ? {} : { schemaName: options.schema }),
    role: options.for,
    objectType,
    to: declaredRoles(options.to, 'default privileges'),
    given: declaredPrivileges(given),
    withGrantOption: options.withGrantOption ?? false,
    source,
  }
  return () => ({ kind: defaultPrivilegeKind, object })
}
