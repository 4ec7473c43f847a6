// The Confirmer port: who decides whether a plan with data-loss may run. Nothing here knows a terminal.

import { display } from '../engine/identity.js'
import type { Risk, RiskLevel } from '../engine/kind.js'
import type { Decision, Plan } from '../engine/plan.js'
import { UsageError } from '../errors.js'

/** Asked once, before anything is executed, and only where a step has a risk of level data-loss that no allowance covers. */
export type Confirmer = (plan: Plan) => Promise<Decision>

/** What may happen without a question: a risk code or a level, for all objects or for one (`DROPS_COLUMN:users.old`). */
export interface Allowance {
  readonly allowed: readonly string[]
}

export const riskLevels: readonly RiskLevel[] = ['data-loss', 'blocking', 'may-fail']

/** Every code that a risk can have; docs/safety.md explains them, a guard compares them with the kinds. */
export const riskCodes: readonly string[] = [
  'ADDS_CHECK',
  'ADDS_EXCLUSION',
  'ADDS_FOREIGN_KEY',
  'ATTACHES_PARTITION',
  'ADDS_NOT_NULL_COLUMN',
  'ADDS_UNIQUE',
  'BUILDS_INDEX',
  'CHANGES_TYPE',
  'DROPS_ATTRIBUTE',
  'DROPS_COLUMN',
  'DROPS_EXTENSION',
  'DROPS_SEQUENCE',
  'DROPS_TABLE',
  'DROPS_UNDECLARED',
  'LOCKS_TABLE',
  'LOSES_PRIVILEGES',
  'NARROWS_SEQUENCE',
  'NARROWS_TYPE',
  'NO_UPDATE_PATH',
  'RECOMPUTES_MATERIALIZED_VIEW',
  'REMOVES_VALUES',
  'REWRITES_TABLE',
  'SETS_NOT_NULL',
]

/**
 * Allows risks by code or level, for all objects or for one.
 * @example await schema.migrate({ confirm: allow('DROPS_COLUMN:users.old', 'may-fail') })
 */
export function allow(...allowed: readonly string[]): Allowance {
  for (const text of allowed) checkAllowance(text)
  return { allowed }
}

/** @throws USAGE for a code or level that there is none of */
export function checkAllowance(text: string): void {
  const name = text.split(':', 1)[0] ?? ''
  if (riskLevels.includes(name as RiskLevel) || riskCodes.includes(name)) return
  throw new UsageError('USAGE', `There is no risk '${name}'.`, {
    hint: `Levels: ${riskLevels.join(', ')}. Codes: ${riskCodes.join(', ')}.`,
  })
}

/** The data-loss risks of a plan that `allowed` does not cover, with the step each belongs to. */
export function uncovered(
  plan: Plan,
  allowed: readonly string[],
): readonly { readonly step: number; readonly risk: Risk }[] {
  return plan.steps.flatMap((step, index) =>
    step.risks
      .filter(
        (risk) => risk.level === 'data-loss' && !allowed.some((entry) => covers(entry, risk, display(step.object))),
      )
      .map((risk) => ({ step: index, risk })),
  )
}

function covers(entry: string, risk: Risk, object: string): boolean {
  const colon = entry.indexOf(':')
  const name = colon < 0 ? entry : entry.slice(0, colon)
  if (colon >= 0 && entry.slice(colon + 1) !== object) return false
  return riskLevels.includes(name as RiskLevel) ? risk.level === name : risk.code === name
}
