// The question in a real pseudo-terminal: y is yes, everything else is no.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { builtProgram } from '../cli/support/built-program.js'
import { inTerminal } from '../cli/support/terminal.js'
import { dropOld, plan } from './plans.js'

const program = builtProgram()
const question = 'Do you want to continue? (y/N)'
let script = ''

beforeAll(async () => {
  script = join(program().dist, 'ask.mjs')
  await writeFile(
    script,
    `import { isInteractive } from './terminal/interactive.js'
     import { askInTerminal } from './terminal/prompts.js'
     if (!isInteractive()) { console.log('no terminal'); process.exit(0) }
     console.log('answer:', JSON.stringify(await askInTerminal(${JSON.stringify(plan([dropOld]))})))`,
  )
})

const yes = 'answer: {"allowed":true}'
const no = 'answer: {"allowed":false'

test.each([
  ['y', 'y\r', yes],
  ['yes', 'yes\r', yes],
  ['Y', 'Y\r', yes],
  ['n', 'n\r', no],
  ['Enter', '\r', no],
  ['Ctrl-C', '\u0003', no],
  ['Ctrl-D', '\u0004', no],
])('%s', async (_name, keys, answer) => {
  const terminal = inTerminal([script])
  await terminal.until(question)
  terminal.type(keys)
  await terminal.until(answer)
  expect(await terminal.exited).toBe(0)
  expect(terminal.text()).toContain("Pending changes:\n  1. Drop column 'users.old_field'")
  expect(terminal.text()).toContain(
    "⚠️  Warning: this plan is destructive and ends in data loss:\n  - Drop column 'users.old_field' (10,241 rows, 12 values)",
  )
  expect(terminal.text().split('answer:')).toHaveLength(2)
})

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('%s at the question is no', async (signal) => {
  const terminal = inTerminal([script])
  await terminal.until(question)
  terminal.signal(signal)
  await terminal.until(no)
  expect(await terminal.exited).toBe(0)
})

test('another word is no yes: it is asked for again', async () => {
  const terminal = inTerminal([script])
  await terminal.until(question)
  terminal.type('maybe\r')
  await terminal.until('You must answer')
  terminal.type('\u0003')
  await terminal.until(no)
  expect(await terminal.exited).toBe(0)
})

test('CI counts as no terminal; NO_COLOR leaves no colour', async () => {
  const inCi = inTerminal([script], { env: { CI: 'true' } })
  await inCi.until('no terminal')
  expect(await inCi.exited).toBe(0)
  const plain = inTerminal([script], { env: { NO_COLOR: '1' } })
  await plain.until(question)
  plain.type('\r')
  expect(await plain.exited).toBe(0)
})
