// One step: its statements under the search path of its object, its events, its failure in words.
import { setSearchPath } from '../catalog/session-settings.js'
import type { DatabaseSession } from '../client/database-client.js'
import type { Step, StepReport } from '../engine/plan.js'
import { executionError } from './failure.js'
import type { Prepared, RunRequest } from './run.js'

export async function runStep<P extends Prepared>(
  request: RunRequest<P>,
  session: DatabaseSession,
  step: Step,
  index: number,
  path: readonly string[],
): Promise<StepReport> {
  request.signal?.throwIfAborted()
  request.onEvent({ type: 'step-start', step: index, description: step.description })
  const began = performance.now()
  // A routine may be made before what its body speaks of.
  const head = `set local check_function_bodies = off; ${setSearchPath([step.operation.schemaName, ...path]).text};\n`
  const text = step.sql.join(';\n')
  try {
    await session.script(head + text)
  } catch (cause) {
    if (request.signal?.aborted) throw cause
    throw executionError(cause, {
      step: index,
      plan: step,
      sql: text,
      offset: head.length,
      what: `Step ${index + 1} (${step.description})`,
    })
  }
  const milliseconds = Math.round(performance.now() - began)
  request.onEvent({ type: 'step-done', step: index, milliseconds })
  return { step: index, outcome: 'applied', milliseconds }
}
