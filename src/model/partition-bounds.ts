// The bound of a declared partition: its text, and what is wrong with it as far as that can be seen without a server.
import { isSql, literal } from '../sql/sql.js'
import type { BoundValue, PartitionOptions } from './draft.js'
import type { PartitionByConfig } from './model-config.js'

const listed = (values: BoundValue | readonly BoundValue[]): readonly BoundValue[] =>
  Array.isArray(values) ? (values as readonly BoundValue[]) : [values as BoundValue]

/** `FOR VALUES …` or `DEFAULT`. */
export function boundOf(partition: PartitionOptions): string {
  const list = (values: BoundValue | readonly BoundValue[]) => `(${listed(values).map(valueText).join(', ')})`
  if ('default' in partition) return 'DEFAULT'
  if ('in' in partition) return `FOR VALUES IN ${list(partition.in)}`
  if ('modulus' in partition)
    return `FOR VALUES WITH (modulus ${Number(partition.modulus)}, remainder ${Number(partition.remainder)})`
  return `FOR VALUES FROM ${list(partition.from)} TO ${list(partition.to)}`
}

function valueText(value: BoundValue): string {
  if (isSql(value)) return value.text
  if (value === null) return 'NULL'
  if (value instanceof Date) return literal(value.toISOString()).text
  return typeof value === 'string' ? literal(value).text : String(value)
}

const written: Readonly<Record<PartitionByConfig['strategy'], string>> = {
  range: "{ name: '…', from: '2024-01-01', to: '2025-01-01' }",
  list: "{ name: '…', in: ['a', 'b'] }",
  hash: "{ name: '…', modulus: 4, remainder: 0 }",
}

/** Why it cannot be; whether a range is empty or overlaps another one, the server says. */
export function boundProblem(
  partition: PartitionOptions,
  strategy: PartitionByConfig['strategy'],
  keys: number,
): { readonly message: string; readonly hint: string } | undefined {
  const ways = (['default', 'in', 'modulus', 'from'] as const).filter((way) => way in partition)
  const [way] = ways
  const means = { default: strategy, in: 'list', modulus: 'hash', from: 'range' } as const
  const hint = `Write ${written[strategy]}${strategy === 'hash' ? '' : ", or { name: '…', default: true }"}.`
  if (way === undefined || ways.length > 1 || means[way] !== strategy)
    return { message: `has no bound of a table that is partitioned by ${strategy}`, hint }
  if (way === 'default')
    return strategy === 'hash' ? { message: 'cannot be the default one: hashes have none', hint } : undefined
  if ('modulus' in partition) {
    const { modulus, remainder } = partition
    const fits = Number.isInteger(modulus) && Number.isInteger(remainder) && remainder >= 0 && remainder < modulus
    return fits ? undefined : { message: `has the remainder ${remainder} of ${modulus}, which no hash has`, hint }
  }
  if ('in' in partition) return partition.in.length > 0 ? undefined : { message: 'has an empty list', hint }
  if (!('from' in partition)) return undefined
  const [from, to] = [listed(partition.from), listed(partition.to)]
  if (from.length !== keys || to.length !== keys)
    return {
      message: `goes from ${counted(from.length)} to ${counted(to.length)}, but the partition key has ${keys}`,
      hint: 'Give one for each part of the key, in its order; sql`minvalue` and sql`maxvalue` stand for no limit.',
    }
  return [...from, ...to].some((value) => value === null || value === undefined)
    ? { message: 'has NULL in its range', hint: 'Rows with NULL lie in the default partition: { default: true }.' }
    : undefined
}

const counted = (count: number): string => (count === 1 ? '1 value' : `${count} values`)
