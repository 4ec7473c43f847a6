// The factory of aggregates: what a model says about one, with PostgreSQL's defaults for the rest.
import { declaredName } from '../../model/declared-text.js'
import type { PlacedObject } from '../../model/draft.js'
import { sourceOf } from '../../model/source-line.js'
import { splitName } from '../../sql/shape.js'
import { type GivenType, namedFunction, type Place, refused, resolvedType } from '../routine-declarations.js'
import {
  type Aggregate,
  type AggregateArgument,
  aggregateKind,
  type Modify,
  type SortOperator,
  type Transition,
  usualModify,
} from './aggregate.js'

export interface AggregateArgumentOptions {
  readonly name?: string
  readonly type: GivenType
  readonly variadic?: boolean
}

export interface FinalOptions {
  readonly function: string
  /** It gets the arguments' types too. Default false. */
  readonly extra?: boolean
}

export interface StateOptions {
  /** The function that takes the state and a row's arguments to the next state. */
  readonly function: string
  readonly type: GivenType
  /** Default: none, the state begins as NULL. */
  readonly initial?: string
  /** Bytes that a state takes, about. */
  readonly space?: number
  readonly final?: string | FinalOptions
  /** What the final function does to the state. Default `read_only`, for ordered sets `read_write`. */
  readonly finalModify?: Modify
}

export interface AggregateOptions {
  /** None: it counts rows, as count(*) does. For an ordered set those that are given once. */
  readonly arguments?: readonly (GivenType | AggregateArgumentOptions)[]
  /** WITHIN GROUP (ORDER BY …): makes it an ordered-set aggregate. */
  readonly orderBy?: readonly (GivenType | AggregateArgumentOptions)[]
  /** An ordered set that is asked about a row that is not in it. */
  readonly hypothetical?: boolean
  readonly state: StateOptions
  readonly combine?: string
  readonly serialize?: string
  readonly deserialize?: string
  /** The state for windows that move, with the function that takes a row out again. */
  readonly moving?: StateOptions & { readonly inverse: string }
  /** For aggregates like min and max: the operator whose first row is the result, `<`, `app.<`. */
  readonly sortOperator?: string
  /** Default `unsafe`. */
  readonly parallel?: 'unsafe' | 'restricted' | 'safe'
  readonly schema?: string
  readonly comment?: string | null
  /** The name it had; may stay for ever. */
  readonly renamedFrom?: string
}

function argumentOf(given: GivenType | AggregateArgumentOptions, place: Place, what: string): AggregateArgument {
  const one = typeof given === 'object' && 'type' in given ? given : { type: given }
  return { name: one.name ?? null, variadic: one.variadic ?? false, type: resolvedType(one.type, place, what) }
}

function stateOf(state: StateOptions, form: Aggregate['form'], place: Place, what: string): Transition {
  const final = typeof state.final === 'string' ? { function: state.final } : state.final
  return {
    function: namedFunction(state.function),
    type: resolvedType(state.type, place, what),
    space: state.space ?? null,
    initial: state.initial ?? null,
    final: final ? { function: namedFunction(final.function), extra: final.extra ?? false } : null,
    modify: state.finalModify ?? usualModify(form),
  }
}

function operatorOf(text: string, what: string): SortOperator {
  const [, schema, operatorName] = /^(?:(.*)\.)?([-+*/<>=~!@#%^&|`?]+)$/s.exec(text.trim()) ?? []
  if (operatorName === undefined) throw refused(`the sort operator of ${what} is no operator`, "Write '<' or 'app.<'.")
  const schemaName = schema === undefined ? undefined : splitName(schema)[0]
  return schemaName === undefined || schemaName === 'pg_catalog' ? { operatorName } : { schemaName, operatorName }
}

/**
 * An aggregate, for `model.has(…)`. What is not said has PostgreSQL's default.
 * Functions without a schema are found by the search path.
 * @throws UsageError USAGE where a name or a type is none
 * @example
 * model.has(aggregate('product', { arguments: [numeric()], state: { function: 'numeric_mul', type: numeric(), initial: '1' } }))
 * // create aggregate "public"."product"(numeric) (sfunc = "numeric_mul", stype = numeric, initcond = '1')
 */
export function aggregate(name: string, options: AggregateOptions): PlacedObject {
  const source = sourceOf(aggregate)
  const what = `aggregate '${declaredName(name, 'aggregate')}'`
  const form = options.hypothetical ? 'hypothetical-set' : options.orderBy ? 'ordered-set' : 'plain'
  const called = (given: string | undefined) => (given === undefined ? null : namedFunction(given))
  return (place) => {
    const direct = (options.arguments ?? []).map((one) => argumentOf(one, place, what))
    const sorted = (options.orderBy ?? []).map((one) => argumentOf(one, place, what))
    const { moving } = options
    const object: Aggregate & { readonly source: typeof source } = {
      schemaName: options.schema ?? place.schemaName,
      name,
      form,
      arguments: [...direct, ...sorted],
      directArguments: form === 'plain' ? 0 : direct.length,
      transition: stateOf(options.state, form, place, what),
      combine: called(options.combine),
      serialize: called(options.serialize),
      deserialize: called(options.deserialize),
      moving: moving ? { ...stateOf(moving, form, place, what), inverse: namedFunction(moving.inverse) } : null,
      sortOperator: options.sortOperator === undefined ? null : operatorOf(options.sortOperator, what),
      parallel: options.parallel ?? 'unsafe',
      ...(options.renamedFrom === undefined ? {} : { renamedFrom: options.renamedFrom }),
      source,
    }
    return { kind: aggregateKind, object, ...(options.comment === undefined ? {} : { comment: options.comment }) }
  }
}
