// GRANT and REVOKE on objects: what they say, their SQL, and which of them lead from one state to another.

import type { ObjectId } from '../../engine/identity.js'
import { display } from '../../engine/identity.js'
import type { OperationBase, OperationSpec } from '../../engine/kind.js'
import { id, join, raw, type Sql, sql } from '../../sql/sql.js'
import { after, grantTarget, type Held, nothing, type Transition, transitions } from '../privileges.js'
import { roleSql } from '../roles.js'
import type { Grant } from './grant.js'

interface OfGrant extends OperationBase, Omit<Transition, 'type'> {
  readonly on: ObjectId
  /** The object as GRANT addresses it. */
  readonly target: string
  readonly grantee: string
  /** Only these. */
  readonly columns?: readonly string[]
}
export interface GrantPrivileges extends OfGrant {
  readonly type: 'grant_privileges'
}
export interface RevokePrivileges extends OfGrant {
  readonly type: 'revoke_privileges'
}
export type GrantOperation = GrantPrivileges | RevokePrivileges

const shown = ({ on, columns }: OfGrant): string => {
  const name = display(on)
  const args = on.arguments === undefined ? '' : `(${on.arguments})`
  const kind = on.table === undefined ? on.kind.replaceAll('-', ' ') : `sequence of ${on.kind}`
  return `${kind} '${name}${args}'${columns ? ` (${columns.join(', ')})` : ''}`
}
const list = (op: OfGrant): Sql => {
  const columns = op.columns && sql` (${join(op.columns.map(id))})`
  return join(op.privileges.map((one) => (columns ? sql`${raw(one)}${columns}` : raw(one))))
}

export const grantOperations: {
  readonly [T in GrantOperation['type']]: OperationSpec<Extract<GrantOperation, { type: T }>>
} = {
  grant_privileges: {
    describe: (op) =>
      `Grant ${op.privileges.join(', ')} on ${shown(op)} to ${op.grantee}${op.grantOption ? ' with grant option' : ''}`,
    sql: (op) =>
      sql`grant ${list(op)} on ${raw(op.target)} to ${roleSql(op.grantee)}${op.grantOption ? sql` with grant option` : sql``}`,
    inverse: (op) => [{ ...op, type: 'revoke_privileges' } as RevokePrivileges],
  },
  revoke_privileges: {
    describe: (op) =>
      `Revoke ${op.only ? 'grant option for ' : ''}${op.privileges.join(', ')} on ${shown(op)} from ${op.grantee}`,
    sql: (op) =>
      sql`revoke ${op.only ? sql`grant option for ` : sql``}${list(op)} on ${raw(op.target)} from ${roleSql(op.grantee)}`,
    inverse: (op) => [{ ...op, type: 'grant_privileges' } as GrantPrivileges],
  },
}

type State = Pick<Grant, 'privileges' | 'grantable' | 'parts'>

/** `keeps`: columns that are still there; undefined where nobody knows. */
export function grantSteps(
  { on, grantee, schemaName }: Grant,
  address: string,
  from: State,
  to: State,
  keeps: (column: string) => boolean,
): readonly GrantOperation[] {
  const target = grantTarget(address)?.target ?? address
  const at = { ...(schemaName === undefined ? {} : { schemaName }), on, target, grantee }
  const operation = (one: Transition, columns?: readonly string[]): GrantOperation => {
    const { type, ...rest } = one
    const what = { ...at, ...rest, ...(columns ? { columns } : {}) }
    return type === 'grant' ? { type: 'grant_privileges', ...what } : { type: 'revoke_privileges', ...what }
  }
  const whole = transitions(from, to)
  const columns = [...new Set([...columnsOf(from), ...columnsOf(to)])].filter(keeps).sort()
  // What is taken away of a relation is taken away of each of its columns too.
  const byColumn = new Map<string, { readonly one: Transition; readonly columns: string[] }>()
  for (const column of columns) {
    const left = whole.reduce(after, heldOf(from, column))
    for (const one of transitions(left, heldOf(to, column))) {
      const key = JSON.stringify(one)
      const known = byColumn.get(key)
      if (known) known.columns.push(column)
      else byColumn.set(key, { one, columns: [column] })
    }
  }
  const parts = [...byColumn.values()].map((part) => operation(part.one, part.columns))
  return [...whole.map((one) => operation(one)), ...parts].sort(
    (a, b) => Number(a.type === 'grant_privileges') - Number(b.type === 'grant_privileges'),
  )
}

const columnsOf = ({ parts }: State): readonly string[] => parts?.columns.map(({ column }) => column) ?? []
const heldOf = ({ parts }: State, column: string): Held =>
  parts?.columns.find((one) => one.column === column) ?? nothing
