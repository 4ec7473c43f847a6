// An aggregate as data, and its SQL.
import { id, join, literal, qualified, raw, type Sql, sql } from '../../sql/sql.js'
import { formatType, type TypeName } from '../../sql/types.js'
import { type FunctionReference, functionSql } from '../routine-references.js'

export const aggregateKind = 'aggregate'

export interface AggregateArgument {
  readonly name: string | null
  readonly variadic: boolean
  readonly type: TypeName
}

/** What becomes of the state at the end. */
export interface Final {
  readonly function: FunctionReference
  /** It gets the arguments' types too. */
  readonly extra: boolean
}

export type Modify = 'read_only' | 'shareable' | 'read_write'

export interface Transition {
  readonly function: FunctionReference
  readonly type: TypeName
  /** Bytes that a state takes, about; null: PostgreSQL guesses. */
  readonly space: number | null
  readonly initial: string | null
  readonly final: Final | null
  readonly modify: Modify
}

/** The same for a window that moves. */
export interface Moving extends Transition {
  readonly inverse: FunctionReference
}

export interface SortOperator {
  readonly schemaName?: string
  readonly operatorName: string
}

export interface Aggregate {
  readonly schemaName: string
  readonly name: string
  readonly form: 'plain' | 'ordered-set' | 'hypothetical-set'
  /** Those of an ordered set before ORDER BY come first. */
  readonly arguments: readonly AggregateArgument[]
  readonly directArguments: number
  readonly transition: Transition
  readonly combine: FunctionReference | null
  readonly serialize: FunctionReference | null
  readonly deserialize: FunctionReference | null
  readonly moving: Moving | null
  readonly sortOperator: SortOperator | null
  readonly parallel: 'unsafe' | 'restricted' | 'safe'
  readonly renamedFrom?: string
}

/** An aggregate as operations carry it. */
export type AggregateConfig = Omit<Aggregate, 'schemaName' | 'name' | 'renamedFrom'>

export const configOf = ({
  schemaName: _schema,
  name: _name,
  renamedFrom: _renamed,
  source: _source,
  ...config
}: Aggregate & { readonly source?: unknown }): AggregateConfig => config

export const argumentTypes = (aggregate: Pick<Aggregate, 'arguments'>): readonly TypeName[] =>
  aggregate.arguments.map(({ type }) => type)

export const typesOf = (aggregate: Aggregate): readonly TypeName[] => [
  ...argumentTypes(aggregate),
  aggregate.transition.type,
  ...(aggregate.moving ? [aggregate.moving.type] : []),
]

export const functionsOf = ({
  transition,
  combine,
  serialize,
  deserialize,
  moving,
}: Aggregate): readonly (FunctionReference | null | undefined)[] => [
  transition.function,
  transition.final?.function,
  combine,
  serialize,
  deserialize,
  moving?.function,
  moving?.inverse,
  moving?.final?.function,
]

/** What a plain aggregate may do to its state is not what one over an ordered set may. */
export const usualModify = (form: Aggregate['form']): Modify => (form === 'plain' ? 'read_only' : 'read_write')

const argumentSql = ({ name, variadic, type }: AggregateArgument): Sql =>
  join([...(variadic ? [sql`variadic`] : []), ...(name === null ? [] : [id(name)]), raw(formatType(type))], ' ')

function argumentsSql(config: AggregateConfig): Sql {
  const all = config.arguments.map(argumentSql)
  if (config.form === 'plain') return all.length === 0 ? sql`*` : join(all)
  const direct = all.slice(0, config.directArguments)
  const sorted = all.slice(config.directArguments)
  // A variadic last argument stands for both.
  return sql`${join(direct)}${direct.length === 0 ? sql`` : sql` `}order by ${join(sorted.length === 0 ? all.slice(-1) : sorted)}`
}

function transitionSql(part: Transition, form: Aggregate['form'], prefix: string): readonly Sql[] {
  const parameter = (name: string, value: Sql): Sql => sql`${raw(prefix + name)} = ${value}`
  return [
    parameter('sfunc', functionSql(part.function)),
    parameter('stype', raw(formatType(part.type))),
    ...(part.space === null ? [] : [parameter('sspace', raw(String(part.space)))]),
    ...(part.final ? [parameter('finalfunc', functionSql(part.final.function))] : []),
    ...(part.final?.extra ? [raw(`${prefix}finalfunc_extra`)] : []),
    ...(part.modify === usualModify(form) ? [] : [parameter('finalfunc_modify', raw(part.modify))]),
    ...(part.initial === null ? [] : [parameter('initcond', literal(part.initial))]),
  ]
}

const operatorSql = ({ schemaName, operatorName }: SortOperator): Sql =>
  schemaName === undefined
    ? sql`operator(pg_catalog.${raw(operatorName)})`
    : sql`operator(${id(schemaName)}.${raw(operatorName)})`

export function createSql(schemaName: string, name: string, config: AggregateConfig, replace: boolean): Sql {
  const { combine, serialize, deserialize, moving, sortOperator } = config
  const parts = [
    ...transitionSql(config.transition, config.form, ''),
    ...(combine ? [sql`combinefunc = ${functionSql(combine)}`] : []),
    ...(serialize ? [sql`serialfunc = ${functionSql(serialize)}`] : []),
    ...(deserialize ? [sql`deserialfunc = ${functionSql(deserialize)}`] : []),
    ...(moving ? [sql`minvfunc = ${functionSql(moving.inverse)}`, ...transitionSql(moving, config.form, 'm')] : []),
    ...(sortOperator ? [sql`sortop = ${operatorSql(sortOperator)}`] : []),
    ...(config.parallel === 'unsafe' ? [] : [sql`parallel = ${raw(config.parallel)}`]),
    ...(config.form === 'hypothetical-set' ? [sql`hypothetical`] : []),
  ]
  return sql`create ${raw(replace ? 'or replace ' : '')}aggregate ${qualified(schemaName, name)}(${argumentsSql(config)}) (${join(parts)})`
}
