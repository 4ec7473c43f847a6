// A plan as a SQL script that psql can run: the same statements, order and transactions as migrate, without its lock and its reading back.
import { pins, setSearchPath } from '../catalog/session-settings.js'
import type { Plan, Step } from '../engine/plan.js'
import { printable } from './printable.js'
import { counts } from './render.js'

/**
 * The plan as a runnable script: comments per step, BEGIN and COMMIT per transaction.
 * @example lockstep plan --sql --out change.sql && psql -v ON_ERROR_STOP=1 -f change.sql
 */
export function renderSql(plan: Plan): string {
  const lines = [
    `-- Lockstep plan for a database in the state ${printable(plan.basedOn)}`,
    `-- ${plan.steps.length === 0 ? 'Nothing to do.' : 'Run it with psql -v ON_ERROR_STOP=1. `lockstep migrate` also locks, verifies and keeps the ledger.'}`,
  ]
  let open = false
  let path = ''
  const close = () => {
    if (open) lines.push('', 'commit;')
    open = false
    path = ''
  }
  plan.steps.forEach((step, index) => {
    if (step.transaction === 'never') close()
    else if (!open) {
      lines.push('', 'begin;', terminated(pins.text), 'set local check_function_bodies = off;')
      open = true
    }
    lines.push('', ...heading(step, index))
    const wanted = setSearchPath([step.operation.schemaName, ...plan.searchPath]).text
    if (wanted !== path) lines.push(`${open ? wanted : wanted.replace(/^set local/, 'set')};`)
    path = wanted
    lines.push(...step.sql.map(terminated))
    if (step.transaction === 'commit-after') close()
    if (step.transaction === 'never') path = ''
  })
  close()
  return `${lines.join('\n')}\n`
}

function heading(step: Step, index: number): readonly string[] {
  const source = step.source ? [`--    from ${printable(step.source.file)}:${step.source.line}`] : []
  const risks = step.risks.map(
    (risk) => `--    ${risk.level} ${printable(risk.code)}: ${printable(risk.reason)}${counts(risk)}`,
  )
  return [`-- ${index + 1}. ${printable(step.description)}`, ...source, ...risks]
}

/** A semicolon of its own line where the last line holds a comment that would swallow it. */
function terminated(text: string): string {
  const body = text.trimEnd()
  if (body.endsWith(';')) return body
  return `${body}${body.slice(body.lastIndexOf('\n') + 1).includes('--') ? '\n' : ''};`
}
