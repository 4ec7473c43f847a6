// Row-level security policies. Roles and conditions are altered in place; a policy with another command or sense, or without a condition it had, is made again.
import type { ObjectKind } from '../../engine/kind.js'
import { differing } from '../../engine/walk.js'
import { id, qualified, sql } from '../../sql/sql.js'
import { plainTable } from '../relations.js'
import { realRoles, roleName } from '../roles.js'
import { configOf, of, type PolicyOperation, policyOperations } from './operations.js'
import { type Policy, type PolicyCommand, policyKind } from './policy.js'

export interface PolicyRow {
  schema_name: string
  table_name: string
  name: string
  command: string
  permissive: string
  roles: string
  qual: string | null
  with_check: string | null
}

const commands: Readonly<Record<string, PolicyCommand>> = {
  '*': 'all',
  r: 'select',
  a: 'insert',
  w: 'update',
  d: 'delete',
}

const differences = (current: Policy, desired: Policy): readonly (keyof Policy & string)[] =>
  differing(current, desired, ['command', 'permissive', 'roles', 'qual', 'withCheck'])

export const policies: ObjectKind<Policy, PolicyOperation, PolicyRow> = {
  name: policyKind,
  partOfTable: true,
  identify: ({ schemaName, table, name }) => ({ kind: policyKind, schemaName, table, name }),
  names: ({ schemaName, table, name }) => [{ space: 'policy', schemaName, table, name }],
  address: ({ schemaName, table, name }) => sql`policy ${id(name)} on ${qualified(schemaName, table ?? '')}`,
  diesWith: ({ schemaName, table }) => [{ space: 'relation', schemaName, name: table }],
  roles: ({ roles }) => realRoles(roles),
  declare: () => [],
  catalog: {
    occurs: () => sql`exists (select from pg_policy)`,
    query: (_server, schemas) => sql`
      select n.nspname as schema_name, c.relname as table_name, p.polname as name, p.polcmd as command, p.polpermissive as permissive,
        (select json_agg(x.name order by x.name collate "C") from (select ${roleName(sql`u.role`)} as name from unnest(p.polroles) u(role)) x) as roles,
        pg_get_expr(p.polqual, p.polrelid) as qual, pg_get_expr(p.polwithcheck, p.polrelid) as with_check, '3256:' || p.oid || ':0' as addresses
      from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = any(${schemas}) and ${plainTable('c')} order by 1, 2, 3`,
    read: (row) => ({
      schemaName: row.schema_name,
      table: row.table_name,
      name: row.name,
      command: commands[row.command] ?? 'all',
      permissive: row.permissive === 't',
      roles: JSON.parse(row.roles) as string[],
      qual: row.qual === null ? null : { expression: row.qual },
      withCheck: row.with_check === null ? null : { expression: row.with_check },
    }),
  },
  differences,
  create: (policy) => [{ type: 'create_policy', ...of(policy), policy: configOf(policy) }],
  alter: (current, desired, changed) =>
    changed.includes('command') ||
    changed.includes('permissive') ||
    (current.qual && !desired.qual) ||
    (current.withCheck && !desired.withCheck)
      ? 'recreate'
      : [{ type: 'alter_policy', ...of(desired), from: configOf(current), to: configOf(desired) }],
  rename: (current, desired) => ({ type: 'rename_policy', ...of(current), newName: desired.name }),
  drop: (policy) => ({ type: 'drop_policy', ...of(policy), was: configOf(policy) }),
  // Its new conditions speak no longer of what goes for good: they are set before that goes.
  survive: (current, around, _side, desired) =>
    around.desired === undefined && !around.overloaded && differences(current, desired).length > 0
      ? 'untouched'
      : 'recreate',
  operations: policyOperations,
}
