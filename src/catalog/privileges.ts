// Which objects have grants of their own: what is dropped and made again would lose them.
import type { DatabaseClient } from '../client/database-client.js'
import type { Entry } from '../engine/state.js'
import { join, literal, sql } from '../sql/sql.js'

/** Keys of those entries on which somebody has granted or revoked something. */
export async function withPrivileges(client: DatabaseClient, entries: readonly Entry[]): Promise<ReadonlySet<string>> {
  const byAddress = new Map(
    entries.flatMap((entry) => entry.addresses.slice(0, 1).map((address) => [address, entry.key])),
  )
  if (byAddress.size === 0) return new Set()
  const addresses = join([...byAddress.keys()].map(literal))
  const [result] = await client.script(
    sql`
      select address from (
        select '1259:' || oid || ':0' as address from pg_catalog.pg_class where relacl is not null
        union all select '1259:' || attrelid || ':' || attnum from pg_catalog.pg_attribute where attacl is not null
        union all select '1247:' || oid || ':0' from pg_catalog.pg_type where typacl is not null
        union all select '1255:' || oid || ':0' from pg_catalog.pg_proc where proacl is not null
      ) granted where address in (${addresses})`.text,
  )
  return new Set((result?.rows ?? []).flatMap(([address]) => byAddress.get(address ?? '') ?? []))
}
