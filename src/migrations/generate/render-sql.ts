// A generated migration as SQL: two parts, a comment per step and risk, the search path that expressions need.
import { setSearchPath } from '../../catalog/session-settings.js'
import type { Step } from '../../engine/plan.js'
import type { BothWays } from './both-ways.js'
import { commentLine, commentsOf } from './comments.js'

export function renderSqlMigration({ name, up, down, path, transaction }: BothWays): string {
  return [
    `-- name: ${commentLine(name)}`,
    ...(transaction ? [] : ['-- transaction: false']),
    '',
    '-- up',
    ...part(up, path, transaction),
    '',
    '-- down',
    ...part(down, path, transaction),
    '',
  ].join('\n')
}

function part(steps: readonly Step[], path: readonly string[], transaction: boolean): readonly string[] {
  let current = ''
  const lines = steps.flatMap((step) => {
    const wanted = setSearchPath([step.operation.schemaName, ...path]).text
    const set = wanted === current ? [] : [`${transaction ? wanted : wanted.replace('set local', 'set')};`]
    current = wanted
    return ['', ...commentsOf(step).map((line) => `-- ${line}`), ...set, ...step.sql.map(terminated)]
  })
  return lines
}

/** A semicolon of its own line where the last line holds a comment that would swallow it. */
function terminated(text: string): string {
  const body = text.trimEnd()
  if (body.endsWith(';')) return body
  return `${body}${body.slice(body.lastIndexOf('\n') + 1).includes('--') ? '\n' : ''};`
}
