// The hook inside a run: under the user's search path, on a client that refuses what would end the transaction.
import { setSearchPath } from '../catalog/session-settings.js'
import type { DatabaseSession } from '../client/database-client.js'
import { ExecutionError, LockstepError } from '../errors.js'
import { executionError, sqlstateOf } from './failure.js'
import { HookClient, type HookName } from './hook-client.js'
import type { Prepared, RunRequest } from './run.js'

export interface HookRun {
  readonly ran: boolean
  readonly names: readonly HookName[]
  /** Keys of what was there before the hook ran. */
  readonly prior: ReadonlySet<string>
}

export async function runHook<P extends Prepared>(
  request: RunRequest<P>,
  session: DatabaseSession,
  before: P,
): Promise<HookRun> {
  if (!request.hook) return { ran: false, names: [], prior: before.keys }
  const prior = before.plan.steps.length === 0 ? before : await request.prepare(session)
  request.onEvent({ type: 'hook-start' })
  const began = performance.now()
  const client = new HookClient(session, await request.inspector())
  await session.script(setSearchPath(before.path).text)
  try {
    await request.hook(client)
  } catch (cause) {
    if (request.signal?.aborted) throw cause
    if (cause instanceof LockstepError) throw cause
    if (sqlstateOf(cause) === '55P04') throw cause
    const failure = executionError(cause, { what: 'The hook onMigrationComplete' })
    throw new ExecutionError('HOOK_FAILED', failure.message, (failure as ExecutionError).failed, {
      cause,
      ...(failure.hint ? { hint: failure.hint } : {}),
    })
  } finally {
    client.close()
  }
  request.onEvent({ type: 'hook-done', milliseconds: Math.round(performance.now() - began) })
  return { ran: true, names: client.names, prior: prior.keys }
}
