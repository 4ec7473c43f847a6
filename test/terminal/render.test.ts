// Plans, reports, scripts, Markdown and errors as text; nothing that comes from outside steers a terminal or a page.
import { describe, expect, test } from 'vitest'
import { ExecutionError, RefusedError } from '../../src/errors.js'
import { isInteractive, wantsColor } from '../../src/terminal/interactive.js'
import { printable, printableLines } from '../../src/terminal/printable.js'
import { progressLines } from '../../src/terminal/progress.js'
import { renderPlan, renderReport, renderWarning } from '../../src/terminal/render.js'
import { errorDocument, renderError } from '../../src/terminal/render-error.js'
import { renderMarkdown } from '../../src/terminal/render-markdown.js'
import { renderSql } from '../../src/terminal/render-script.js'
import { dropOld, plan, step } from './plans.js'

const add = step("Add column 'users.phone_number' (varchar(20))", {
  sql: ['alter table "users" add column "phone_number" varchar(20)'],
})
const evil = "x'\u001B[2J\u0007\u202E\r\n-- y"

describe('renderPlan', () => {
  test('numbered, with risks and counts', () => {
    expect(renderPlan(plan([add, dropOld]))).toBe(`Pending changes:
  1. Add column 'users.phone_number' (varchar(20))
  2. Drop column 'users.old_field'
     data-loss DROPS_COLUMN: All values of 'users.old_field' are lost. (10,241 rows, 12 values)

2 steps, 1 of them destroys data.`)
  })
  test('nothing to do', () => {
    expect(renderPlan(plan([]))).toBe('In step: nothing to do.')
  })
  test('what is blocked, and what is not managed', () => {
    const object = { kind: 'table', schemaName: 'public', name: 't' }
    const by = { kind: 'function', schemaName: 'public', name: 'f' }
    const text = renderPlan(
      plan([], { inStep: false, blocked: [{ object, by }], notManaged: [{ object: by, reason: 'kind' }] }),
    )
    expect(text).toContain('Blocked: 1 object cannot be made')
    expect(text).toContain("- table 't' needs function 'f'")
    expect(text).toContain('Not managed, never touched: 1 object (1 of a kind not managed yet). --verbose lists them.')
  })
  test('verbose adds SQL and source', () => {
    const text = renderPlan(plan([{ ...add, source: { file: 'src/user.ts', line: 14 } }]), { verbose: true })
    expect(text).toContain('from src/user.ts:14')
    expect(text).toContain('alter table "users" add column')
  })
  test('hostile names are escaped, also in colour', () => {
    for (const color of [false, true]) {
      const text = renderPlan(plan([step(`Drop table '${evil}'`)]), { color, verbose: true })
      expect(text).toContain(String.raw`x'\x1b[2J\x07\u{202e}\r\n-- y`)
      for (const part of ['\u0007', '\u202E', '\r', '\u001B[2J']) expect(text).not.toContain(part)
    }
  })
})

test('renderWarning lists what would be lost, and is empty where nothing is', () => {
  expect(renderWarning(plan([add]))).toBe('')
  expect(renderWarning(plan([add, dropOld]))).toBe(`⚠️  Warning: this plan is destructive and ends in data loss:
  - Drop column 'users.old_field' (10,241 rows, 12 values)`)
})

test('renderReport', () => {
  const report = {
    steps: [{ step: 0, outcome: 'applied', milliseconds: 3 } as const],
    verified: true,
    milliseconds: 9,
    notes: ['x'],
  }
  expect(renderReport(report)).toBe('Applied 1 step in 9 ms; the schema was read back and is in step.\nNote: x')
  expect(renderReport({ ...report, steps: [], notes: [] })).toBe('In step: nothing was changed.')
})

describe('renderSql', () => {
  test('one transaction, a comment per step', () => {
    const text = renderSql(plan([add, dropOld]))
    expect(text).toMatch(
      /begin;[\s\S]*-- 1\. Add column[\s\S]*-- 2\. Drop column[\s\S]*data-loss DROPS_COLUMN[\s\S]*commit;\n$/,
    )
    expect(text.match(/^begin;/gm)).toHaveLength(1)
  })
  test('steps outside of a transaction, and those committed first', () => {
    const text = renderSql(plan([{ ...add, transaction: 'commit-after' }, { ...dropOld, transaction: 'never' }, add]))
    expect(text.match(/^begin;/gm)).toHaveLength(2)
    expect(text.match(/^commit;/gm)).toHaveLength(2)
    expect(text.indexOf('commit;')).toBeLessThan(text.indexOf('-- 2.'))
  })
  test('a name cannot leave its comment', () => {
    const text = renderSql(plan([step("Drop table 'x\n; drop table users; --'")]))
    expect(text).toContain(String.raw`-- 1. Drop table 'x\n; drop table users; --'`)
  })
})

describe('renderMarkdown', () => {
  test('steps, risks and SQL', () => {
    const text = renderMarkdown(plan([add, dropOld]))
    expect(text).toContain('**2 steps**, 1 of which destroys data')
    expect(text).toContain("2. `Drop column 'users.old_field'`")
    expect(text).toContain('   - **data-loss** `DROPS_COLUMN`')
    expect(text).toContain('```sql')
  })
  test('nothing formats, links, mentions or leaves its fence', () => {
    const nasty = '``` </details> <script> [a](http://b) @team ![x](y)'
    const text = renderMarkdown(
      plan([step(nasty, { risks: [{ level: 'may-fail', code: 'X', reason: nasty }], sql: [nasty] })]),
    )
    expect(text).toContain('````sql')
    expect(text).toContain('1. ```` ``` </details>')
    const prose = text.split('\n').find((line) => line.includes('**may-fail**'))
    expect(prose).not.toMatch(/<script|(?<!\\)\[a|@team|:\/\//)
  })
})

describe('renderError', () => {
  test('SQL with a caret, SQLSTATE, detail, hint, code', () => {
    const error = new ExecutionError(
      'STEP_FAILED',
      'Step 1 failed',
      { sql: 'alter tabel x', position: 7, sqlstate: '42601', detail: 'why' },
      { hint: 'Look.' },
    )
    expect(renderError(error)).toBe(`error: Step 1 failed

  alter tabel x
        ^

  SQLSTATE 42601
  why
hint: Look.
code: STEP_FAILED`)
  })
  test('secrets, escapes, and errors of others', () => {
    const text = renderError(new Error('postgres://u:s3cret@h/d \u001B[31m'))
    expect(text).toBe(String.raw`error: postgres://u:***@h/d \x1b[31m
code: UNEXPECTED`)
    expect(renderError(new Error('x'), { verbose: true })).toContain('render.test.ts')
    expect(renderError('just text')).toContain('error: just text')
  })
  test('as JSON', () => {
    const document = errorDocument(
      new RefusedError('REFUSED', 'no', { hint: 'h', details: { url: 'postgres://u:p@h/d' } }),
    )
    expect(document).toEqual({
      format: 1,
      error: { code: 'REFUSED', message: 'no', hint: 'h', url: 'postgres://u:***@h/d' },
    })
  })
})

test('progressLines', () => {
  const lines: string[] = []
  const listen = progressLines((line) => lines.push(line))
  listen({ type: 'plan', plan: plan([add, dropOld]) })
  listen({ type: 'step-start', step: 1, description: evil })
  listen({ type: 'step-done', step: 1, milliseconds: 12 })
  listen({ type: 'note', message: 'a\u001Bb' })
  expect(lines).toEqual([String.raw`✓ [2/2] x'\x1b[2J\x07\u{202e}\r\n-- y: 12 ms`, String.raw`Note: a\x1bb`])
})

test('printable', () => {
  expect(printable('a\tb\n\u0085\u2028ü✓')).toBe(String.raw`a\tb\n\x85\u{2028}ü✓`)
  expect(printableLines('a\r\nb\u001B')).toBe('a\nb\\x1b')
})

test('isInteractive and wantsColor', () => {
  const tty = { isTTY: true }
  expect(isInteractive({ stdin: tty, stderr: tty, env: {} })).toBe(true)
  expect(isInteractive({ stdin: tty, stderr: tty, env: { CI: 'false' } })).toBe(true)
  expect(isInteractive({ stdin: tty, stderr: tty, env: { CI: 'true' } })).toBe(false)
  expect(isInteractive({ stdin: {}, stderr: tty, env: {} })).toBe(false)
  expect(isInteractive({ stdin: tty, stderr: {}, env: {} })).toBe(false)
  expect(wantsColor(tty, {})).toBe(true)
  expect(wantsColor(tty, { NO_COLOR: '1' })).toBe(false)
  expect(wantsColor({}, { FORCE_COLOR: '1' })).toBe(true)
  expect(wantsColor(tty, { TERM: 'dumb' })).toBe(false)
})
