// The operations on constraints: what they say, their SQL, their risks.
import { display } from '../../engine/identity.js'
import type { OperationBase, OperationSpec } from '../../engine/kind.js'
import { id, qualified, sql } from '../../sql/sql.js'
import { shownKey } from '../index-keys.js'
import { attachIndexSql, locksTable } from '../relations.js'
import { shownStorage, storageChanges } from '../storage-parameters.js'
import { type Constraint, type ConstraintConfig, constraintClause } from './constraint.js'

interface OfTable extends OperationBase {
  readonly schemaName: string
  readonly tableName: string
}
interface Create extends OfTable {
  readonly constraint: ConstraintConfig
}
interface Drop extends OfTable {
  readonly constraintName: string
  readonly was: ConstraintConfig
}
export interface CreatePrimaryKey extends Create {
  readonly type: 'create_primary_key'
}
export interface DropPrimaryKey extends Drop {
  readonly type: 'drop_primary_key'
}
export interface CreateUniqueConstraint extends Create {
  readonly type: 'create_unique_constraint'
}
export interface DropUniqueConstraint extends Drop {
  readonly type: 'drop_unique_constraint'
}
export interface CreateCheckConstraint extends Create {
  readonly type: 'create_check_constraint'
}
export interface DropCheckConstraint extends Drop {
  readonly type: 'drop_check_constraint'
}
export interface CreateExclusionConstraint extends Create {
  readonly type: 'create_exclusion_constraint'
}
export interface DropExclusionConstraint extends Drop {
  readonly type: 'drop_exclusion_constraint'
}
export interface RenameConstraint extends OfTable {
  readonly type: 'rename_constraint'
  readonly constraintName: string
  readonly newName: string
}
/** Checks the rows that a NOT VALID constraint has not looked at. */
export interface ValidateConstraint extends OfTable {
  readonly type: 'validate_constraint'
  readonly constraintName: string
  readonly constraint: ConstraintConfig
}
/** Storage parameters and tablespace of the constraint's index. */
export interface AlterConstraint extends OfTable {
  readonly type: 'alter_constraint'
  readonly constraintName: string
  readonly from: ConstraintConfig
  readonly to: ConstraintConfig
}
export type ConstraintOperation =
  | CreatePrimaryKey
  | DropPrimaryKey
  | CreateUniqueConstraint
  | DropUniqueConstraint
  | CreateCheckConstraint
  | DropCheckConstraint
  | CreateExclusionConstraint
  | DropExclusionConstraint
  | RenameConstraint
  | ValidateConstraint
  | AlterConstraint

export const creating = {
  'primary key': 'create_primary_key',
  unique: 'create_unique_constraint',
  check: 'create_check_constraint',
  exclude: 'create_exclusion_constraint',
} as const
export const dropping = {
  'primary key': 'drop_primary_key',
  unique: 'drop_unique_constraint',
  check: 'drop_check_constraint',
  exclude: 'drop_exclusion_constraint',
} as const
const words = {
  'primary key': 'primary key',
  unique: 'unique constraint',
  check: 'check constraint',
  exclude: 'exclusion constraint',
} as const

export const of = (constraint: Constraint) => ({ schemaName: constraint.schemaName, tableName: constraint.table })
const tableOf = (op: OfTable) => qualified(op.schemaName, op.tableName)
const shown = (op: OfTable, name: string) => display({ schemaName: op.schemaName, table: op.tableName, name })

function text({ expression, exclude, columns = [], withoutOverlaps }: ConstraintConfig): string {
  if (expression !== undefined) return `(${expression})`
  if (exclude)
    return `using ${exclude.method} (${exclude.keys.map(shownKey).join(', ')})${exclude.where ? ` where ${exclude.where.expression}` : ''}`
  return `(${columns.join(', ')}${withoutOverlaps ? ' without overlaps' : ''})`
}

const createOf = (op: OfTable, constraint: ConstraintConfig): OperationBase =>
  ({
    type: creating[constraint.type],
    schemaName: op.schemaName,
    tableName: op.tableName,
    constraint,
  }) as OperationBase
const dropOf = (op: OfTable, constraint: ConstraintConfig): OperationBase =>
  ({
    type: dropping[constraint.type],
    schemaName: op.schemaName,
    tableName: op.tableName,
    constraintName: constraint.name,
    was: constraint,
  }) as OperationBase

function createSpec<Op extends Create>(): OperationSpec<Op> {
  return {
    describe: (op) =>
      `Create ${words[op.constraint.type]} '${shown(op, op.constraint.name)}' ${text(op.constraint)}${op.constraint.notValid ? ' not valid' : ''}${op.constraint.only ? ` on only ${op.tableName}` : ''}`,
    sql: (op, server) => [
      sql`alter table ${op.constraint.only ? sql`only ` : sql``}${tableOf(op)} add ${constraintClause(op.constraint, server)}${op.constraint.notValid ? sql` not valid` : sql``}`,
      ...(op.constraint.attached ?? []).map((part) =>
        attachIndexSql({ schemaName: op.schemaName, name: op.constraint.name }, part),
      ),
    ],
    risks: (op, facts) => {
      if (facts.madeHere({ kind: 'table', schemaName: op.schemaName, name: op.tableName })) return []
      const { type, name, notValid, notEnforced } = op.constraint
      if (notValid || notEnforced) return [locksTable(op.tableName)]
      return [
        locksTable(op.tableName),
        {
          level: 'may-fail',
          code: type === 'check' ? 'ADDS_CHECK' : type === 'exclude' ? 'ADDS_EXCLUSION' : 'ADDS_UNIQUE',
          reason: `Rows of '${op.tableName}' that break ${words[type]} '${name}' stop the migration.`,
        },
      ]
    },
    inverse: (op) => [dropOf(op, op.constraint)],
  }
}

function dropSpec<Op extends Drop>(): OperationSpec<Op> {
  return {
    describe: (op) => `Drop ${words[op.was.type]} '${shown(op, op.constraintName)}'`,
    sql: (op) => sql`alter table ${tableOf(op)} drop constraint ${id(op.constraintName)}`,
    inverse: (op) => [createOf(op, op.was)],
  }
}

function changes({ from, to }: AlterConstraint): string {
  const storage = (config: ConstraintConfig) => shownStorage(config.storage ?? {}) || 'none'
  return [
    ...(storage(from) === storage(to) ? [] : [`storage ${storage(from)} → ${storage(to)}`]),
    ...(from.tablespace === to.tablespace
      ? []
      : [`tablespace ${from.tablespace ?? 'default'} → ${to.tablespace ?? 'default'}`]),
  ].join(', ')
}

export const constraintOperations: {
  readonly [T in ConstraintOperation['type']]: OperationSpec<Extract<ConstraintOperation, { type: T }>>
} = {
  create_primary_key: createSpec(),
  drop_primary_key: dropSpec(),
  create_unique_constraint: createSpec(),
  drop_unique_constraint: dropSpec(),
  create_check_constraint: createSpec(),
  drop_check_constraint: dropSpec(),
  create_exclusion_constraint: createSpec(),
  drop_exclusion_constraint: dropSpec(),
  rename_constraint: {
    describe: (op) => `Rename constraint '${shown(op, op.constraintName)}' to '${op.newName}'`,
    sql: (op) => sql`alter table ${tableOf(op)} rename constraint ${id(op.constraintName)} to ${id(op.newName)}`,
    inverse: (op) => [{ ...op, constraintName: op.newName, newName: op.constraintName }],
  },
  validate_constraint: {
    describe: (op) => `Validate ${words[op.constraint.type]} '${shown(op, op.constraintName)}'`,
    sql: (op) => sql`alter table ${tableOf(op)} validate constraint ${id(op.constraintName)}`,
    risks: (op) => [
      {
        level: 'may-fail',
        code: 'ADDS_CHECK',
        reason: `Rows of '${op.tableName}' that break ${words[op.constraint.type]} '${op.constraintName}' stop the migration.`,
      },
    ],
    inverse: (op) => [dropOf(op, op.constraint), createOf(op, { ...op.constraint, notValid: true })],
  },
  alter_constraint: {
    describe: (op) => `Alter the index of ${words[op.to.type]} '${shown(op, op.constraintName)}' (${changes(op)})`,
    sql: (op) => {
      const index = qualified(op.schemaName, op.constraintName)
      const moved =
        op.from.tablespace === op.to.tablespace ? [] : [sql`set tablespace ${id(op.to.tablespace ?? 'pg_default')}`]
      return [...storageChanges(op.from.storage, op.to.storage), ...moved].map(
        (change) => sql`alter index ${index} ${change}`,
      )
    },
    risks: (op) => (op.from.tablespace === op.to.tablespace ? [] : [locksTable(op.tableName)]),
    inverse: (op) => [{ ...op, from: op.to, to: op.from }],
  },
}
