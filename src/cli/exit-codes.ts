// The four exit codes, and which errors end in which.
import { type ErrorCode, LockHeldError, LockstepError, RefusedError, UsageError } from '../errors.js'

/** 0 done or in step; 1 failed; 2 wrong usage or configuration; 3 refused, or not in step. */
export const exitCodes = { done: 0, failed: 1, usage: 2, refused: 3 } as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** Usage errors of the hook's code, not of the program's: the run failed. */
const failures: ReadonlySet<ErrorCode> = new Set(['CLIENT_ENDED', 'HOOK_NOT_AWAITED', 'TRANSACTION_CONTROL_REFUSED'])

/** The exit code that an error ends in. A held lock is a failure: nothing was refused, and a later run may go through. */
export function exitCodeOf(error: unknown): ExitCode {
  if (!(error instanceof LockstepError) || error instanceof LockHeldError || failures.has(error.code))
    return exitCodes.failed
  if (error instanceof RefusedError || error.code === 'FORBIDDEN_HERE') return exitCodes.refused
  return error instanceof UsageError ? exitCodes.usage : exitCodes.failed
}
