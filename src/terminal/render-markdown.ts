// A plan as Markdown for a pull request. Names and reasons are escaped, so that they can neither format, link nor mention.
import { display } from '../engine/identity.js'
import type { Plan, Step } from '../engine/plan.js'
import { printable, printableLines } from './printable.js'
import { count, counts, destroys } from './render.js'

/** The plan as Markdown: the numbered steps with their risks, what is blocked, what is not managed, and the SQL folded away. */
export function renderMarkdown(plan: Plan): string {
  const destructive = plan.steps.filter(destroys).length
  const parts = [`### Lockstep plan`, headline(plan, destructive)]
  if (destructive > 0)
    parts.push(`> [!WARNING]\n> ${destructive === 1 ? 'One step destroys' : `${destructive} steps destroy`} data.`)
  if (plan.steps.length > 0) parts.push(plan.steps.map(item).join('\n'))
  if (plan.blocked.length > 0) {
    const lines = plan.blocked.map(
      ({ object, by }) => `- ${code(`${object.kind} ${display(object)}`)} needs ${code(`${by.kind} ${display(by)}`)}`,
    )
    parts.push(
      `**Blocked** (${count(plan.blocked.length, 'object')}), for want of something that is not managed:\n\n${lines.join('\n')}`,
    )
  }
  if (plan.notManaged.length > 0) parts.push(`Not managed, never touched: ${count(plan.notManaged.length, 'object')}.`)
  if (plan.steps.length > 0)
    parts.push(`<details><summary>SQL</summary>\n\n${fenced(plan.steps.map(statements).join('\n\n'))}\n\n</details>`)
  return `${parts.join('\n\n')}\n`
}

function headline(plan: Plan, destructive: number): string {
  const based = `based on ${code(plan.basedOn)}`
  if (plan.steps.length === 0)
    return `${plan.inStep ? '**In step**: nothing to do' : '**Not in step**, and nothing can be done'}, ${based}.`
  return `**${count(plan.steps.length, 'step')}**, ${destructive === 0 ? 'none of which destroys data' : `${destructive} of which ${destructive === 1 ? 'destroys' : 'destroy'} data`}, ${based}.`
}

function item(step: Step, index: number): string {
  const from = step.source ? ` (${code(`${step.source.file}:${step.source.line}`)})` : ''
  const risks = step.risks.map(
    (risk) => `   - **${risk.level}** ${code(risk.code)}: ${plain(risk.reason)}${plain(counts(risk))}`,
  )
  return [`${index + 1}. ${code(step.description)}${from}`, ...risks].join('\n')
}

const statements = (step: Step, index: number): string =>
  [`-- ${index + 1}. ${printable(step.description)}`, ...step.sql.map((text) => `${printableLines(text)};`)].join('\n')

const longestRun = (text: string): number => Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))

/** A code span that its content cannot leave. */
export function code(text: string): string {
  const content = printable(text)
  const fence = '`'.repeat(longestRun(content) + 1)
  const pad = content.startsWith('`') || content.endsWith('`') ? ' ' : ''
  return `${fence}${pad}${content}${pad}${fence}`
}

function fenced(text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1))
  return `${fence}sql\n${text}\n${fence}`
}

/** Text that stays text: punctuation escaped, and what would mention or link broken by an empty comment. */
export function plain(text: string): string {
  return printable(text)
    .replace(/[\\`*_{}[\]<>()#+!|~&-]/g, (character) =>
      character === '&' ? '&amp;' : character === '<' ? '&lt;' : `\\${character}`,
    )
    .replace(/@/g, '@<!-- -->')
    .replace(/:\/\//g, ':<!-- -->//')
    .replace(/\bwww\./gi, (text) => `${text.slice(0, 3)}<!-- -->.`)
}
