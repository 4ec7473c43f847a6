// The sequence behind an identity column is no object of its own: what is said of it, or granted on it, is attached to the column.
import type { ObjectId } from '../engine/identity.js'
import type { Side } from '../engine/kind.js'
import { ownedSequenceName } from '../model/naming.js'
import { qualified, type Sql, sql } from '../sql/sql.js'

interface HasIdentity {
  readonly identity?: { readonly sequence?: { readonly schemaName: string; readonly sequenceName: string } } | null
}

/** The catalog address of the column whose identity counts by the sequence with this oid; null for other sequences. */
export const columnCountedBy = (sequence: Sql): Sql =>
  sql`(select i.refclassid || ':' || i.refobjid || ':' || i.refobjsubid from pg_depend i where i.classid = 1259 and i.objid = ${sequence} and i.objsubid = 0 and i.refclassid = 1259 and i.deptype = 'i')`

/** As SQL addresses it; undefined where the column has no identity on this side. */
export function identitySequence(column: ObjectId, side: Side): Sql | undefined {
  const identity = side.get<HasIdentity>(column)?.identity
  if (!identity) return undefined
  const usual = ownedSequenceName(column.table ?? '', column.name)
  const { schemaName, sequenceName } = identity.sequence ?? { schemaName: column.schemaName, sequenceName: usual }
  return sql`sequence ${qualified(schemaName, sequenceName)}`
}
