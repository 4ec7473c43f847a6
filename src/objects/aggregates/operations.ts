// The operations on aggregates: what they say and their SQL.
import { display } from '../../engine/identity.js'
import type { OperationBase, OperationSpec } from '../../engine/kind.js'
import { differing } from '../../engine/walk.js'
import { id, qualified, raw, type Sql, sql } from '../../sql/sql.js'
import { shownSignature, signature } from '../routine-references.js'
import { type AggregateConfig, argumentTypes, createSql } from './aggregate.js'

interface OfAggregate extends OperationBase {
  readonly schemaName: string
  readonly aggregateName: string
}
export interface CreateAggregate extends OfAggregate {
  readonly type: 'create_aggregate'
  readonly aggregate: AggregateConfig
}
/** CREATE OR REPLACE: what depends on the aggregate stays. */
export interface AlterAggregate extends OfAggregate {
  readonly type: 'alter_aggregate'
  readonly from: AggregateConfig
  readonly to: AggregateConfig
}
export interface RenameAggregate extends OfAggregate {
  readonly type: 'rename_aggregate'
  readonly newName: string
  readonly aggregate: AggregateConfig
}
export interface DropAggregate extends OfAggregate {
  readonly type: 'drop_aggregate'
  readonly was: AggregateConfig
}
export type AggregateOperation = CreateAggregate | AlterAggregate | RenameAggregate | DropAggregate

export const compared = [
  'form',
  'arguments',
  'directArguments',
  'transition',
  'combine',
  'serialize',
  'deserialize',
  'moving',
  'sortOperator',
  'parallel',
] as const

const shown = ({ schemaName, aggregateName }: OfAggregate, config: AggregateConfig): string =>
  `'${display({ schemaName, name: aggregateName })}(${shownSignature(argumentTypes(config)) || '*'})'`

export const addressSql = (schemaName: string | undefined, name: string, types: string | undefined): Sql =>
  sql`aggregate ${qualified(schemaName, name)}(${raw(types || '*')})`

const addressOf = ({ schemaName, aggregateName }: OfAggregate, config: AggregateConfig): Sql =>
  addressSql(schemaName, aggregateName, signature(argumentTypes(config)))

export const aggregateOperations: {
  readonly [T in AggregateOperation['type']]: OperationSpec<Extract<AggregateOperation, { type: T }>>
} = {
  create_aggregate: {
    describe: (op) => `Create aggregate ${shown(op, op.aggregate)}`,
    sql: (op) => createSql(op.schemaName, op.aggregateName, op.aggregate, false),
    inverse: (op) => [
      {
        type: 'drop_aggregate',
        schemaName: op.schemaName,
        aggregateName: op.aggregateName,
        was: op.aggregate,
      } satisfies DropAggregate,
    ],
  },
  alter_aggregate: {
    describe: (op) => `Replace aggregate ${shown(op, op.to)} (${differing(op.from, op.to, compared).join(', ')})`,
    sql: (op) => createSql(op.schemaName, op.aggregateName, op.to, true),
    inverse: (op) => [{ ...op, from: op.to, to: op.from }],
  },
  rename_aggregate: {
    describe: (op) => `Rename aggregate ${shown(op, op.aggregate)} to '${op.newName}'`,
    sql: (op) => sql`alter ${addressOf(op, op.aggregate)} rename to ${id(op.newName)}`,
    inverse: (op) => [{ ...op, aggregateName: op.newName, newName: op.aggregateName } as RenameAggregate],
  },
  drop_aggregate: {
    describe: (op) => `Drop aggregate ${shown(op, op.was)}`,
    sql: (op) => sql`drop ${addressOf(op, op.was)}`,
    inverse: (op) => [
      {
        type: 'create_aggregate',
        schemaName: op.schemaName,
        aggregateName: op.aggregateName,
        aggregate: op.was,
      } satisfies CreateAggregate,
    ],
  },
}
