// Roles as objects name them. Lockstep makes none; `public` stands for everybody.
import { UsageError } from '../errors.js'
import { id, literal, type Sql, sql } from '../sql/sql.js'

export const everybody = 'public'

/** A role as GRANT and CREATE POLICY take it. */
export const roleSql = (role: string): Sql => (role === everybody ? sql`public` : id(role))

/** The name of a role by its oid, a SQL expression; 0 is everybody. A role that is gone is its number. */
export const roleName = (oid: Sql): Sql =>
  sql`case when ${oid} = 0 then ${literal(everybody)} else coalesce((select r.rolname::text from pg_roles r where r.oid = ${oid}), (${oid})::text) end`

/** Those of a list that have to exist. */
export const realRoles = (roles: readonly string[]): readonly string[] => roles.filter((role) => role !== everybody)

/** Names as a factory was given them: sorted, each once. @throws UsageError NAME_EMPTY */
export function declaredRoles(given: string | readonly string[], what: string): readonly string[] {
  const roles = typeof given === 'string' ? [given] : given
  const wrong = !Array.isArray(roles) || roles.length === 0 || roles.some((role) => typeof role !== 'string' || !role)
  if (!wrong) return [...new Set(roles)].sort()
  throw new UsageError('NAME_EMPTY', `A role of ${what} has no name.`, {
    hint: "Name the roles: { to: 'app' } or { to: ['app', 'reporting'] }; 'public' is everybody.",
  })
}
