// A policy as data, and the factory that declares one.
import type { Expression } from '../../engine/kind.js'
import { UsageError } from '../../errors.js'
import { declaredName, declaredQuery } from '../../model/declared-text.js'
import type { FurtherObject } from '../../model/model-config.js'
import { sourceOf } from '../../model/source-line.js'
import type { Sql } from '../../sql/sql.js'
import { declaredRoles } from '../roles.js'

export const policyKind = 'policy'

export type PolicyCommand = 'all' | 'select' | 'insert' | 'update' | 'delete'

export interface Policy {
  readonly schemaName: string
  readonly table: string
  readonly name: string
  readonly command: PolicyCommand
  readonly permissive: boolean
  /** Names of roles, sorted; `public` is everybody. */
  readonly roles: readonly string[]
  /** USING; null: no condition. */
  readonly qual: Expression | null
  readonly withCheck: Expression | null
  readonly renamedFrom?: string
}

export interface PolicyOptions {
  /** The command that it is for. Default `all`. */
  readonly for?: PolicyCommand
  /** Default `permissive`. */
  readonly as?: 'permissive' | 'restrictive'
  /** Names of roles. Default `public`, everybody. Lockstep makes no roles: they have to be there. */
  readonly to?: string | readonly string[]
  /** Which rows may be seen, changed, deleted. Not for `insert`. */
  readonly using?: Sql
  /** Which rows may be written. Default: what `using` says. Not for `select` and `delete`. */
  readonly withCheck?: Sql
  readonly comment?: string | null
  /** The name it had; may stay for ever. */
  readonly renamedFrom?: string
}

/**
 * A row-level security policy of the table that it is attached to, with `@With(…)` or `e.has(…)`. It counts where row security of the table is on.
 * @throws UsageError NOT_AN_EXPRESSION where a condition is no SQL or could leave its statement, NAME_EMPTY, OPTIONS_CONFLICT
 * @example
 * @With(policy('own_rows', { for: 'select', to: 'app', using: sql`owner = current_user` }))
 * // create policy "own_rows" on "public"."documents" for select to "app" using (owner = current_user)
 */
export function policy(
  name: string,
  options: PolicyOptions = {},
): (table: { readonly schemaName: string; readonly table: string }) => FurtherObject {
  const { for: command = 'all', as, to, using, withCheck, comment, renamedFrom } = options
  const source = sourceOf(policy)
  const superfluous =
    command === 'insert' ? using && 'using' : /select|delete/.test(command) && withCheck && 'withCheck'
  if (superfluous)
    throw new UsageError(
      'OPTIONS_CONFLICT',
      `Policy '${name}' is for ${command} and has '${superfluous}', which PostgreSQL does not take.`,
      {
        hint: 'using: rows that are there, for all but insert. withCheck: rows that are written, for insert, update and all.',
      },
    )
  const condition = (given: Sql | undefined, what: string): Expression | null =>
    given === undefined ? null : { expression: declaredQuery(given, `${what} of policy '${name}'`) }
  const object = {
    name: declaredName(name, 'policy'),
    command,
    permissive: as !== 'restrictive',
    roles: declaredRoles(to ?? 'public', `policy '${name}'`),
    qual: condition(using, 'using'),
    withCheck: condition(withCheck, 'withCheck'),
    ...(renamedFrom === undefined ? {} : { renamedFrom }),
    source,
  }
  return ({ schemaName, table }) => ({
    kind: policyKind,
    object: { schemaName, table, ...object },
    ...(comment === undefined ? {} : { comment }),
  })
}
