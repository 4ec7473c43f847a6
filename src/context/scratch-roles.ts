// Roles that SQL files name: a PGlite of our own gets them, a server has to have them.
import type { DatabaseClient } from '../client/database-client.js'
import { PlanError } from '../errors.js'
import { id, sql } from '../sql/sql.js'

/** The role that a statement failed for want of. */
const missingRole = (error: unknown): string | undefined => {
  const { code, message } = error as { code?: string; message?: string }
  return code === '42704' ? /^role "(.*)" does not exist$/s.exec(message ?? '')?.[1] : undefined
}

/**
 * Runs a statement that may name roles.
 * @throws PlanError ROLE_MISSING where the server has no such role
 */
export async function withRoles(session: DatabaseClient, text: string, place: string): Promise<void> {
  for (;;) {
    try {
      await session.script(text)
      return
    } catch (error) {
      const role = missingRole(error)
      if (role === undefined) throw error
      if ((await session.server()).product !== 'pglite')
        throw new PlanError('ROLE_MISSING', `${place}: the server has no role '${role}'.`, {
          cause: error,
          hint: 'Lockstep makes no roles, because they belong to the whole server. Create it first (CREATE ROLE), or take it out of the file.',
          details: { roles: [role] },
        })
      await session.script(sql`create role ${id(role)}`.text)
    }
  }
}
