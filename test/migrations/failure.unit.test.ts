// What a failure says besides what failed: hints that fit whoever wrote the statement, and the method that was probably meant.
import { expect, test } from 'vitest'
import { executionError } from '../../src/execute/failure.js'
import { migrationFailure } from '../../src/migrations/failure.js'
import type { MigrationFile } from '../../src/migrations/files.js'

const file: MigrationFile = {
  version: '001',
  key: '1',
  slug: 'x',
  stem: '001_x',
  form: 'js',
  path: '/nowhere/001_x.mjs',
  shown: '001_x.mjs',
  checksum: '',
  text: '',
  directory: 0,
}
const hintOf = (cause: unknown) => migrationFailure({ file }, 'up', cause, 'nothing').hint

test.each([
  ['schema.createTabel is not a function', 'Did you mean createTable()?'],
  ['t.varchr is not a function', 'Did you mean varchar()?'],
  ['something is not a function', undefined],
])('%s', (message, hint) => {
  expect(hintOf(new TypeError(message))).toBe(hint)
})

test.each<[string, boolean, string | undefined]>([
  ['22P02', true, undefined],
  ['22P02', false, 'Values cannot be read as the new type'],
  ['55P03', true, 'A lock could not be had in time'],
])('SQLSTATE %s, SQL of their own: %s', (code, own, hint) => {
  const cause = Object.assign(new Error('refused'), { code })
  const failed = executionError(cause, { what: 'It', ...(own ? { ownSql: true } : {}) })
  expect(hintOf(failed)).toEqual(hint === undefined ? undefined : expect.stringContaining(hint))
})
