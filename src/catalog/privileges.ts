// Which objects would lose grants when they are made again: those that a hook makes lose all, the others only what another role than the owner has granted.
import type { DatabaseClient } from '../client/database-client.js'
import type { Entry } from '../engine/state.js'
import { join, literal, type Sql, sql } from '../sql/sql.js'

const addressesOf = (entries: readonly Entry[]): Sql =>
  sql`array[${join(entries.flatMap(({ addresses }) => addresses.slice(0, 1).map(literal)))}]::text[]`

/** Keys of those entries on which somebody has granted or revoked something that does not come back by itself. */
export async function losingPrivileges(
  client: DatabaseClient,
  byHook: readonly Entry[],
  remade: readonly Entry[],
): Promise<ReadonlySet<string>> {
  const byAddress = new Map(
    [...byHook, ...remade].flatMap((entry) => entry.addresses.slice(0, 1).map((address) => [address, entry.key])),
  )
  if (byAddress.size === 0) return new Set()
  const [result] = await client.script(
    sql`
      select distinct address from (
        select '1259:' || oid || ':0', relacl, relowner from pg_catalog.pg_class where relacl is not null
        union all select '1259:' || attrelid || ':0', attacl, relowner from pg_catalog.pg_attribute join pg_catalog.pg_class on attrelid = pg_class.oid where attacl is not null
        union all select '1247:' || oid || ':0', typacl, typowner from pg_catalog.pg_type where typacl is not null
        union all select '1255:' || oid || ':0', proacl, proowner from pg_catalog.pg_proc where proacl is not null
      ) granted(address, acl, owner)
      where address = any (${addressesOf(byHook)})
        or address = any (${addressesOf(remade)}) and exists (select from pg_catalog.aclexplode(acl) one where one.grantor <> owner)`
      .text,
  )
  return new Set((result?.rows ?? []).flatMap(([address]) => byAddress.get(address ?? '') ?? []))
}
