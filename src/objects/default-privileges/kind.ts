// Default privileges: per role, schema, type of object and grantee, where they are not what PostgreSQL gives by itself. They change before anything is made.
import type { ObjectKind, OperationBase, OperationSpec, Server } from '../../engine/kind.js'
import { differing } from '../../engine/walk.js'
import { id, join, raw, type Sql, sql } from '../../sql/sql.js'
import {
  allPrivileges,
  type DefaultPrivilege,
  defaultPrivilegeKind,
  type Grantable,
  type Held,
  heldJson,
  nothing,
  readHeld,
  type Transition,
  transitions,
  usual,
} from '../privileges.js'
import { realRoles, roleName, roleSql } from '../roles.js'
import type { GivenDefault } from './default-privilege.js'

interface OfDefault extends OperationBase, Omit<Transition, 'type'> {
  /** Whose new objects. */
  readonly role: string
  readonly objectType: Grantable
  readonly grantee: string
}
export interface GrantDefault extends OfDefault {
  readonly type: 'grant_default_privileges'
}
export interface RevokeDefault extends OfDefault {
  readonly type: 'revoke_default_privileges'
}
export type DefaultPrivilegeOperation = GrantDefault | RevokeDefault

export interface DefaultPrivilegeRow {
  role: string
  schema_name: string | null
  object_type: string
  grantee: string
  held: string
}

const words: Readonly<Record<Grantable, string>> = {
  table: 'tables',
  sequence: 'sequences',
  routine: 'functions',
  type: 'types',
  schema: 'schemas',
}
const letters: Readonly<Record<string, Grantable>> = {
  r: 'table',
  S: 'sequence',
  f: 'routine',
  T: 'type',
  n: 'schema',
}

/** Those of a schema come on top of the others; those of no schema stand instead of what is usual. */
const base = (one: DefaultPrivilege, server: Server): Held =>
  one.schemaName === undefined ? usual(one.objectType, one.grantee, one.grantee === one.role, server) : nothing

function steps(one: DefaultPrivilege, from: Held, to: Held): readonly DefaultPrivilegeOperation[] {
  const { schemaName, role, objectType, grantee } = one
  const at = { ...(schemaName === undefined ? {} : { schemaName }), role, objectType, grantee }
  return transitions(from, to).map(({ type, ...rest }) => ({
    type: type === 'grant' ? 'grant_default_privileges' : 'revoke_default_privileges',
    ...at,
    ...rest,
  }))
}

const place = (op: OfDefault): string =>
  `${words[op.objectType]} of ${op.role}${op.schemaName === undefined ? '' : ` in schema '${op.schemaName}'`}`
const head = (op: OfDefault): Sql =>
  sql`alter default privileges for role ${id(op.role)}${op.schemaName === undefined ? sql`` : sql` in schema ${id(op.schemaName)}`}`
const what = (op: OfDefault): Sql => sql`${join(op.privileges.map(raw))} on ${raw(words[op.objectType])}`

const operations: {
  readonly [T in DefaultPrivilegeOperation['type']]: OperationSpec<Extract<DefaultPrivilegeOperation, { type: T }>>
} = {
  grant_default_privileges: {
    describe: (op) =>
      `Grant ${op.privileges.join(', ')} on future ${place(op)} to ${op.grantee}${op.grantOption ? ' with grant option' : ''}`,
    sql: (op) =>
      sql`${head(op)} grant ${what(op)} to ${roleSql(op.grantee)}${op.grantOption ? sql` with grant option` : sql``}`,
    inverse: (op) => [{ ...op, type: 'revoke_default_privileges' } as RevokeDefault],
  },
  revoke_default_privileges: {
    describe: (op) =>
      `Revoke ${op.only ? 'grant option for ' : ''}${op.privileges.join(', ')} on future ${place(op)} from ${op.grantee}`,
    sql: (op) =>
      sql`${head(op)} revoke ${op.only ? sql`grant option for ` : sql``}${what(op)} from ${roleSql(op.grantee)}`,
    inverse: (op) => [{ ...op, type: 'grant_default_privileges' } as GrantDefault],
  },
}

const sorted = (all: Iterable<string>): readonly string[] => [...new Set(all)].sort()

const identify = ({ schemaName, name, role, grantee }: DefaultPrivilege) => ({
  kind: defaultPrivilegeKind,
  ...(schemaName === undefined ? {} : { schemaName }),
  name,
  arguments: `of ${role} to ${grantee}`,
})

export const defaultPrivileges: ObjectKind<DefaultPrivilege, DefaultPrivilegeOperation, DefaultPrivilegeRow> = {
  name: defaultPrivilegeKind,
  dropsFirst: true,
  identify,
  roles: ({ role, grantee }) => realRoles([role, grantee]),
  diesWith: ({ schemaName }) => (schemaName === undefined ? [] : [{ space: 'schema', name: schemaName }]),
  declare: () => [],
  gathered: (given, server) => {
    const found = new Map<string, DefaultPrivilege>()
    for (const one of given as unknown as readonly (GivenDefault & {
      readonly source?: DefaultPrivilege['source']
    })[]) {
      const { name, schemaName, role = server.user ?? '', objectType, source } = one
      const privileges = one.given.includes('all') ? allPrivileges(objectType, server) : one.given
      for (const grantee of one.to) {
        const at = { name, ...(schemaName === undefined ? {} : { schemaName }), role, objectType, grantee }
        const key = JSON.stringify(identify({ ...at, ...nothing }))
        const known = found.get(key) ?? { ...at, ...nothing }
        found.set(key, {
          ...known,
          privileges: sorted([...known.privileges, ...privileges]),
          grantable: sorted([...known.grantable, ...(one.withGrantOption ? privileges : [])]),
          source,
        })
      }
    }
    return [...found.values()]
  },
  catalog: {
    occurs: () => sql`exists (select from pg_default_acl)`,
    query: (_server, schemas) => sql`
      select ${roleName(sql`d.defaclrole`)} as role, n.nspname as schema_name, d.defaclobjtype as object_type, ${roleName(sql`x.grantee`)} as grantee,
        ${heldJson(sql`x.held`)} as held, 'default:' || d.oid || ':' || x.grantee as addresses
      from pg_default_acl d left join pg_namespace n on n.oid = d.defaclnamespace
      cross join lateral (
        select e.grantee, e.privilege_type, e.is_grantable, true as held from aclexplode(d.defaclacl) e
        union all
        select e.grantee, e.privilege_type, e.is_grantable, false from aclexplode(acldefault((case d.defaclobjtype when 'S' then 's' else d.defaclobjtype end)::"char", d.defaclrole)) e where d.defaclnamespace = 0
      ) x
      where d.defaclobjtype in ('r', 'S', 'f', 'T', 'n') and (d.defaclnamespace = 0 or n.nspname = any(${schemas}))
      group by d.oid, d.defaclrole, n.nspname, d.defaclobjtype, x.grantee
      having ${heldJson(sql`x.held`)} <> ${heldJson(sql`not x.held`)}
      order by 1, 2, 3, 4`,
    read: (row) => {
      const objectType = letters[row.object_type] ?? 'table'
      return {
        ...(row.schema_name === null ? {} : { schemaName: row.schema_name }),
        name: words[objectType],
        role: row.role,
        objectType,
        grantee: row.grantee,
        ...readHeld(row.held),
      }
    },
  },
  differences: (current, desired) => differing(current, desired, ['privileges', 'grantable']),
  create: (one, side) => steps(one, base(one, side.server), one),
  alter: (current, desired) => steps(desired, current, desired),
  drop: (one, side) => steps(one, one, base(one, side.server)),
  operations,
}
