// A plan and a report as people read them in a terminal: numbered, with risks, counts, and what stays untouched.
import { display } from '../engine/identity.js'
import type { Risk } from '../engine/kind.js'
import type { Plan, Report, Step } from '../engine/plan.js'
import { type Painter, painter } from './colors.js'
import { printable, printableLines } from './printable.js'

export interface RenderOptions {
  /** ANSI colours. Default false. */
  readonly color?: boolean
  /** Also the SQL and the source line of each step, and every object that is not managed. Default false. */
  readonly verbose?: boolean
}

/** `1 step`, `10,241 rows`. */
export function count(amount: number, word: string): string {
  return `${amount.toLocaleString('en-US')} ${amount === 1 ? word.replace(/s$/, '') : word.endsWith('s') ? word : `${word}s`}`
}

/** What was measured, ` (10,241 rows, 12 values)`; empty where nothing was. */
export function counts(risk: Risk): string {
  const entries = Object.entries(risk.measured ?? {})
  return entries.length === 0 ? '' : ` (${entries.map(([what, amount]) => count(amount, printable(what))).join(', ')})`
}

export const destroys = (step: Step): boolean => step.risks.some((risk) => risk.level === 'data-loss')

/**
 * The numbered list of a plan with its risks, what is blocked and what is not managed. Ends without a line break.
 * Every text from the database or the model is escaped, so that a name cannot steer the terminal.
 */
export function renderPlan(plan: Plan, options: RenderOptions = {}): string {
  const paint = painter(options.color)
  const parts: string[] = []
  if (plan.steps.length > 0) {
    const width = String(plan.steps.length).length
    parts.push(
      [
        paint.bold('Pending changes:'),
        ...plan.steps.flatMap((step, index) => stepLines(step, index, width, paint, options)),
      ].join('\n'),
    )
    parts.push(summary(plan))
  } else
    parts.push(
      plan.inStep ? paint.green('In step: nothing to do.') : 'Nothing can be done, but the database is not in step.',
    )
  if (plan.blocked.length > 0) parts.push(blockedLines(plan, paint, options))
  if (plan.notManaged.length > 0) parts.push(notManagedLines(plan, options))
  return parts.join('\n\n')
}

function stepLines(
  step: Step,
  index: number,
  width: number,
  paint: Painter,
  options: RenderOptions,
): readonly string[] {
  const text = printable(step.description)
  const indent = ' '.repeat(width + 4)
  const lines = [`  ${String(index + 1).padStart(width)}. ${destroys(step) ? paint.red(text) : text}`]
  for (const risk of step.risks) lines.push(`${indent}${riskText(risk, paint)}`)
  if (step.transaction !== 'inside')
    lines.push(
      `${indent}${paint.dim(step.transaction === 'never' ? 'runs outside of a transaction' : 'is committed before the steps after it')}`,
    )
  if (options.verbose) {
    if (step.source) lines.push(`${indent}${paint.dim(`from ${printable(step.source.file)}:${step.source.line}`)}`)
    for (const text of step.sql)
      for (const line of printableLines(text).split('\n')) lines.push(`${indent}${paint.dim(line)}`)
  }
  return lines
}

function riskText(risk: Risk, paint: Painter): string {
  const tone = risk.level === 'data-loss' ? paint.red : risk.level === 'blocking' ? paint.yellow : paint.cyan
  return `${tone(`${risk.level} ${printable(risk.code)}`)}: ${printable(risk.reason)}${counts(risk)}`
}

function summary(plan: Plan): string {
  const destructive = plan.steps.filter(destroys).length
  const tail =
    destructive === 0
      ? 'none of them destroys data'
      : `${destructive === 1 ? '1 of them destroys' : `${destructive} of them destroy`} data`
  return `${count(plan.steps.length, 'step')}, ${tail}.`
}

function blockedLines(plan: Plan, paint: Painter, options: RenderOptions): string {
  const most = options.verbose ? plan.blocked.length : 10
  const lines = plan.blocked.slice(0, most).map(({ object, by }) => `  - ${objectText(object)} needs ${objectText(by)}`)
  const more = plan.blocked.length - most
  return [
    paint.yellow(
      `Blocked: ${count(plan.blocked.length, 'object')} cannot be made, for want of something that Lockstep does not manage and the database lacks:`,
    ),
    ...lines,
    ...(more > 0 ? [`  and ${more} more (--verbose lists all)`] : []),
  ].join('\n')
}

const objectText = (object: Plan['notManaged'][number]['object']): string =>
  `${printable(object.kind)} '${printable(display(object))}'`

const reasons = {
  kind: 'of a kind not managed yet',
  undeclared: 'not declared',
  extension: 'of an extension',
  filter: 'left out by a filter',
  hook: "a hook's",
  'other-context': "another context's",
} as const

function notManagedLines(plan: Plan, options: RenderOptions): string {
  const total = plan.notManaged.length
  if (options.verbose) {
    return [
      `Not managed, never touched (${count(total, 'object')}):`,
      ...plan.notManaged.map(({ object, reason }) => `  - ${objectText(object)}: ${reasons[reason]}`),
    ].join('\n')
  }
  const byReason = new Map<string, number>()
  for (const { reason } of plan.notManaged) byReason.set(reasons[reason], (byReason.get(reasons[reason]) ?? 0) + 1)
  return `Not managed, never touched: ${count(total, 'object')} (${[...byReason].map(([reason, amount]) => `${amount} ${reason}`).join(', ')}). --verbose lists them.`
}

/** The warning block above the question: what would be lost, with counts. Empty where nothing is. */
export function renderWarning(plan: Plan, options: RenderOptions = {}): string {
  const paint = painter(options.color)
  const lines = plan.steps.filter(destroys).map((step) => {
    const lost = step.risks
      .filter((risk) => risk.level === 'data-loss')
      .map(counts)
      .join('')
    return `  - ${printable(step.description)}${lost}`
  })
  if (lines.length === 0) return ''
  return [`⚠️  ${paint.bold(paint.yellow('Warning: this plan is destructive and ends in data loss:'))}`, ...lines].join(
    '\n',
  )
}

/** What a run did, in one to a few lines. */
export function renderReport(report: Report & { readonly inStep?: boolean }, options: RenderOptions = {}): string {
  const paint = painter(options.color)
  const applied = report.steps.filter((step) => step.outcome === 'applied').length
  const lines: string[] = []
  if (report.steps.length === 0)
    lines.push(paint.green(report.inStep === false ? 'Nothing was changed.' : 'In step: nothing was changed.'))
  else
    lines.push(
      paint.green(
        `Applied ${count(applied, 'step')} in ${report.milliseconds} ms${report.verified ? (report.inStep === false ? '; what could be made was read back and verified' : '; the schema was read back and is in step') : ''}.`,
      ),
    )
  for (const step of report.steps)
    if (step.outcome !== 'applied') lines.push(paint.yellow(`Step ${step.step + 1}: ${step.outcome}`))
  for (const note of report.notes) lines.push(`Note: ${printable(note)}`)
  return lines.join('\n')
}
