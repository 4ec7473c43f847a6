// NOT NULL as a constraint of its own, which it is from PostgreSQL 18 on: its name, NOT VALID, NO INHERIT; and how one becomes another.
import { display } from '../../engine/identity.js'
import type { Server } from '../../engine/kind.js'
import { sameData } from '../../engine/walk.js'
import { makeObjectName } from '../../model/naming.js'
import { id, literal, type Sql, sql } from '../../sql/sql.js'
import { requireVersion } from '../server-version.js'

/** What is not usual about it. */
export interface NotNullConstraint {
  /** null: as PostgreSQL names it, `users_email_not_null`. */
  readonly name: string | null
  /** Rows that were there before may hold NULLs. */
  readonly notValid: boolean
  readonly noInherit: boolean
}

export const usualNotNull: NotNullConstraint = { name: null, notValid: false, noInherit: false }

/** `users_email_not_null` */
export const notNullName = (table: string, column: string): string => makeObjectName(table, column, 'not_null')

/** null where all of it is as usual. */
export function unusualNotNull(table: string, column: string, its: NotNullConstraint): NotNullConstraint | null {
  const read = its.name === notNullName(table, column) ? { ...its, name: null } : its
  return sameData(read, usualNotNull) ? null : read
}

interface OfColumn {
  readonly schemaName: string
  readonly tableName: string
  readonly columnName: string
}
interface Nullness {
  readonly nullable: boolean
  readonly notNullConstraint?: NotNullConstraint
}

const shown = (op: OfColumn): string =>
  `column '${display({ schemaName: op.schemaName, table: op.tableName, name: op.columnName })}'`
const named = ({ name }: NotNullConstraint): Sql => (name === null ? sql`` : sql`constraint ${id(name)} `)

function requireIts(op: OfColumn, { notValid, noInherit }: NotNullConstraint, server: Server): void {
  if (notValid) requireVersion(server, 18, `NOT VALID of NOT NULL of ${shown(op)}`)
  if (noInherit) requireVersion(server, 18, `NO INHERIT of NOT NULL of ${shown(op)}`)
}

/** Within a column's clause; NOT VALID cannot be said there: such a column is made without it. */
export function notNullClause({ nullable, notNullConstraint: its = usualNotNull }: Nullness): readonly Sql[] {
  if (nullable || its.notValid) return []
  return [sql`${named(its)}not null${its.noInherit ? sql` no inherit` : sql``}`]
}

/** What a column's clause cannot say, and what the server cannot do; `table` is what follows ALTER TABLE. */
export function notNullAfterwards(op: OfColumn, config: Nullness, table: Sql, server: Server): readonly Sql[] {
  const its = config.notNullConstraint
  if (config.nullable || !its) return []
  requireIts(op, its, server)
  return its.notValid ? [sql`alter table ${table} ${addition(op, its)}`] : []
}

const addition = (op: OfColumn, its: NotNullConstraint): Sql =>
  sql`add ${named(its)}not null ${id(op.columnName)}${its.noInherit ? sql` no inherit` : sql``}${its.notValid ? sql` not valid` : sql``}`

/** From nullable to NOT NULL. */
export function setNotNull(
  op: OfColumn,
  its: NotNullConstraint | undefined,
  table: Sql,
  server: Server,
): readonly Sql[] {
  if (its) requireIts(op, its, server)
  return its && server.version >= 180000
    ? [sql`alter table ${table} ${addition(op, its)}`]
    : [sql`alter table ${table} alter column ${id(op.columnName)} set not null`]
}

/** From one NOT NULL to another. */
export function changeNotNull(
  op: OfColumn,
  before: Nullness,
  after: Nullness,
  table: Sql,
  server: Server,
): readonly Sql[] {
  const [from, to] = [before.notNullConstraint ?? usualNotNull, after.notNullConstraint ?? usualNotNull]
  if (before.nullable || after.nullable || sameData(from, to)) return []
  requireIts(op, to, server)
  if (server.version < 180000) return []
  if (!from.notValid && to.notValid)
    return [
      sql`alter table ${table} alter column ${id(op.columnName)} drop not null`,
      sql`alter table ${table} ${addition(op, to)}`,
    ]
  const name = to.name ?? notNullName(op.tableName, op.columnName)
  return [
    ...(from.name === to.name ? [] : [renamingAmongHeirs(op, to, renaming(op, from, name, table), table)]),
    ...(from.noInherit === to.noInherit ? [] : [inheriting(op, to, name, table)]),
    ...(from.notValid ? [sql`alter table ${table} alter column ${id(op.columnName)} set not null`] : []),
  ]
}

const renaming = (op: OfColumn, from: NotNullConstraint, name: string, table: Sql): Sql =>
  from.name === null
    ? byItsName(op, sql`alter table ${table} rename constraint `, sql` to ${id(name)}`, name)
    : sql`alter table ${table} rename constraint ${id(from.name)} to ${id(name)}`

/** RENAME CONSTRAINT goes through the tree and stumbles over a child that has its own under another name: it is made again there. */
function renamingAmongHeirs(
  op: OfColumn & { readonly only?: true },
  to: NotNullConstraint,
  rename: Sql,
  table: Sql,
): Sql {
  if (!op.only) return rename
  const again = sql`alter table ${table} alter column ${id(op.columnName)} drop not null; alter table ${table} ${addition(op, to)}`
  return sql`do ${literal(sql`begin if exists (${apart(op, table)}) then ${again}; else execute ${literal(rename.text)}; end if; end`.text)}`
}

function inheriting(op: OfColumn, to: NotNullConstraint, name: string, table: Sql): Sql {
  const words = to.noInherit ? sql` no inherit` : sql` inherit`
  return to.name === null
    ? byItsName(op, sql`alter table ${table} alter constraint `, words)
    : sql`alter table ${table} alter constraint ${id(name)}${words}`
}

/** One that nobody named may have its name from before a rename, or from a parent that it had: the server knows it. */
const byItsName = (op: OfColumn, before: Sql, after: Sql, unless?: string): Sql => {
  const table = sql`${id(op.schemaName)}.${id(op.tableName)}`
  const its = sql`(select pg_catalog.quote_ident(k.conname) from pg_catalog.pg_constraint k join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1] where k.contype = 'n' and k.conrelid = ${literal(table.text)}::pg_catalog.regclass and a.attname = ${literal(op.columnName)}${unless === undefined ? sql`` : sql` and k.conname <> ${literal(unless)}`})`
  return sql`do ${literal(sql`begin execute coalesce(${literal(before.text)} || ${its} || ${literal(after.text)}, 'select'); end`.text)}`
}

/** A row where a child has its own under another name, and the parent's can be let go of, for no primary key holds it. */
const apart = (op: OfColumn, table: Sql): Sql =>
  sql`select from pg_catalog.pg_attribute a join pg_catalog.pg_constraint k on k.conrelid = a.attrelid and k.contype = 'n' and k.conkey[1] = a.attnum join pg_catalog.pg_inherits h on h.inhparent = a.attrelid join pg_catalog.pg_attribute ha on ha.attrelid = h.inhrelid and ha.attname = a.attname join pg_catalog.pg_constraint own on own.conrelid = ha.attrelid and own.contype = 'n' and own.conkey[1] = ha.attnum where a.attrelid = ${literal(table.text)}::pg_catalog.regclass and a.attname = ${literal(op.columnName)} and own.conislocal and own.conname <> k.conname and not exists (select from pg_catalog.pg_index i where i.indrelid = a.attrelid and i.indisprimary and a.attnum = any(i.indkey))`

/**
 * A change of type makes the NOT NULL constraints of the whole tree again, and stumbles over a child that has its own under another name:
 * there the parent's lets go before and comes back after.
 */
export function aroundType(op: OfColumn, from: Nullness, to: Nullness, table: Sql, server: Server) {
  if (server.version < 180000 || from.nullable || to.nullable) return { before: [], after: [] }
  const release = sql`alter table ${table} alter column ${id(op.columnName)} drop not null`
  return {
    before: [sql`do ${literal(sql`begin if exists (${apart(op, table)}) then ${release}; end if; end`.text)}`],
    after: setNotNull(op, from.notNullConstraint, table, server),
  }
}

export function describeNotNull(from: Nullness, to: Nullness): readonly string[] {
  const [was, is] = [from.notNullConstraint ?? usualNotNull, to.notNullConstraint ?? usualNotNull]
  if (to.nullable) return []
  const before = from.nullable ? usualNotNull : was
  return [
    ...(before.name === is.name
      ? []
      : [is.name === null ? 'not null constraint by its usual name' : `not null constraint '${is.name}'`]),
    ...(before.notValid === is.notValid ? [] : [is.notValid ? 'not null not valid' : 'not null validated']),
    ...(before.noInherit === is.noInherit ? [] : [is.noInherit ? 'not null no inherit' : 'not null inherited']),
  ]
}
