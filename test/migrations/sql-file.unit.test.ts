// .sql files: parts, headers, what is refused, and where.
import { beforeAll, describe, expect, test } from 'vitest'
import { checksumOf, checksumsDiffer } from '../../src/migrations/files.js'
import { readSqlFile, type SqlMigration } from '../../src/migrations/sql-file.js'
import { loadParser, type Parser } from '../../src/sql/parser.js'

let parser: Parser
beforeAll(async () => {
  parser = await loadParser()
})
const read = (text: string): SqlMigration => readSqlFile(text, parser)
const statements = (text: string) => {
  const file = read(text)
  return {
    up: file.up?.statements.map((one) => one.text),
    down: file.down?.statements.map((one) => one.text),
    issues: file.issues.map((one) => `${one.line}:${one.column} ${one.message}`),
  }
}

describe('parts', () => {
  test.each([
    ['select 1; select 2', ['select 1', 'select 2'], undefined],
    ['-- up\nselect 1;\n-- down\nselect 2;', ['select 1'], ['select 2']],
    ['-- migrate:up\nselect 1;\n-- migrate:down\nselect 2;', ['select 1'], ['select 2']],
    ['-- +goose Up\nselect 1;\n-- +goose Down\n', ['select 1'], []],
    ['-- down\nselect 2;\n-- up\nselect 1', ['select 1'], ['select 2']],
    ['-- go down\nselect 1', ['select 1'], undefined],
    ["select '\n-- down\n'", ["select '\n-- down\n'"], undefined],
    ['do $x$\n-- down\n$x$', ['do $x$\n-- down\n$x$'], undefined],
    ['/*\n-- down\n*/ select 1', ['select 1'], undefined],
    ['-- up\nselect 1\n-- down\nselect 2', ['select 1'], ['select 2']],
  ])('%j', (text, up, down) => {
    expect(statements(text)).toEqual({ up, down, issues: [] })
  })

  test('header and options', () => {
    expect(
      read(
        '-- name: Fill users\n-- description: All of them\n-- transaction: false\n-- timeout: 5m\n-- depends-on: 001, 002_b\nselect 1',
      ),
    ).toMatchObject({
      name: 'Fill users',
      description: 'All of them',
      transaction: false,
      timeout: '5m',
      dependsOn: ['001', '002_b'],
    })
    expect(read('-- migrate:up transaction:false\nselect 1').transaction).toBe(false)
  })
})

describe('what is refused, with its place', () => {
  test.each([
    ['select 1;\n  begin;', "2:3 'begin' begins or ends a transaction: that is Lockstep's business."],
    ['\\connect x\nselect 1', "1:1 '\\connect x' is a command of psql, not SQL."],
    ['select 0;\n-- up\nselect 1', '1:1 There is SQL before the first part.'],
    ['-- up\nselect 1;\n-- up\nselect 2', "3:6 There is a second part 'up'."],
  ])('%j', (text, issue) => {
    expect(statements(text).issues).toEqual([issue])
  })
  test('what cannot run inside a transaction, and what nobody understands', () => {
    const [one, two, three] = read('create index concurrently i on t (a);\nselect 1;\n  selec 2;').up?.statements ?? []
    expect([one?.outside, two?.outside]).toEqual([true, false])
    expect(three).toMatchObject({ line: 3, column: 3, unknown: { message: 'syntax error at or near "selec"' } })
  })
})

test('checksums: line ends and a mark say nothing, text does, forms are not compared', () => {
  expect(checksumOf('sql', 'a;\r\nb;  \n')).toBe(checksumOf('sql', '\uFEFFa;\nb;'))
  expect(checksumsDiffer(checksumOf('sql', 'a'), checksumOf('sql', 'b'))).toBe(true)
  expect(checksumsDiffer(checksumOf('ts', 'a'), checksumOf('js', 'b'))).toBe(false)
})
