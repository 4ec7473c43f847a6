// Whether what was read back is what the run was to lead to.
import type { Step } from '../engine/plan.js'
import { ExecutionError } from '../errors.js'
import type { Prepared } from './run.js'

export function verify<P extends Prepared>(left: readonly Step[], before: P, after: P): void {
  if (left.length > 0) {
    throw new ExecutionError(
      'NOT_VERIFIED',
      `After all steps the database still differed from what was wanted, so everything was rolled back. Left to do:\n${list(left)}`,
      {},
      {
        hint: 'If onMigrationComplete changes what the model declares, let the model declare it. Otherwise this is a defect of Lockstep: please report these lines.',
        details: { left: left.map((step) => ({ description: step.description, sql: step.sql })) },
      },
    )
  }
  const missing = before.makesWay.filter((key) => !after.keys.has(key))
  if (missing.length > 0) {
    throw new ExecutionError(
      'HOOK_OBJECT_MISSING',
      `The hook did not make again what made way for this migration, so everything was rolled back: ${missing.join(', ')}.`,
      {},
      {
        hint: 'Let onMigrationComplete create it (create … if not exists, create or replace …), or drop it yourself first.',
        details: { missing },
      },
    )
  }
}

/** What is left must be what was planned; a step that an earlier one has settled (a default follows its renamed value) may be gone. */
export function verifyRest(left: readonly Step[], expected: readonly Step[]): void {
  const planned = new Set(expected.map((step) => step.description))
  if (left.every((step) => planned.has(step.description))) return
  throw new ExecutionError(
    'NOT_VERIFIED',
    `After the first steps the database was not as expected, so they were rolled back. Left to do:\n${list(left)}`,
    {},
    {
      hint: 'Run `lockstep plan`: somebody else may be changing the database.',
      details: { left: left.map((step) => step.description), expected: expected.map((step) => step.description) },
    },
  )
}

const list = (steps: readonly Step[]): string =>
  steps
    .slice(0, 20)
    .map((step, index) => `  ${index + 1}. ${step.description}`)
    .join('\n')
