// Into how many transactions a plan has to be split: after values that need a commit, and where the server's lock table would overflow.
import type { DatabaseClient } from '../client/database-client.js'
import type { Plan, Step } from '../engine/plan.js'
import type { Registry } from '../engine/registry.js'
import { RefusedError } from '../errors.js'

export interface SplitOptions {
  /** Commit everything first that can be used only after a commit, needed or not. */
  readonly force: boolean
  /** May go on in batches where one transaction needs too many locks. */
  readonly batches: boolean
  readonly registry: Registry
}

/** Room left for readings and for other sessions. */
const share = 0.7

/** Indexes of the steps at which a transaction begins; always at least `[0]`. */
export async function splitByLocks(
  session: DatabaseClient,
  plan: Plan,
  { force, batches, registry }: SplitOptions,
): Promise<readonly number[]> {
  const locks = plan.steps.map((step) => registry.spec(step.operation.type).locks?.(step.operation) ?? 1)
  const total = locks.reduce((sum, count) => sum + count, 0)
  const starts = new Set([0])
  const last = plan.steps.findLastIndex((step) => commitsAfter(step, force, registry))
  if (last >= 0) starts.add(last + 1)
  if (total > 1000) {
    const [result] = await session.script(
      "select current_setting('max_locks_per_transaction'), current_setting('max_connections'), current_setting('max_prepared_transactions')",
    )
    const [each = 64, connections = 100, prepared = 0] = (result?.rows[0] ?? []).map(Number)
    const room = Math.floor(each * (connections + prepared) * share)
    if (total > room) {
      if (!batches) throw tooMany(total, Math.ceil(total / share / (connections + prepared)))
      let used = 0
      locks.forEach((count, index) => {
        used += count
        if (used > room) {
          starts.add(index)
          used = count
        }
      })
    }
  }
  return [...starts]
    .filter(
      (start) =>
        start === 0 || start < plan.steps.length || commitsAfter(plan.steps[start - 1] as Step, force, registry),
    )
    .sort((a, b) => a - b)
}

const commitsAfter = (step: Step, force: boolean, registry: Registry): boolean =>
  step.transaction === 'commit-after' || (force && registry.spec(step.operation.type).transaction !== undefined)

const tooMany = (needed: number, setting: number): RefusedError =>
  new RefusedError(
    'TOO_MANY_LOCKS',
    `This plan needs about ${needed} lock table entries in one transaction, more than the server has; nothing was changed.`,
    {
      hint: `Set max_locks_per_transaction to at least ${setting} and restart the server, or migrate a part at a time with --schemas.`,
      details: { needed, setting: 'max_locks_per_transaction', value: setting },
    },
  )
