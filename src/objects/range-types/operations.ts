// The operations on range types: what they say, their SQL, their inverses. The functions that make ranges bear the types' names.

import { display } from '../../engine/identity.js'
import type { OperationBase, OperationSpec } from '../../engine/kind.js'
import { id, qualified, type Sql, sql } from '../../sql/sql.js'
import { displayType, parseType } from '../../sql/types.js'
import { typeSql } from '../../sql/values.js'
import { createSql, type RangeTypeConfig } from './range-type.js'

interface OfRange extends OperationBase {
  readonly schemaName: string
  readonly rangeTypeName: string
}
export interface CreateRangeType extends OfRange {
  readonly type: 'create_range_type'
  readonly config: RangeTypeConfig
}
/** The name of a type whose functions can be made; create_range_type gives it its contents. */
export interface CreateShellType extends OfRange {
  readonly type: 'create_shell_type'
}
export interface RenameRangeType extends OfRange {
  readonly type: 'rename_range_type'
  readonly newName: string
  readonly newMultirangeName: string
  readonly config: RangeTypeConfig
}
export interface DropRangeType extends OfRange {
  readonly type: 'drop_range_type'
  readonly was: RangeTypeConfig
}
export type RangeTypeOperation = CreateRangeType | CreateShellType | RenameRangeType | DropRangeType

const nameOf = (op: OfRange) => qualified(op.schemaName, op.rangeTypeName)
const shown = (op: OfRange, name = op.rangeTypeName) => display({ schemaName: op.schemaName, name })

function renameSql(op: RenameRangeType): readonly Sql[] {
  const { subtype, multirange } = op.config
  const range = qualified(op.schemaName, op.newName)
  const made = qualified(op.schemaName, op.rangeTypeName)
  const many = qualified(multirange.schemaName, multirange.name)
  // They live where the range type lives.
  const manyMade = qualified(op.schemaName, multirange.name)
  const [a, b] = [typeSql(subtype), id(op.newMultirangeName)]
  return [
    ...(op.newName === op.rangeTypeName
      ? []
      : [
          sql`alter type ${made} rename to ${id(op.newName)}`,
          sql`alter function ${made}(${a}, ${a}) rename to ${id(op.newName)}`,
          sql`alter function ${made}(${a}, ${a}, pg_catalog.text) rename to ${id(op.newName)}`,
        ]),
    ...(op.newMultirangeName === multirange.name
      ? []
      : [
          sql`alter type ${many} rename to ${b}`,
          sql`alter function ${manyMade}() rename to ${b}`,
          sql`alter function ${manyMade}(${range}) rename to ${b}`,
          sql`alter function ${manyMade}(variadic ${range}[]) rename to ${b}`,
        ]),
  ]
}

export const rangeTypeOperations: {
  readonly [T in RangeTypeOperation['type']]: OperationSpec<Extract<RangeTypeOperation, { type: T }>>
} = {
  create_range_type: {
    describe: (op) => `Create range type '${shown(op)}' (of ${displayType(parseType(op.config.subtype))})`,
    sql: (op) => createSql(op.schemaName, op.rangeTypeName, op.config),
    inverse: ({ config, ...op }) => [{ ...op, type: 'drop_range_type', was: config } as OperationBase],
  },
  create_shell_type: {
    describe: (op) => `Create the name of type '${shown(op)}', for its functions`,
    sql: (op) => sql`create type ${nameOf(op)}`,
  },
  rename_range_type: {
    describe: (op) =>
      op.newName === op.rangeTypeName
        ? `Rename multirange type '${shown(op, op.config.multirange.name)}' to '${op.newMultirangeName}'`
        : `Rename range type '${shown(op)}' to '${op.newName}'`,
    sql: renameSql,
    inverse: (op) => [
      {
        ...op,
        rangeTypeName: op.newName,
        newName: op.rangeTypeName,
        newMultirangeName: op.config.multirange.name,
        config: { ...op.config, multirange: { ...op.config.multirange, name: op.newMultirangeName } },
      } as OperationBase,
    ],
  },
  drop_range_type: {
    describe: (op) => `Drop range type '${shown(op)}'`,
    sql: (op) => sql`drop type ${nameOf(op)}`,
    inverse: ({ was, ...op }) => [{ ...op, type: 'create_range_type', config: was } as OperationBase],
  },
}
