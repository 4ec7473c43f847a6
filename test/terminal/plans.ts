// Plans for the tests of the terminal.
import type { Plan, Step } from '../../src/engine/plan.js'

export function step(description: string, more: Partial<Step> = {}): Step {
  return {
    operation: { type: 'drop_column', schemaName: 'public' } as Step['operation'],
    description,
    sql: ['alter table "users" drop column "old"'],
    risks: [],
    transaction: 'inside',
    object: { kind: 'column', schemaName: 'public', table: 'users', name: 'old' },
    ...more,
  }
}

export const dropOld = step("Drop column 'users.old_field'", {
  risks: [
    {
      level: 'data-loss',
      code: 'DROPS_COLUMN',
      reason: "All values of 'users.old_field' are lost.",
      measured: { rows: 10241, values: 12 },
    },
  ],
})

export function plan(steps: readonly Step[], more: Partial<Plan> = {}): Plan {
  return {
    format: 1,
    basedOn: 'sha256:ab',
    inStep: steps.length === 0,
    steps,
    questions: [],
    notManaged: [],
    blocked: [],
    searchPath: ['public'],
    ...more,
  }
}
