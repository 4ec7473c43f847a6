// Counts what is at stake: each risk's own query, asked before anybody is asked.
import type { DatabaseClient } from '../client/database-client.js'
import type { Risk } from '../engine/kind.js'
import type { Plan } from '../engine/plan.js'

/** The plan with `measured` filled where it can be; a count that fails (no right, no table yet) stays null. */
export async function measured(plan: Plan, client: DatabaseClient): Promise<Plan> {
  const steps = []
  for (const step of plan.steps) {
    const risks: Risk[] = []
    for (const risk of step.risks)
      risks.push({ ...risk, measured: risk.measure ? await count(risk.measure.text, client) : null })
    steps.push({ ...step, risks })
  }
  return { ...plan, steps }
}

async function count(text: string, client: DatabaseClient): Promise<Readonly<Record<string, number>> | null> {
  try {
    const [result] = await client.script(text)
    const row = result?.rows[0]
    return row && result ? Object.fromEntries(result.fields.map((field, index) => [field, Number(row[index])])) : null
  } catch {
    return null
  }
}
