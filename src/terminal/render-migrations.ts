// File migrations as people read them: status, history, what a run does and did, findings.
import type { MigrationIssue } from '../errors.js'
import type { Rehearsed } from '../migrations/dry-run.js'
import type { HistoryRow } from '../migrations/journal.js'
import type { MigrationStatus } from '../migrations/status.js'
import type { ValidationReport } from '../migrations/validate.js'
import { painter } from './colors.js'
import { printable, printableLines } from './printable.js'
import { count, type RenderOptions } from './render.js'
import { type Cell, table } from './tables.js'

const time = (iso: string | null): string => (iso ?? '').replace('T', ' ').replace(/\.\d+Z$/, '')
const took = (milliseconds: number | null): string => (milliseconds === null ? '' : `${milliseconds} ms`)
const yes = (flag: boolean): Cell => (flag ? 'yes' : { text: 'no', color: 'yellow' })

/** What is applied, pending, failed; the lock; what `up` would complain about. */
export function renderStatus(status: MigrationStatus, options: RenderOptions): string {
  const paint = painter(options.color)
  const failed = new Map(status.failed.map((one) => [one.version, one]))
  const rows: (readonly Cell[])[] = [
    ...status.applied.map((one): readonly Cell[] => [
      one.version,
      one.name,
      one.fileExists ? { text: 'applied', color: 'green' } : { text: 'applied, file gone', color: 'red' },
      time(one.appliedAt),
      String(one.batch ?? ''),
      took(one.executionTime),
      yes(one.reversible),
    ]),
    ...status.pending.map((one): readonly Cell[] => {
      const failure = failed.get(one.version)
      const state: Cell = failure?.halfway
        ? { text: 'half way', color: 'red' }
        : failure
          ? { text: 'failed, pending', color: 'red' }
          : { text: one.running ? 'running' : 'pending', color: 'yellow' }
      return [one.version, one.name, state, '', '', '', one.reversible ? 'yes' : '']
    }),
  ]
  const { summary } = status
  const parts = [
    rows.length === 0
      ? 'There are no migrations.'
      : table(['version', 'name', 'status', 'applied (UTC)', 'batch', 'took', 'reversible'], rows, options),
    `${count(summary.applied, 'applied').replace(/ applieds?$/, ' applied')}, ${summary.pending} pending${summary.failed > 0 ? paint.red(`, ${summary.failed} failed`) : ''}.`,
    ...status.failed.flatMap((one) =>
      one.error ? [`${paint.red('failed')} ${printable(one.file)}: ${printableLines(one.error)}`] : [],
    ),
    ...(status.locked
      ? [
          `${paint.yellow('locked')} by ${printable(status.locked.holder)} (backend ${status.locked.pid}) since ${status.locked.acquiredAt}: ${printable(status.locked.reason)}`,
        ]
      : []),
    ...(status.issues.length > 0 ? [renderIssues(status.issues, options)] : []),
  ]
  return parts.join('\n\n')
}

/** `narrowed`: not all attempts were asked for. */
export function renderHistory(rows: readonly HistoryRow[], narrowed: boolean, options: RenderOptions): string {
  if (rows.length === 0) return narrowed ? 'No such attempt.' : 'Nothing has been attempted yet.'
  const state = (row: HistoryRow): Cell => ({
    text: row.status,
    color: row.status === 'failed' ? 'red' : row.status === 'completed' ? 'green' : 'yellow',
  })
  return table(
    ['#', 'started (UTC)', 'version', 'name', 'way', 'status', 'batch', 'took', 'by', 'error'],
    rows.map((row) => [
      String(row.id),
      time(row.startedAt),
      row.version,
      row.name,
      row.direction,
      state(row),
      String(row.batch ?? ''),
      took(row.executionTime),
      row.triggeredBy ?? '',
      (row.error ?? '').split('\n', 1)[0] ?? '',
    ]),
    options,
  )
}

/** Findings, with what to do about each once. */
export function renderIssues(issues: readonly MigrationIssue[], options: RenderOptions): string {
  const paint = painter(options.color)
  return issues
    .map((issue) => {
      const label = issue.severity === 'error' ? paint.red('error') : paint.yellow('warning')
      return `${label}: ${printableLines(issue.message)} ${paint.dim(`[${issue.code}]`)}${issue.hint ? `\n  ${paint.cyan('hint')}: ${printableLines(issue.hint)}` : ''}`
    })
    .join('\n')
}

export function renderValidation(report: ValidationReport, options: RenderOptions): string {
  const paint = painter(options.color)
  const issues = [...report.errors, ...report.warnings]
  const verdict = report.valid
    ? paint.green(`${count(report.files, 'migration')}: valid.`)
    : paint.red(`${count(report.files, 'migration')}: ${count(report.errors.length, 'error')}.`)
  return issues.length === 0 ? verdict : `${renderIssues(issues, options)}\n\n${verdict}`
}

/** What a dry run found. */
export function renderRehearsal(rehearsed: readonly Rehearsed[], executed: boolean, options: RenderOptions): string {
  const paint = painter(options.color)
  if (rehearsed.length === 0) return 'Nothing to do.'
  const parts = rehearsed.map((one) => {
    const notes = [one.transaction ? '' : 'without a transaction', one.reversible ? '' : 'not reversible']
      .filter(Boolean)
      .join(', ')
    const lines = one.statements.flatMap((statement) => [
      `  ${statement.description ? printable(statement.description) : paint.dim('SQL')}`,
      ...(statement.sql === ''
        ? [paint.dim('    depends on what an earlier pending migration makes; --dry-run=execute shows it')]
        : options.verbose || !statement.description
          ? [indented(printableLines(statement.sql))]
          : []),
    ])
    return [
      `${paint.bold(`${one.direction === 'up' ? '↑' : '↓'} ${printable(one.file)}`)}${notes ? paint.yellow(` (${notes})`) : ''}`,
      ...lines,
    ].join('\n')
  })
  return `${parts.join('\n')}\n\n${executed ? 'Executed and rolled back: the database is as it was.' : 'Nothing was sent but reads.'}`
}

const indented = (text: string): string =>
  text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n')
