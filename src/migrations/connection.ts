// Can the database be reached? In words, with what to do about it.
import type { DatabaseClient } from '../client/database-client.js'
import { LockstepError } from '../errors.js'

export interface ConnectionReport {
  readonly ok: boolean
  /** Where it leads, without secrets. */
  readonly target: string
  /** For example `PostgreSQL 17.4 answers (12 ms).` or why it does not. */
  readonly message: string
  readonly hint?: string
  /** The server's, where it answers: `server_version_num`. */
  readonly version?: number
  /** Milliseconds. */
  readonly latency?: number
  /** The driver's or server's own word: `ECONNREFUSED`, `28P01`, `3D000`, … */
  readonly reason?: string
}

/** Never throws. */
export async function testConnection(client: DatabaseClient): Promise<ConnectionReport> {
  const target = client.describe()
  try {
    const { version, product } = await client.server()
    const started = performance.now()
    await client.query('select 1')
    const latency = Math.round(performance.now() - started)
    const shown = `${Math.floor(version / 10_000)}.${version % 10_000}`
    return {
      ok: true,
      target,
      version,
      latency,
      message: `${product === 'pglite' ? 'PGlite' : 'PostgreSQL'} ${shown} answers (${latency} ms).`,
    }
  } catch (error) {
    const own = error instanceof LockstepError ? error : undefined
    const reason = own?.details?.reason
    return {
      ok: false,
      target,
      message: error instanceof Error ? error.message : String(error),
      ...(own?.hint ? { hint: own.hint } : {}),
      ...(typeof reason === 'string' ? { reason } : {}),
    }
  }
}
