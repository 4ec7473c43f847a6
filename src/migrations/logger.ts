// The structured logger that a manager takes: pino's shape, so that a pino, or anything like it, fits as it is.

/** One level of pino's. */
export type LogMethod = (fields: Readonly<Record<string, unknown>>, message: string) => void

export interface Logger {
  readonly debug: LogMethod
  readonly info: LogMethod
  readonly warn: LogMethod
  readonly error: LogMethod
}

const nothing: LogMethod = () => undefined

/** Says nothing: the default. Listeners of events are told everything in any case. */
export const silentLogger: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing }

const levels = ['debug', 'info', 'warn', 'error'] as const

/** Bound, so that loggers whose methods need `this` work; what a logger throws never breaks a migration. */
export function safeLogger(logger: Logger): Logger {
  const safe = (level: (typeof levels)[number]): LogMethod => {
    return (fields, message) => {
      try {
        logger[level](fields, message)
      } catch {
        // A broken log line is not worth a broken migration.
      }
    }
  }
  return Object.fromEntries(levels.map((level) => [level, safe(level)])) as unknown as Logger
}
