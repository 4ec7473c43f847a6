// The types of columns: each knows its SQL text and what the database yields for it, so that a property can be checked when it is compiled.
import type { FurtherObject, SourceOf } from './model-config.js'
import { sourceOf } from './source-line.js'

/** Values as node-postgres yields them by default. */
export interface Interval {
  readonly years?: number
  readonly months?: number
  readonly days?: number
  readonly hours?: number
  readonly minutes?: number
  readonly seconds?: number
  readonly milliseconds?: number
}
export interface Point {
  readonly x: number
  readonly y: number
}
export interface Circle extends Point {
  readonly radius: number
}

/** A column's type. `T` is what the database yields. */
export class ColumnType<T> {
  /** Only for the compiler. */
  declare readonly yields?: T

  constructor(
    /** As CREATE TABLE takes it, for example `numeric(10,2)`. */
    readonly sql: string,
    readonly more: {
      readonly serial?: true
      readonly array?: true
      readonly enum?: EnumDefinition
      readonly own?: Own
    } = {},
  ) {}

  /**
   * An array of this type.
   * @example @Column(text().array()) tags!: string[]   // tags text[] not null
   */
  array(): ColumnType<T[]> {
    return new ColumnType<T[]>(`${this.sql}[]`, { ...this.more, array: true })
  }
}

/** An object that lies in the context's default schema unless it says otherwise. */
export interface Own {
  readonly kind: string
  readonly name: string
  readonly schema?: string
  readonly source?: SourceOf
  /** Names of types that it takes. */
  readonly types: readonly string[]
  /** What it is made of, which is declared with it. */
  readonly of: readonly (ColumnType<unknown> | OwnCollation | undefined)[]
  declare(defaultSchema: string): FurtherObject
}

/** A collation of the model's own; `collation(…)` makes one. */
export class OwnCollation {
  constructor(readonly own: Own) {}
}

/** A collation as options take it: a name, a name with its schema, or one of the model's own. */
export type CollationReference = string | { readonly schema: string; readonly name: string } | OwnCollation

export interface EnumOptions {
  /** Default: the context's default schema. */
  readonly schema?: string
  readonly comment?: string | null
  readonly renamedFrom?: string
  /** new label → the label it had */
  readonly renamed?: Readonly<Record<string, string>>
  /** removed label → the label that rows which hold it have instead; may stay for ever */
  readonly replaced?: Readonly<Record<string, string>>
}

export interface EnumDefinition extends EnumOptions {
  readonly name: string
  readonly values: readonly string[]
  readonly source?: SourceOf
}

/** A type of the model's own; it is created with the first table that uses it, or by `model.enum(…)`. */
export class EnumType<V extends string> extends ColumnType<V> {
  constructor(readonly definition: EnumDefinition) {
    super(definition.name, { enum: definition })
  }
}

const plain =
  <T>(sql: string) =>
  (): ColumnType<T> =>
    new ColumnType<T>(sql)

const modified = (name: string, ...modifiers: readonly (number | undefined)[]): string => {
  const given = modifiers.filter((one) => one !== undefined)
  return given.length === 0 ? name : `${name}(${given.join(',')})`
}

export const smallint = plain<number>('smallint')
export const integer = plain<number>('integer')
/** node-postgres yields int8 as a string; say `bigint<bigint>()` or `bigint<number>()` where your client parses it. */
export const bigint = <T extends string | number | bigint = string>(): ColumnType<T> => new ColumnType<T>('bigint')
/** An integer filled by a sequence that the column owns, `<table>_<column>_seq`. Prefer `identity` for new tables. */
export const serial = (): ColumnType<number> => new ColumnType<number>('integer', { serial: true })
export const smallserial = (): ColumnType<number> => new ColumnType<number>('smallint', { serial: true })
export const bigserial = <T extends string | number | bigint = string>(): ColumnType<T> =>
  new ColumnType<T>('bigint', { serial: true })
/** @example numeric(10, 2) */
export const numeric = <T extends string | number = string>(precision?: number, scale?: number): ColumnType<T> =>
  new ColumnType<T>(modified('numeric', precision, scale))
export const real = plain<number>('real')
export const doublePrecision = plain<number>('double precision')
export const money = plain<string>('money')

export const text = <T extends string = string>(): ColumnType<T> => new ColumnType<T>('text')
/** @example varchar<'a' | 'b'>(1) */
export const varchar = <T extends string = string>(length?: number): ColumnType<T> =>
  new ColumnType<T>(modified('varchar', length))
/** Fixed length, padded with blanks; default 1. */
export const char = <T extends string = string>(length?: number): ColumnType<T> =>
  new ColumnType<T>(modified('char', length))
export const bytea = plain<Buffer>('bytea')
export const boolean = plain<boolean>('boolean')
export const uuid = plain<string>('uuid')
export const json = <T = unknown>(): ColumnType<T> => new ColumnType<T>('json')
export const jsonb = <T = unknown>(): ColumnType<T> => new ColumnType<T>('jsonb')
export const jsonpath = plain<string>('jsonpath')
export const xml = plain<string>('xml')

/** A Date, or a string where your client leaves dates as text: `date<string>()`. */
export const date = <T extends Date | string = Date>(): ColumnType<T> => new ColumnType<T>('date')
export const time = (precision?: number): ColumnType<string> => new ColumnType<string>(modified('time', precision))
export const timetz = (precision?: number): ColumnType<string> => new ColumnType<string>(modified('timetz', precision))
export const timestamp = <T extends Date | string = Date>(precision?: number): ColumnType<T> =>
  new ColumnType<T>(modified('timestamp', precision))
export const timestamptz = <T extends Date | string = Date>(precision?: number): ColumnType<T> =>
  new ColumnType<T>(modified('timestamptz', precision))
/** @example interval({ fields: 'day to second', precision: 3 }) */
export const interval = <T = Interval>(
  options: { readonly fields?: IntervalFields; readonly precision?: number } = {},
): ColumnType<T> =>
  new ColumnType<T>(
    `interval${options.fields ? ` ${options.fields}` : ''}${options.precision === undefined ? '' : `(${options.precision})`}`,
  )
export type IntervalFields =
  | 'year'
  | 'month'
  | 'day'
  | 'hour'
  | 'minute'
  | 'second'
  | 'year to month'
  | 'day to hour'
  | 'day to minute'
  | 'day to second'
  | 'hour to minute'
  | 'hour to second'
  | 'minute to second'

export const inet = plain<string>('inet')
export const cidr = plain<string>('cidr')
export const macaddr = plain<string>('macaddr')
export const macaddr8 = plain<string>('macaddr8')
export const bit = (length?: number): ColumnType<string> => new ColumnType<string>(modified('bit', length))
export const varbit = (length?: number): ColumnType<string> => new ColumnType<string>(modified('varbit', length))
export const point = plain<Point>('point')
export const line = plain<string>('line')
export const lseg = plain<string>('lseg')
export const box = plain<string>('box')
export const path = plain<string>('path')
export const polygon = plain<string>('polygon')
export const circle = plain<Circle>('circle')
export const tsvector = plain<string>('tsvector')
export const tsquery = plain<string>('tsquery')
export const int4range = plain<string>('int4range')
export const int8range = plain<string>('int8range')
export const numrange = plain<string>('numrange')
export const tsrange = plain<string>('tsrange')
export const tstzrange = plain<string>('tstzrange')
export const daterange = plain<string>('daterange')
export const int4multirange = plain<string>('int4multirange')
export const int8multirange = plain<string>('int8multirange')
export const nummultirange = plain<string>('nummultirange')
export const tsmultirange = plain<string>('tsmultirange')
export const tstzmultirange = plain<string>('tstzmultirange')
export const datemultirange = plain<string>('datemultirange')
export const oid = plain<number>('oid')
export const pgLsn = plain<string>('pg_lsn')

/**
 * Any other type, of an extension or made by hand, as SQL writes it.
 * @example customType<string>('vector(3)')
 * @example customType<string>('postgis.geometry(Point,4326)')
 */
export const customType = <T = unknown>(sql: string): ColumnType<T> => new ColumnType<T>(sql)

/** The array of a type; the same as `type.array()`. */
export const array = <T>(type: ColumnType<T>): ColumnType<T[]> => type.array()

/**
 * An enum type. The labels are the column's TypeScript type.
 * @example export const status = enumType('order_status', ['pending', 'done'])   // create type order_status as enum ('pending', 'done')
 */
export function enumType<const V extends readonly [string, ...string[]]>(
  name: string,
  values: V,
  options: EnumOptions = {},
): EnumType<V[number]> {
  return new EnumType<V[number]>({ ...options, name, values, source: sourceOf(enumType) })
}
