// Durations as people write them: 500ms, 10s, 2m, 1h, plain milliseconds, or none.
import { UsageError } from '../errors.js'

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, min: 60_000, h: 3_600_000 }
const longest = 2_147_483_647

/**
 * Milliseconds of a duration. A number, or a text without a unit, is milliseconds already; `none` is 0.
 * @throws UsageError USAGE where it is none, negative, or longer than PostgreSQL's limit of 2147483647 ms
 * @example duration('2m', '--wait')   // 120000
 */
export function duration(value: string | number, where: string): number {
  const text = String(value).trim().toLowerCase()
  const [, amount, unit = 'ms'] = /^(\d+(?:\.\d+)?)\s*([a-z]+)?$/.exec(text === 'none' ? '0' : text) ?? []
  const factor = units[unit]
  const milliseconds = amount === undefined || factor === undefined ? Number.NaN : Math.round(Number(amount) * factor)
  if (Number.isFinite(milliseconds) && milliseconds <= longest) return milliseconds
  throw new UsageError('USAGE', `${where}: '${value}' is not a duration.`, {
    hint: 'Write 500ms, 10s, 2m or 1h, plain milliseconds, or 0 for none (at most 2147483647 ms).',
  })
}
