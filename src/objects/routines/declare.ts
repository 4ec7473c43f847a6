// Factories of functions and procedures: what a model says about them, with PostgreSQL's defaults for the rest.
import { declaredName, declaredQuery } from '../../model/declared-text.js'
import type { PlacedObject } from '../../model/draft.js'
import type { SourceOf } from '../../model/model-config.js'
import { sourceOf } from '../../model/source-line.js'
import { isSql, type Sql } from '../../sql/sql.js'
import type { TypeName } from '../../sql/types.js'
import { type GivenType, namedFunction, type Place, refused, resolvedType } from '../routine-declarations.js'
import { setting } from './catalog.js'
import { type Argument, type Routine, routineKind } from './routine.js'

export interface RoutineArgument {
  /** Left out in a record of arguments, where the key is the name. */
  readonly name?: string
  readonly type: GivenType
  /** Default `in`. */
  readonly mode?: 'in' | 'out' | 'inout' | 'variadic'
  readonly default?: Sql
}

/** By name, or a list where some have none. */
export type RoutineArguments =
  | Readonly<Record<string, GivenType | RoutineArgument>>
  | readonly (GivenType | RoutineArgument)[]

/** A type, rows of a type, or rows of a table of its own. */
export type RoutineReturns =
  | GivenType
  | { readonly setOf: GivenType }
  | { readonly table: Readonly<Record<string, GivenType>> }

export interface ProcedureOptions {
  readonly arguments?: RoutineArguments
  /** Default: `sql` with a statement, else `plpgsql`. */
  readonly language?: string
  /** What stands between the quotes, word for word. For `c` the link symbol, for `internal` the function's name. */
  readonly body?: string | Sql
  /** The SQL-standard body, which PostgreSQL parses once: sql`return a + b`, sql`begin atomic …; end`. */
  readonly statement?: Sql
  /** The object file of a C function. */
  readonly library?: string
  /** Runs with the rights of its owner. Default false. */
  readonly securityDefiner?: boolean
  /** SET, for the time that it runs: `{ search_path: ['app', 'pg_temp'], work_mem: '64MB' }`. */
  readonly settings?: Readonly<Record<string, string | readonly string[]>>
  /** Types for which TRANSFORM is used. */
  readonly transforms?: readonly GivenType[]
  /** Default: the schema of the entity that it is attached to, or the default schema. */
  readonly schema?: string
  readonly comment?: string | null
  /** The name it had; may stay for ever. */
  readonly renamedFrom?: string
}

export interface FunctionOptions extends ProcedureOptions {
  /** Default: what the OUT arguments say, else `void`. */
  readonly returns?: RoutineReturns
  /** Default `volatile`. */
  readonly volatility?: 'volatile' | 'stable' | 'immutable'
  /** RETURNS NULL ON NULL INPUT. Default false. */
  readonly strict?: boolean
  readonly leakproof?: boolean
  readonly window?: boolean
  /** Default `unsafe`. */
  readonly parallel?: 'unsafe' | 'restricted' | 'safe'
  readonly cost?: number
  readonly rows?: number
  /** A planner support function, `schema.name`. */
  readonly support?: string
}

const isArgument = (given: GivenType | RoutineArgument): given is RoutineArgument =>
  typeof given === 'object' && 'type' in given

function argumentsOf(given: RoutineArguments, place: Place, what: string): readonly Argument[] {
  const list = Array.isArray(given)
    ? (given as readonly (GivenType | RoutineArgument)[]).map((one) => [undefined, one] as const)
    : Object.entries(given as Readonly<Record<string, GivenType | RoutineArgument>>)
  return list.map(([key, one], index) => {
    const argument = isArgument(one) ? one : { type: one }
    return {
      name: key ?? argument.name ?? null,
      mode: argument.mode ?? 'in',
      type: resolvedType(argument.type, place, what),
      default:
        argument.default === undefined
          ? null
          : { expression: declaredQuery(argument.default, `the default of argument ${index + 1} of ${what}`) },
    }
  })
}

const isSetOf = (given: RoutineReturns): given is { readonly setOf: GivenType } =>
  typeof given === 'object' && 'setOf' in given
const isTable = (given: RoutineReturns): given is { readonly table: Readonly<Record<string, GivenType>> } =>
  typeof given === 'object' && 'table' in given

/** One column of a result is its type, several are a record. */
const rowOf = (columns: readonly { readonly type: TypeName }[]): TypeName | undefined =>
  columns.length > 1 ? { typeName: 'record' } : columns[0]?.type

function resultOf(
  given: RoutineReturns | undefined,
  said: readonly Argument[],
  place: Place,
  what: string,
): { readonly returns: NonNullable<Routine['returns']>; readonly columns: readonly Argument[] } {
  const ofArguments = rowOf(said.filter(({ mode }) => mode === 'out' || mode === 'inout'))
  if (given === undefined) return { returns: { type: ofArguments ?? { typeName: 'void' }, setOf: false }, columns: [] }
  if (isTable(given)) {
    const columns = Object.entries(given.table).map(
      ([name, type]): Argument => ({
        name,
        mode: 'table',
        type: resolvedType(type, place, what),
        default: null,
      }),
    )
    if (columns.length === 0) throw refused(`${what} returns a table without columns`, 'Name at least one column.')
    return { returns: { type: rowOf(columns)!, setOf: true }, columns }
  }
  if (isSetOf(given)) return { returns: { type: resolvedType(given.setOf, place, what), setOf: true }, columns: [] }
  const rows = typeof given === 'string' ? /^\s*setof\s+(.*)$/is.exec(given)?.[1] : undefined
  return { returns: { type: resolvedType(rows ?? given, place, what), setOf: rows !== undefined }, columns: [] }
}

/** What is said as a statement is no text, and the other way round. */
function bodyOf({ body, statement, library, language }: ProcedureOptions, what: string) {
  if ((body === undefined) === (statement === undefined))
    throw refused(
      `${what} needs a body or a statement, and only one of them`,
      'Write body: `…` for text in any language, or statement: sql`return …` for SQL that PostgreSQL parses once.',
    )
  const text = isSql(body) ? body.text : body
  return {
    language: (language ?? (statement === undefined ? 'plpgsql' : 'sql')).toLowerCase(),
    body: text ?? null,
    library: library ?? null,
    statement: statement === undefined ? null : { expression: statementText(statement, what) },
  }
}

function statementText(statement: Sql, what: string): string {
  const text = isSql(statement) ? statement.text.trim().replace(/\s*;$/, '') : ''
  if (/^(return|begin\s+atomic)\b/i.test(text)) return text
  throw refused(
    `the statement of ${what} is neither RETURN … nor BEGIN ATOMIC … END`,
    'Text in quotes, in whatever language, is its body.',
  )
}

function routineOf(
  routineType: Routine['routineType'],
  name: string,
  options: FunctionOptions,
  source: SourceOf,
): PlacedObject {
  const what = `${routineType} '${declaredName(name, routineType)}'`
  const body = bodyOf(options, what)
  return (place) => {
    const said = argumentsOf(options.arguments ?? [], place, what)
    const result = resultOf(options.returns, said, place, what)
    const usualCost = body.language === 'c' || body.language === 'internal' ? 1 : 100
    const { setOf } = result.returns
    const object: Routine & { readonly source: typeof source } = {
      schemaName: options.schema ?? place.schemaName,
      name,
      routineType,
      arguments: [...said, ...result.columns],
      returns: routineType === 'procedure' ? null : result.returns,
      ...body,
      volatility: options.volatility ?? 'volatile',
      strict: options.strict ?? false,
      securityDefiner: options.securityDefiner ?? false,
      leakproof: options.leakproof ?? false,
      window: options.window ?? false,
      parallel: options.parallel ?? 'unsafe',
      cost: options.cost === undefined || options.cost === usualCost ? null : options.cost,
      rows: options.rows === undefined || (setOf && options.rows === 1000) ? null : options.rows,
      support: options.support === undefined ? null : namedFunction(options.support),
      settings: Object.entries(options.settings ?? {}).map(([key, value]) =>
        typeof value === 'string' ? setting(key, value) : { name: key.toLowerCase(), values: [...value] },
      ),
      transforms: (options.transforms ?? []).map((type) => resolvedType(type, place, what)),
      ...(options.renamedFrom === undefined ? {} : { renamedFrom: options.renamedFrom }),
      source,
    }
    return { kind: routineKind, object, ...(options.comment === undefined ? {} : { comment: options.comment }) }
  }
}

/**
 * A function, for `model.has(…)`, `e.has(…)` and `@With(…)`. What is not said has PostgreSQL's default.
 * The same name with other types of arguments is another function.
 * @throws UsageError USAGE where it has no body, or a body and a statement
 * @example
 * model.has(sqlFunction('full_name', {
 *   arguments: { first: text(), last: text() },
 *   returns: text(),
 *   volatility: 'immutable',
 *   statement: sql`return first || ' ' || last`,
 * }))
 * // create function "public"."full_name"("first" text, "last" text) returns text language "sql" immutable return first || ' ' || last
 * @example
 * sqlFunction('touch', { returns: 'trigger', body: 'begin new.updated_at := now(); return new; end' })
 */
export function sqlFunction(name: string, options: FunctionOptions): PlacedObject {
  return routineOf('function', name, options, sourceOf(sqlFunction))
}

/**
 * A procedure, for `model.has(…)`, `e.has(…)` and `@With(…)`.
 * @throws UsageError USAGE where it has no body, or a body and a statement
 * @example
 * model.has(procedure('archive', { arguments: { before: date() }, language: 'sql', body: 'delete from events where at < before' }))
 * // create procedure "public"."archive"("before" date) language "sql" as $$delete from events where at < before$$
 */
export function procedure(name: string, options: ProcedureOptions): PlacedObject {
  return routineOf('procedure', name, options, sourceOf(procedure))
}
