// The operations on functions and procedures: what they say and their SQL.
import { display } from '../../engine/identity.js'
import type { OperationBase, OperationSpec } from '../../engine/kind.js'
import { differing } from '../../engine/walk.js'
import { id, sql } from '../../sql/sql.js'
import { inputTypes, type RoutineConfig } from './routine.js'
import { addressSql, createSql, shownArguments } from './sql.js'

interface OfRoutine extends OperationBase {
  readonly schemaName: string
  readonly routineName: string
}
export interface CreateRoutine extends OfRoutine {
  readonly type: 'create_routine'
  readonly routine: RoutineConfig
}
/** CREATE OR REPLACE: what depends on the routine stays. */
export interface AlterRoutine extends OfRoutine {
  readonly type: 'alter_routine'
  readonly from: RoutineConfig
  readonly to: RoutineConfig
}
export interface RenameRoutine extends OfRoutine {
  readonly type: 'rename_routine'
  readonly newName: string
  readonly routine: RoutineConfig
}
export interface DropRoutine extends OfRoutine {
  readonly type: 'drop_routine'
  readonly was: RoutineConfig
}
export type RoutineOperation = CreateRoutine | AlterRoutine | RenameRoutine | DropRoutine

export const compared = [
  'routineType',
  'arguments',
  'returns',
  'language',
  'body',
  'library',
  'statement',
  'volatility',
  'strict',
  'securityDefiner',
  'leakproof',
  'window',
  'parallel',
  'cost',
  'rows',
  'support',
  'settings',
  'transforms',
] as const

/** `function 'app.total(integer)'`: overloads are told apart. */
const shown = ({ schemaName, routineName }: OfRoutine, config: RoutineConfig): string =>
  `${config.routineType} '${display({ schemaName, name: routineName })}(${shownArguments(inputTypes(config))})'`

const addressOf = ({ schemaName, routineName }: OfRoutine, config: RoutineConfig) =>
  addressSql(config.routineType, schemaName, routineName, inputTypes(config))

export const routineOperations: {
  readonly [T in RoutineOperation['type']]: OperationSpec<Extract<RoutineOperation, { type: T }>>
} = {
  create_routine: {
    describe: (op) => `Create ${shown(op, op.routine)}`,
    sql: (op) => createSql(op.schemaName, op.routineName, op.routine, false),
    inverse: (op) => [
      {
        type: 'drop_routine',
        schemaName: op.schemaName,
        routineName: op.routineName,
        was: op.routine,
      } satisfies DropRoutine,
    ],
  },
  alter_routine: {
    describe: (op) => `Replace ${shown(op, op.to)} (${differing(op.from, op.to, compared).join(', ')})`,
    sql: (op) => createSql(op.schemaName, op.routineName, op.to, true),
    inverse: (op) => [{ ...op, from: op.to, to: op.from }],
  },
  rename_routine: {
    describe: (op) => `Rename ${shown(op, op.routine)} to '${op.newName}'`,
    sql: (op) => sql`alter ${addressOf(op, op.routine)} rename to ${id(op.newName)}`,
    inverse: (op) => [{ ...op, routineName: op.newName, newName: op.routineName } as RenameRoutine],
  },
  drop_routine: {
    describe: (op) => `Drop ${shown(op, op.was)}`,
    sql: (op) => sql`drop ${addressOf(op, op.was)}`,
    inverse: (op) => [
      {
        type: 'create_routine',
        schemaName: op.schemaName,
        routineName: op.routineName,
        routine: op.was,
      } satisfies CreateRoutine,
    ],
  },
}
