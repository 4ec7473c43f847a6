// Logging of statements: how long each took, secrets redacted, parameters never shown.
import { redact } from './redact.js'

export interface LogOptions {
  /** Log every statement with its time. Default false. */
  readonly logQueries?: boolean | undefined
  /** Where log lines go. Default stderr. */
  readonly log?: ((line: string) => void) | undefined
}

/** Runs a statement; logs it with its milliseconds. */
export type StatementLog = <T>(text: string, work: () => Promise<T>) => Promise<T>

const toStderr = (line: string): void => void process.stderr.write(`${line}\n`)

/** A log line looks like `[lockstep] 1.3 ms  select 1`, and `failed after 1.3 ms` where it failed. */
export function statementLog(options: LogOptions): StatementLog {
  if (!options.logQueries) return (_text, work) => work()
  const log = options.log ?? toStderr
  return async (text, work) => {
    const started = performance.now()
    const write = (before: string) =>
      log(`[lockstep] ${before}${(performance.now() - started).toFixed(1)} ms  ${redact(text.trim())}`)
    try {
      const result = await work()
      write('')
      return result
    } catch (error) {
      write('failed after ')
      throw error
    }
  }
}
