// From a driver's error to one that shows the operation, its SQL with a caret, the SQLSTATE and what to do next.
import type { DatabaseErrorFields } from '../client/database-client.js'
import type { Step } from '../engine/plan.js'
import { ExecutionError, LockstepError } from '../errors.js'

/** What people can do about the SQLSTATEs that any statement meets. */
const hints: Readonly<Record<string, string>> = {
  '25006': 'The server is read-only (a standby, or default_transaction_read_only): connect to the primary.',
  '40P01': 'Two sessions waited for each other: run again.',
  '42501': 'The role lacks a right: grant it, or connect as the owner.',
  '53200': 'The server ran out of lock slots or memory: raise max_locks_per_transaction.',
  '55P03': 'A lock could not be had in time: another session uses the table. Run again, or raise --lock-timeout.',
  '57014': 'The statement was cancelled or ran into statement_timeout.',
  '57P01': 'The server ended the session.',
}

/** Those that steps of a plan meet, in the words of a model. */
const hintsOfSteps: Readonly<Record<string, string>> = {
  '22001': 'Values are longer than the new type allows: shorten them first, or give the column a `using` expression.',
  '22003': 'Values are out of range for the new type: correct them first, or give the column a `using` expression.',
  '22P02': 'Values cannot be read as the new type: correct them first, or give the column a `using` expression.',
  '23502': 'Rows hold NULL: give the column a `backfill` expression or a default.',
  '23503': 'Rows point to rows that do not exist: delete or correct them first.',
  '23505': 'Rows repeat: remove the duplicates first.',
  '23514': 'Rows break the check: correct them first.',
  '2BP01': 'Something that Lockstep does not manage depends on it: drop that first.',
  '42601': 'The SQL text in the model is not valid: look at the caret.',
  '42703': 'A column that the SQL text names does not exist: SQL texts use column names, not property names.',
  '42704': 'A type or object that the model names does not exist: an extension may be missing.',
  '42804': 'The types do not fit: compare the default or expression with the type of its column.',
  '42883': 'A function or operator that the SQL text names does not exist for these types.',
  '42P07': 'A relation of that name exists already and is not ours.',
}

export const sqlstateOf = (error: unknown): string | undefined => {
  const code = (error as Partial<DatabaseErrorFields> | null)?.code
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined
}

/** The line of `text` that holds `position` (1-based), with a caret under it. */
export function caret(text: string, position: number | undefined): string {
  if (position === undefined || position < 1 || position > text.length + 1) return text
  const start = text.lastIndexOf('\n', position - 2) + 1
  const end = text.indexOf('\n', position - 1)
  const stop = end < 0 ? text.length : end
  return `${text.slice(0, stop)}\n${' '.repeat(position - 1 - start)}^${text.slice(stop)}`
}

/** `at.sql` is what was sent; `offset` is how many characters were sent in front of it. */
export function executionError(
  cause: unknown,
  at: {
    readonly step?: number
    readonly plan?: Step
    readonly sql?: string
    readonly offset?: number
    /** SQL that somebody wrote, not a step of a plan. */
    readonly ownSql?: true
    readonly what: string
  },
): LockstepError {
  if (cause instanceof LockstepError) return cause
  const fields = cause as Partial<DatabaseErrorFields>
  const sqlstate = sqlstateOf(cause)
  const raw = fields.position === undefined ? undefined : Number(fields.position) - (at.offset ?? 0)
  const position = raw !== undefined && raw > 0 ? raw : undefined
  const message = cause instanceof Error ? cause.message : String(cause)
  const lines = [
    `${at.what} failed: ${message}${sqlstate ? ` (SQLSTATE ${sqlstate})` : ''}`,
    ...(fields.detail ? [`  ${fields.detail}`] : []),
    ...(at.sql === undefined
      ? []
      : [
          '',
          ...caret(at.sql, position)
            .split('\n')
            .map((line) => `  ${line}`),
        ]),
    '',
    'Everything was rolled back: the database is as it was.',
  ]
  const known =
    sqlstate === undefined ? undefined : (hints[sqlstate] ?? (at.ownSql ? undefined : hintsOfSteps[sqlstate]))
  const hint = known ?? fields.hint
  return new ExecutionError(
    at.plan ? 'STEP_FAILED' : 'RUN_FAILED',
    lines.join('\n'),
    {
      ...(at.step === undefined ? {} : { step: at.step + 1 }),
      ...(at.plan ? { description: at.plan.description } : {}),
      ...(at.sql === undefined ? {} : { sql: at.sql }),
      ...(sqlstate === undefined ? {} : { sqlstate }),
      ...(position === undefined ? {} : { position }),
      ...(fields.detail ? { detail: fields.detail } : {}),
    },
    { cause, ...(hint ? { hint } : {}) },
  )
}
