// Whether a default that is given as a value is one of the column's type.
import type { ColumnType } from './column-types.js'
import { builtinType } from './type-names.js'

const ranges: Readonly<Record<string, readonly [bigint, bigint]>> = {
  int2: [-32768n, 32767n],
  int4: [-2147483648n, 2147483647n],
  int8: [-9223372036854775808n, 9223372036854775807n],
}
const texts = new Set(['text', 'varchar', 'bpchar', 'name'])
const times = new Set(['date', 'timestamp', 'timestamptz'])

/** What is wrong with the value, as the end of a sentence: "is not …"; undefined where nothing is. */
export function defaultProblem(value: unknown, type: ColumnType<unknown>): string | undefined {
  if (typeof value === 'function' || typeof value === 'symbol') return `is a ${typeof value}`
  if (type.more.array) {
    if (!Array.isArray(value)) return typeof value === 'string' ? undefined : 'is not an array'
    const element = {
      ...type,
      sql: type.sql.replace(/\[\]$/, ''),
      more: { ...type.more, array: undefined },
    } as unknown as ColumnType<unknown>
    return value
      .flat(8)
      .map((item) => (item === null ? undefined : defaultProblem(item, element)))
      .find((problem) => problem !== undefined)
  }
  const labels = type.more.enum?.values
  if (labels)
    return labels.includes(value as string)
      ? undefined
      : `is none of the labels ${labels.map((label) => `'${label}'`).join(', ')}`
  const name = type.more.own ? undefined : builtinType(type.sql)
  return name === undefined ? undefined : problemOf(value, name, type.sql)
}

function problemOf(value: unknown, name: string, sql: string): string | undefined {
  const range = ranges[name]
  if (range) return integerProblem(value, range)
  if (name === 'float4' || name === 'float8')
    return typeof value === 'number' || (typeof value === 'string' && !Number.isNaN(Number(value)))
      ? undefined
      : 'is not a number'
  if (name === 'numeric')
    return (typeof value === 'number' && !Number.isNaN(value)) ||
      typeof value === 'bigint' ||
      (typeof value === 'string' && /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(value))
      ? undefined
      : 'is not a number'
  if (name === 'bool') return typeof value === 'boolean' ? undefined : 'is not true or false'
  if (texts.has(name)) return textProblem(value, sql)
  if (times.has(name))
    return value instanceof Date
      ? Number.isNaN(value.getTime())
        ? 'is not a valid date'
        : undefined
      : typeof value === 'string'
        ? undefined
        : 'is not a Date'
  if (name === 'bytea') return value instanceof Uint8Array ? undefined : 'is not a Buffer'
  if (name === 'json' || name === 'jsonb') return jsonProblem(value)
  if (name === 'uuid')
    return typeof value === 'string' && /^\{?[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}\}?$/i.test(value)
      ? undefined
      : 'is not a UUID'
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint'
    ? undefined
    : 'is not a text that PostgreSQL could read'
}

function integerProblem(value: unknown, [least, most]: readonly [bigint, bigint]): string | undefined {
  if (
    !(
      typeof value === 'bigint' ||
      (typeof value === 'number' && Number.isInteger(value)) ||
      (typeof value === 'string' && /^\s*[-+]?\d+\s*$/.test(value))
    )
  )
    return 'is not an integer'
  const number = BigInt(typeof value === 'string' ? value.trim().replace(/^\+/, '') : value)
  return number < least || number > most ? `is not between ${least} and ${most}` : undefined
}

function textProblem(value: unknown, sql: string): string | undefined {
  if (typeof value !== 'string') return 'is not a string'
  if (value.includes('\0')) return 'contains a NUL character'
  const length = /\((\d+)\)$/.exec(sql)?.[1]
  return length !== undefined && [...value.trimEnd()].length > Number(length)
    ? `is longer than ${length} characters`
    : undefined
}

function jsonProblem(value: unknown): string | undefined {
  try {
    return JSON.stringify(value) === undefined ? 'cannot be written as JSON' : undefined
  } catch {
    return 'cannot be written as JSON'
  }
}
