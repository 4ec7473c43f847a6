// The options that sequences and identity columns share: as data, as clauses, as the catalog has them.
import type { Risk } from '../engine/kind.js'
import { literal, raw, type Sql, sql } from '../sql/sql.js'

/** null in an option asks for PostgreSQL's default. */
export interface SequenceOptions {
  readonly dataType: 'smallint' | 'integer' | 'bigint'
  readonly start: string | null
  readonly increment: string
  readonly minValue: string | null
  readonly maxValue: string | null
  readonly cache: string
  readonly cycle: boolean
}

export interface SequenceOptionsRow {
  data_type: SequenceOptions['dataType']
  start: string
  increment: string
  min: string
  max: string
  cache: string
  cycle: string
}

const number = (text: string): Sql => raw(BigInt(text).toString())

/** The clauses for the options that `only` names, in the order that PostgreSQL documents. */
export function sequenceClauses(
  options: Partial<SequenceOptions>,
  only: (field: keyof SequenceOptions) => boolean = () => true,
): readonly Sql[] {
  const clause = (field: keyof SequenceOptions, make: (value: string) => Sql, none?: Sql): readonly Sql[] => {
    const value = options[field]
    if (!only(field) || value === undefined) return []
    if (value === null) return none ? [none] : []
    return [make(String(value))]
  }
  return [
    ...clause('dataType', (value) => sql`as ${raw(value)}`),
    ...clause('increment', (value) => sql`increment by ${number(value)}`),
    ...clause('minValue', (value) => sql`minvalue ${number(value)}`, sql`no minvalue`),
    ...clause('maxValue', (value) => sql`maxvalue ${number(value)}`, sql`no maxvalue`),
    ...clause('start', (value) => sql`start with ${number(value)}`),
    ...clause('cache', (value) => sql`cache ${number(value)}`),
    ...clause('cycle', (value) => (value === 'true' ? sql`cycle` : sql`no cycle`)),
  ]
}

/**
 * The clauses that lead from one to the other. What is left to PostgreSQL follows the other options: `start` the bounds, the bounds the
 * direction. Those of a sequence that turns round are spelled out, for along with AS PostgreSQL takes NO MAXVALUE for an ascending one's;
 * it has run out of them and starts again.
 */
export function changedClauses(from: Partial<SequenceOptions>, to: Partial<SequenceOptions>): readonly Sql[] {
  const turned = descends(from) !== descends(to)
  const follows = (field: keyof SequenceOptions) =>
    turned && (field === 'minValue' || field === 'maxValue') && to[field] === null && (from[field] ?? null) === null
  const differs = (field: keyof SequenceOptions) => to[field] !== undefined && (from[field] ?? null) !== to[field]
  const start = defaultStart(to)
  const usual = bounds(to)
  const said = turned ? { ...to, minValue: to.minValue ?? usual.minValue, maxValue: to.maxValue ?? usual.maxValue } : to
  return [
    ...sequenceClauses(said, (field) => differs(field) || follows(field)),
    ...(to.start === null && start !== (from.start ?? defaultStart(from)) ? [sql`start with ${number(start)}`] : []),
    ...(follows('minValue') || follows('maxValue') ? [sql`restart`] : []),
  ]
}

const descends = ({ increment }: Partial<SequenceOptions>): boolean => (increment ?? '1').startsWith('-')

const limits = { smallint: '32767', integer: '2147483647', bigint: '9223372036854775807' }
const lowest = { smallint: '-32768', integer: '-2147483648', bigint: '-9223372036854775808' }

/** PostgreSQL's defaults. */
const bounds = (options: Partial<SequenceOptions>): { readonly minValue: string; readonly maxValue: string } =>
  descends(options)
    ? { minValue: lowest[options.dataType ?? 'bigint'], maxValue: '-1' }
    : { minValue: '1', maxValue: limits[options.dataType ?? 'bigint'] }

type Bounds = { readonly least: bigint; readonly most: bigint }

function both(from: Partial<SequenceOptions>, to: Partial<SequenceOptions>) {
  const wanted = { ...from, ...to }
  const full = (options: Partial<SequenceOptions>): Bounds => ({
    least: BigInt(options.minValue ?? bounds(options).minValue),
    most: BigInt(options.maxValue ?? bounds(options).maxValue),
  })
  return { wanted, old: full(from), now: full(wanted) }
}

/** It starts again with the usual bounds of its new direction. */
const startsAgain = (from: Partial<SequenceOptions>, to: Partial<SequenceOptions>): boolean =>
  descends(from) !== descends(to) && to.minValue === null && to.maxValue === null

/** May a sequence that was used have come further than its new end? */
export function endsSooner(from: Partial<SequenceOptions>, to: Partial<SequenceOptions>): boolean {
  const { wanted, old, now } = both(from, to)
  return !startsAgain(from, to) && (descends(wanted) ? now.least > old.least : now.most < old.most)
}

/** What PostgreSQL may refuse about new bounds. */
export const narrowing = (shown: string): Risk => ({
  level: 'may-fail',
  code: 'NARROWS_SEQUENCE',
  reason: `Where '${shown}' has come further than its new end, PostgreSQL refuses that.`,
})

/**
 * Before its bounds narrow, a sequence that stands before them goes on to its new start, and so does one that was never used and stands
 * behind them: no value comes twice.
 */
export function intoBounds(
  sequence: Sql,
  from: Partial<SequenceOptions>,
  to: Partial<SequenceOptions>,
): readonly Sql[] {
  const { wanted, old, now } = both(from, to)
  if (startsAgain(from, to) || (now.least <= old.least && now.most >= old.most)) return []
  const start = BigInt(wanted.start ?? defaultStart(wanted))
  const reachable = start >= old.least && start <= old.most
  if (!reachable && from.dataType !== wanted.dataType) return []
  // Math.min takes no bigint.
  const all = [now.least, old.least, now.most, old.most].sort((a, b) => (a < b ? -1 : 1))
  const [least, most] = [all[0], all[3]]
  const value = (number: bigint) => raw(number.toString())
  const [below, above] = [sql`last_value < ${value(now.least)}`, sql`last_value > ${value(now.most)}`]
  const [before, behind] = descends(wanted) ? [above, below] : [below, above]
  return [
    ...(reachable
      ? []
      : [sql`alter sequence ${sequence} minvalue ${number(String(least))} maxvalue ${number(String(most))}`]),
    sql`select pg_catalog.setval(${literal(sequence.text)}, ${value(start)}, false) from ${sequence} where ${before} or (not is_called and ${behind})`,
  ]
}

const defaultStart = (options: Partial<SequenceOptions>): string =>
  descends(options) ? (options.maxValue ?? bounds(options).maxValue) : (options.minValue ?? bounds(options).minValue)

/** Options as PostgreSQL keeps them, with its defaults as null. */
export function readSequenceOptions(row: SequenceOptionsRow): SequenceOptions {
  const descending = row.increment.startsWith('-')
  const usual = bounds({ dataType: row.data_type, increment: row.increment })
  return {
    dataType: row.data_type,
    increment: row.increment,
    minValue: row.min === usual.minValue ? null : row.min,
    maxValue: row.max === usual.maxValue ? null : row.max,
    start: row.start === (descending ? row.max : row.min) ? null : row.start,
    cache: row.cache,
    cycle: row.cycle === 't' || row.cycle === 'true',
  }
}

/** Options as they were declared, with what PostgreSQL would choose anyway as null. */
export function declaredOptions(options: SequenceOptions): SequenceOptions {
  const usual = bounds(options)
  const own = {
    ...options,
    minValue: options.minValue === usual.minValue ? null : options.minValue,
    maxValue: options.maxValue === usual.maxValue ? null : options.maxValue,
  }
  return { ...own, start: own.start === defaultStart(own) ? null : own.start }
}
