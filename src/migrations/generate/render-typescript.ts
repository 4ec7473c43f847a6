// A generated migration as TypeScript or JavaScript: builder calls where there is a word for it, `apply` for everything else.
import type { Step } from '../../engine/plan.js'
import type { BothWays } from './both-ways.js'
import { callOf } from './calls.js'
import { commentLine, commentsOf } from './comments.js'
import { literalOf, quoted } from './literals.js'

/** Steps, each of which reads the catalog: on a slow server they take longer than a file may by default. */
const many = 40

function config(transaction: boolean, long: boolean): readonly string[] {
  const settings = [...(transaction ? [] : ['transaction: false']), ...(long ? ["timeout: '10m'"] : [])]
  return [
    ...(transaction ? [] : ['// A value of an enum has to be committed before it is used.']),
    ...(settings.length > 0 ? [`export const config = { ${settings.join(', ')} }`] : []),
  ]
}

/** @param readable builder calls; else every step as the operation itself */
export function renderTypescript({ name, up, down, transaction }: BothWays, types: boolean, readable: boolean): string {
  const body = [way('up', up, types, readable), way('down', down, types, readable)]
  const usesSql = body.some((text) => text.includes('sql`'))
  const imports = [...(types ? ['type MigrationContext'] : []), ...(usesSql ? ['sql'] : [])]
  return [
    ...(imports.length > 0
      ? [
          types && !usesSql
            ? "import type { MigrationContext } from 'lockstep-pg/migrations'"
            : `import { ${imports.join(', ')} } from 'lockstep-pg/migrations'`,
          '',
        ]
      : []),
    `export const name = ${quoted(commentLine(name))}`,
    ...config(transaction, Math.max(up.length, down.length) > many),
    '',
    ...body.flatMap((text) => [text, '']),
  ]
    .join('\n')
    .replace(/\n+$/, '\n')
}

function way(direction: 'up' | 'down', steps: readonly Step[], types: boolean, readable: boolean): string {
  const head = `export async function ${direction}(schema${types ? ': MigrationContext' : ''})${types ? ': Promise<void>' : ''} {`
  const lines = steps.flatMap((step) => [
    ...commentsOf(step).map((line) => `  // ${line}`),
    ...indented(
      `await schema.${(readable ? callOf(step.operation) : undefined) ?? `apply(${literalOf(step.operation)})`}`,
    ),
  ])
  return [head, ...lines, '}'].join('\n')
}

/** Lines inside a template literal keep their place: what is between backticks is SQL. */
function indented(code: string): readonly string[] {
  let inside = false
  return code.split('\n').map((line) => {
    const text = inside ? line : `  ${line}`
    for (const _ of line.replace(/\\`/g, '').matchAll(/`/g)) inside = !inside
    return text
  })
}
