// Operations on policies: what they say and their SQL.
import { display } from '../../engine/identity.js'
import type { OperationBase, OperationSpec } from '../../engine/kind.js'
import { expression } from '../../sql/expression.js'
import { id, join, qualified, raw, type Sql, sql } from '../../sql/sql.js'
import { roleSql } from '../roles.js'
import type { Policy } from './policy.js'

/** A policy as operations carry it. */
export type PolicyConfig = Pick<Policy, 'command' | 'permissive' | 'roles' | 'qual' | 'withCheck'>

interface OfPolicy extends OperationBase {
  readonly schemaName: string
  readonly tableName: string
  readonly policyName: string
}
export interface CreatePolicy extends OfPolicy {
  readonly type: 'create_policy'
  readonly policy: PolicyConfig
}
/** Roles and conditions are changed in place. */
export interface AlterPolicy extends OfPolicy {
  readonly type: 'alter_policy'
  readonly from: PolicyConfig
  readonly to: PolicyConfig
}
export interface DropPolicy extends OfPolicy {
  readonly type: 'drop_policy'
  readonly was: PolicyConfig
}
export interface RenamePolicy extends OfPolicy {
  readonly type: 'rename_policy'
  readonly newName: string
}
export type PolicyOperation = CreatePolicy | AlterPolicy | DropPolicy | RenamePolicy

export const of = ({ schemaName, table, name }: Policy) => ({ schemaName, tableName: table, policyName: name })
export const configOf = ({ command, permissive, roles, qual, withCheck }: Policy): PolicyConfig => ({
  command,
  permissive,
  roles,
  qual,
  withCheck,
})

const policySql = (op: OfPolicy): Sql => sql`${id(op.policyName)} on ${qualified(op.schemaName, op.tableName)}`
const shown = (op: OfPolicy): string => display({ schemaName: op.schemaName, table: op.tableName, name: op.policyName })
const rolesSql = (roles: readonly string[]): Sql => sql`to ${join(roles.map(roleSql))}`
const conditions = ({ qual, withCheck }: Pick<PolicyConfig, 'qual' | 'withCheck'>): readonly Sql[] => [
  ...(qual ? [sql`using (${expression(qual.expression)})`] : []),
  ...(withCheck ? [sql`with check (${expression(withCheck.expression)})`] : []),
]
const text = ({ command, permissive, roles, qual, withCheck }: PolicyConfig): string =>
  [
    ...(permissive ? [] : ['restrictive']),
    `for ${command} to ${roles.join(', ')}`,
    ...(qual ? [`using (${qual.expression})`] : []),
    ...(withCheck ? [`with check (${withCheck.expression})`] : []),
  ].join(' ')

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
function changes({ from, to }: AlterPolicy) {
  return {
    roles: same(from.roles, to.roles) ? undefined : to.roles,
    qual: same(from.qual, to.qual) ? null : to.qual,
    withCheck: same(from.withCheck, to.withCheck) ? null : to.withCheck,
  }
}

export const policyOperations: {
  readonly [T in PolicyOperation['type']]: OperationSpec<Extract<PolicyOperation, { type: T }>>
} = {
  create_policy: {
    describe: (op) => `Create policy '${shown(op)}' ${text(op.policy)}`,
    sql: (op) => {
      const { command, permissive, roles } = op.policy
      const parts = [
        sql`create policy ${policySql(op)}`,
        ...(permissive ? [] : [sql`as restrictive`]),
        sql`for ${raw(command)}`,
        rolesSql(roles),
        ...conditions(op.policy),
      ]
      return join(parts, ' ')
    },
    inverse: ({ policy, ...op }) => [{ ...op, type: 'drop_policy', was: policy } as DropPolicy],
  },
  alter_policy: {
    describe: (op) => {
      const { roles, qual, withCheck } = changes(op)
      const said = [
        ...(roles ? [`to ${roles.join(', ')}`] : []),
        ...(qual ? [`using (${qual.expression})`] : []),
        ...(withCheck ? [`with check (${withCheck.expression})`] : []),
      ]
      return `Alter policy '${shown(op)}' ${said.join(' ')}`
    },
    sql: (op) => {
      const { roles, ...changed } = changes(op)
      return join(
        [sql`alter policy ${policySql(op)}`, ...(roles ? [rolesSql(roles)] : []), ...conditions(changed)],
        ' ',
      )
    },
    inverse: (op) => [{ ...op, from: op.to, to: op.from }],
  },
  drop_policy: {
    describe: (op) => `Drop policy '${shown(op)}'`,
    sql: (op) => sql`drop policy ${policySql(op)}`,
    inverse: ({ was, ...op }) => [{ ...op, type: 'create_policy', policy: was } as CreatePolicy],
  },
  rename_policy: {
    describe: (op) => `Rename policy '${shown(op)}' to '${op.newName}'`,
    sql: (op) => sql`alter policy ${policySql(op)} rename to ${id(op.newName)}`,
    inverse: (op) => [{ ...op, policyName: op.newName, newName: op.policyName }],
  },
}
