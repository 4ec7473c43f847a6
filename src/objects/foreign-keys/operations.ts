// The operations on foreign keys: what they say, their SQL, their risks.
import { display } from '../../engine/identity.js'
import type { OperationBase, OperationSpec, Risk } from '../../engine/kind.js'
import { id, qualified, sql } from '../../sql/sql.js'
import { alterableClause, type ForeignKey, type ForeignKeyConstraint, foreignKeyClause } from './foreign-key.js'

interface OfTable extends OperationBase {
  readonly schemaName: string
  readonly tableName: string
}
export interface CreateForeignKey extends OfTable {
  readonly type: 'create_foreign_key'
  readonly constraint: ForeignKeyConstraint
}
export interface DropForeignKey extends OfTable {
  readonly type: 'drop_foreign_key'
  readonly constraintName: string
  readonly was: ForeignKeyConstraint
}
export interface RenameForeignKey extends OfTable {
  readonly type: 'rename_foreign_key'
  readonly constraintName: string
  readonly newName: string
}
/** Deferral and, from PostgreSQL 18 on, enforcement. */
export interface AlterForeignKey extends OfTable {
  readonly type: 'alter_foreign_key'
  readonly constraintName: string
  readonly from: ForeignKeyConstraint
  readonly to: ForeignKeyConstraint
}
/** Checks the rows that a NOT VALID foreign key has not looked at. */
export interface ValidateForeignKey extends OfTable {
  readonly type: 'validate_foreign_key'
  readonly constraintName: string
  readonly constraint: ForeignKeyConstraint
}
export type ForeignKeyOperation =
  | CreateForeignKey
  | DropForeignKey
  | RenameForeignKey
  | AlterForeignKey
  | ValidateForeignKey

export const of = (key: ForeignKey) => ({ schemaName: key.schemaName, tableName: key.table })
const tableOf = (op: OfTable) => qualified(op.schemaName, op.tableName)
const short = (schemaName: string, name: string) => display({ schemaName, name })
const shown = (op: OfTable, name: string) => `${short(op.schemaName, op.tableName)}.${name}`

const deferral = (key: ForeignKeyConstraint): string =>
  [
    key.deferrable ? `deferrable${key.initiallyDeferred ? ' initially deferred' : ''}` : 'not deferrable',
    ...(key.notEnforced ? ['not enforced'] : []),
  ].join(', ')

const checksRows = (op: OfTable, key: ForeignKeyConstraint): Risk => ({
  level: 'may-fail',
  code: 'ADDS_FOREIGN_KEY',
  reason: `Rows of '${op.tableName}' without a match in '${key.references.table}' stop the migration.`,
})

const dropOf = (op: OfTable, key: ForeignKeyConstraint): DropForeignKey => ({
  type: 'drop_foreign_key',
  schemaName: op.schemaName,
  tableName: op.tableName,
  constraintName: key.name,
  was: key,
})
const createOf = (op: OfTable, key: ForeignKeyConstraint): CreateForeignKey => ({
  type: 'create_foreign_key',
  schemaName: op.schemaName,
  tableName: op.tableName,
  constraint: key,
})

export const foreignKeyOperations: {
  readonly [T in ForeignKeyOperation['type']]: OperationSpec<Extract<ForeignKeyOperation, { type: T }>>
} = {
  create_foreign_key: {
    describe: ({ constraint: key, ...op }) =>
      `Create foreign key '${shown(op, key.name)}' (${key.columns.join(', ')}) → ${short(key.references.schemaName, key.references.table)} (${key.references.columns.join(', ')})${key.notValid ? ' not valid' : ''}`,
    sql: (op, server) => sql`alter table ${tableOf(op)} add ${foreignKeyClause(op.constraint, server)}`,
    risks: (op, facts) => {
      if (facts.madeHere({ kind: 'table', schemaName: op.schemaName, name: op.tableName })) return []
      const { constraint: key } = op
      const locks: Risk = {
        level: 'blocking',
        code: 'LOCKS_TABLE',
        reason: `Writes to '${op.tableName}' and '${key.references.table}' wait while rows are checked (SHARE ROW EXCLUSIVE).`,
      }
      return key.notValid || key.notEnforced ? [locks] : [locks, checksRows(op, key)]
    },
    inverse: (op) => [dropOf(op, op.constraint)],
  },
  drop_foreign_key: {
    describe: (op) => `Drop foreign key '${shown(op, op.constraintName)}'`,
    sql: (op) => sql`alter table ${tableOf(op)} drop constraint ${id(op.constraintName)}`,
    inverse: (op) => [createOf(op, op.was)],
  },
  rename_foreign_key: {
    describe: (op) => `Rename foreign key '${shown(op, op.constraintName)}' to '${op.newName}'`,
    sql: (op) => sql`alter table ${tableOf(op)} rename constraint ${id(op.constraintName)} to ${id(op.newName)}`,
    inverse: (op) => [{ ...op, constraintName: op.newName, newName: op.constraintName }],
  },
  alter_foreign_key: {
    describe: (op) => `Alter foreign key '${shown(op, op.constraintName)}' (${deferral(op.from)} → ${deferral(op.to)})`,
    sql: (op, server) =>
      sql`alter table ${tableOf(op)} alter constraint ${id(op.constraintName)} ${alterableClause(op.from, op.to, server)}`,
    risks: (op) => (op.from.notEnforced && !op.to.notEnforced ? [checksRows(op, op.to)] : []),
    inverse: (op) => [{ ...op, from: op.to, to: op.from }],
  },
  validate_foreign_key: {
    describe: (op) => `Validate foreign key '${shown(op, op.constraintName)}'`,
    sql: (op) => sql`alter table ${tableOf(op)} validate constraint ${id(op.constraintName)}`,
    risks: (op) => [checksRows(op, op.constraint)],
    inverse: (op) => [dropOf(op, op.constraint), createOf(op, { ...op.constraint, notValid: true })],
  },
}
