// Risks whose count alone decides: rows that a step could not carry over stop the run before anything is sent.
import type { DatabaseClient } from '../client/database-client.js'
import type { Plan } from '../engine/plan.js'
import { type ErrorCode, errorCodes, PlanError } from '../errors.js'
import { measured } from './measure.js'

/** @throws PlanError VALUES_IN_USE with the count per column, where rows hold what the plan has no place for; a risk whose code is an error's is that error */
export async function refuseStopped(plan: Plan, client: DatabaseClient): Promise<void> {
  const steps = plan.steps.flatMap((step) => {
    const risks = step.risks.filter((risk) => risk.stops !== undefined)
    return risks.length === 0 ? [] : [{ ...step, risks }]
  })
  if (steps.length === 0) return
  const counted = await measured({ ...plan, steps }, client)
  const held = counted.steps.flatMap((step) =>
    step.risks.flatMap((risk) =>
      (risk.measured?.rows ?? 0) > 0 ? [{ step, risk, rows: risk.measured?.rows ?? 0 }] : [],
    ),
  )
  const [first] = held
  if (!first) return
  const own = held.find(({ risk }) => risk.code in errorCodes)
  if (own)
    throw new PlanError(
      own.risk.code as ErrorCode,
      `Nothing was changed. ${own.step.description}: ${own.risk.reason}`,
      {
        ...(own.risk.stops === undefined ? {} : { hint: own.risk.stops }),
        details: { object: own.step.object },
      },
    )
  const lines = held.map(({ step, risk, rows }) => `  - ${step.description}: ${rows} rows. ${risk.reason}`)
  throw new PlanError(
    'VALUES_IN_USE',
    `Nothing was changed: rows hold values that would have no place any more.\n${lines.join('\n')}`,
    {
      ...(first.risk.stops === undefined ? {} : { hint: first.risk.stops }),
      details: { columns: held.map(({ step, rows }) => ({ object: step.object, rows })) },
    },
  )
}
