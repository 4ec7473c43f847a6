// What a server's version lacks is a planning error that names the version that has it.
import type { Server } from '../engine/kind.js'
import { PlanError } from '../errors.js'

/**
 * @throws PlanError SERVER_TOO_OLD where the server is older than `major`
 * @example requireVersion(server, 18, "WITHOUT OVERLAPS of primary key 'bookings.bookings_pkey'")
 */
export function requireVersion(server: Server, major: number, what: string): void {
  if (server.version >= major * 10000) return
  throw new PlanError(
    'SERVER_TOO_OLD',
    `${what} needs PostgreSQL ${major}; this server is PostgreSQL ${Math.floor(server.version / 10000)}.`,
    { hint: `Leave it out, or migrate a server of version ${major} or later.` },
  )
}
