// What a configuration may hold, how long a duration is, which exit code an error ends in, which options allow what.
import { describe, expect, test } from 'vitest'
import { checkConfig, defineConfig } from '../../src/cli/config.js'
import { exitCodeOf } from '../../src/cli/exit-codes.js'
import { readSource } from '../../src/cli/sources.js'
import {
  type ErrorCode,
  ExecutionError,
  LockHeldError,
  LockstepError,
  ModelError,
  RefusedError,
  UsageError,
} from '../../src/errors.js'
import { duration } from '../../src/execute/durations.js'

const thrown = (work: () => unknown): LockstepError => {
  try {
    work()
  } catch (error) {
    if (error instanceof LockstepError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('checkConfig', () => {
  test('takes everything that the type has', () => {
    const config = defineConfig({
      context: './src/database.ts',
      url: undefined,
      schemas: ['public', 'shop'],
      ownSchema: 'lockstep',
      filter: { include: ['public.*'], exclude: ['tmp_*'], excludeKinds: ['index'] },
      lockTimeout: '5s',
      statementTimeout: 0,
      migrations: { directory: 'migrations' },
      environments: { production: { url: 'postgres://db/app', protected: true } },
    })
    expect(checkConfig(config, 'lockstep.config.ts')).toBe(config)
  })
  test.each([
    [{ schema: ['a'] }, "lockstep.config.ts: 'schema' is not a known key.", "Did you mean 'schemas'?"],
    [
      { environments: { test: { protectd: true } } },
      "lockstep.config.ts: 'environments.test.protectd' is not a known key.",
      "Did you mean 'protected'?",
    ],
    [
      { protected: true },
      "lockstep.config.ts: 'protected' is not a known key.",
      'Known keys here: context, url, schemas, ownSchema, filter, lockTimeout, statementTimeout, migrations, connection, environments.',
    ],
    [{ toString: 1 }, "lockstep.config.ts: 'toString' is not a known key.", expect.any(String)],
    [{ url: 5 }, "lockstep.config.ts: 'url' has to be a text that is not empty.", undefined],
    [
      { schemas: 'public' },
      "lockstep.config.ts: 'schemas' has to be a list of texts, for example ['public'].",
      undefined,
    ],
    [{ lockTimeout: '5 years' }, "lockstep.config.ts: lockTimeout: '5 years' is not a duration.", expect.any(String)],
    [
      { environments: [] },
      "lockstep.config.ts: 'environments' has to be an object of environments by name.",
      undefined,
    ],
    [{ environments: { a: 1 } }, "lockstep.config.ts: 'environments.a' has to be an object.", undefined],
    [undefined, 'lockstep.config.ts: it has no default export that is an object.', expect.any(String)],
  ])('refuses %j', (value, message, hint) => {
    expect(thrown(() => checkConfig(value, 'lockstep.config.ts'))).toMatchObject({
      code: 'CONFIG_INVALID',
      message,
      hint,
    })
  })
})

describe('duration', () => {
  test.each([
    ['500ms', 500],
    ['10s', 10_000],
    ['1.5s', 1_500],
    ['2m', 120_000],
    ['2 min', 120_000],
    ['1h', 3_600_000],
    ['250', 250],
    ['none', 0],
    [' 0 ', 0],
    [7, 7],
  ])('%s', (text, milliseconds) => {
    expect(duration(text, '--wait')).toBe(milliseconds)
  })
  test.each(['', '-1s', '5 years', 's', '1e3', '25d', '600h', Number.NaN])('refuses %s', (text) => {
    expect(thrown(() => duration(text, '--wait')).code).toBe('USAGE')
  })
})

test.each<[unknown, number]>([
  [new UsageError('USAGE', ''), 2],
  [new UsageError('CONFIG_INVALID', ''), 2],
  [new RefusedError('REFUSED', ''), 3],
  [new RefusedError('FORBIDDEN_HERE', ''), 3],
  [new LockHeldError('LOCK_HELD', ''), 1],
  [new ModelError([{ code: 'MODEL_INVALID', message: 'x' }]), 1],
  [new ExecutionError('STEP_FAILED', '', {}), 1],
  [new UsageError('TRANSACTION_CONTROL_REFUSED' satisfies ErrorCode, ''), 1],
  [new Error('x'), 1],
  ['x', 1],
])('exit code of %s', (error, code) => {
  expect(exitCodeOf(error)).toBe(code)
})

describe('readSource', () => {
  test('words and URLs', async () => {
    expect(await readSource('model')).toEqual({ type: 'model' })
    expect(await readSource('empty')).toEqual({ type: 'empty' })
    expect(await readSource('migrations')).toEqual({ type: 'migrations' })
    expect(await readSource('pglite:memory')).toEqual({ type: 'url', url: 'pglite:memory' })
    expect(await readSource('postgresql://h/d')).toEqual({ type: 'url', url: 'postgresql://h/d' })
  })
  test.each([
    ['modell', 'SOURCE_INVALID', /no such file/],
    ['mysql://u:secret@h/d', 'SOURCE_INVALID', /mysql:\/\/u:\*\*\*@h\/d/],
    ['package.json5', 'SOURCE_INVALID', /no such file/],
    ['biome.json/x', 'SOURCE_INVALID', /no such file/],
    ['tsconfig.build.js', 'SOURCE_INVALID', /no such file/],
    ['src', 'SOURCE_INVALID', /folder without \.sql files/],
    ['vitest.config.ts', 'SOURCE_INVALID', /neither a \.sql nor a \.json file/],
  ])('%s is refused', async (text, code, message) => {
    const error = await readSource(text).then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect(error).toBeInstanceOf(UsageError)
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) })
  })
})
