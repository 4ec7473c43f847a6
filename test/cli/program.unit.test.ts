// The program without a database: help, wrong use, configuration, contexts, init; exit codes and the JSON of errors.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { builtProgram } from './support/built-program.js'

const program = builtProgram()
const nowhere = 'postgres://app:s3cret@127.0.0.1:1/app'

const context = (name: string, how = 'export default') =>
  `import { DbContext } from 'lockstep-pg'\n${how} class ${name} extends DbContext {}\n`

async function jsonOf(args: readonly string[], options: Parameters<ReturnType<typeof program>['run']>[1] = {}) {
  const { code, stdout } = await program().run([...args, '--json'], options)
  const document = JSON.parse(stdout) as { format: number; error: { code: string; message: string; hint?: string } }
  expect(document.format).toBe(1)
  return { exit: code, ...document.error }
}

describe('help', () => {
  const commands = [
    'init',
    'plan',
    'migrate',
    'create',
    'drop',
    'reset',
    'check',
    'diff',
    'snapshot',
    'lock-status',
    'unlock',
  ]
  test('of the program names every command', async () => {
    const { code, stdout, stderr } = await program().run(['--help'])
    expect([code, stderr]).toEqual([0, ''])
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^  ${command}[ |]`, 'm'))
  })
  test.each(commands)('of %s has examples', async (command) => {
    const { code, stdout } = await program().run([command, '--help'])
    expect(code).toBe(0)
    expect(stdout).toContain(`Examples:\n  $ lockstep ${command}`)
  })
  test('--version', async () => {
    const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string
    }
    expect(await program().run(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
  })
  test('without a command: help on stderr, exit 2', async () => {
    const { code, stdout, stderr } = await program().run([])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain('Usage: lockstep')
  })
})

describe('wrong use ends in exit code 2', () => {
  test.each([
    [['plann'], 'Unknown command', 'Did you mean plan?'],
    [['plan', '--ulr', 'x'], "Unknown option '--ulr'.", 'Did you mean --url?'],
    [['plan', 'extra'], 'Too many arguments', 'See `lockstep plan --help`.'],
    [['diff', 'model'], "Missing required argument 'to'.", 'See `lockstep diff --help`.'],
    [['migrate', '--wait', '5x'], 'is invalid', 'See `lockstep migrate --help`.'],
    [['migrate', '--allow', 'everything'], "There is no risk 'everything'.", 'Levels: data-loss, blocking, may-fail.'],
    [
      ['migrate', '--allow', 'DROP_COLUMN'],
      "There is no risk 'DROP_COLUMN'.",
      'Levels: data-loss, blocking, may-fail. Codes: ADDS_CHECK,',
    ],
    [['migrate', '--allow', 'DROPS_COLUMN:'], 'is invalid', 'See `lockstep migrate --help`.'],
    [['plan', '--schemas', 'a,,b'], 'is invalid', 'See `lockstep plan --help`.'],
    [['plan', '--url', ''], 'is invalid', 'See `lockstep plan --help`.'],
    [['plan', '--sql', '--markdown'], 'cannot be used with', 'See `lockstep plan --help`.'],
    [['migrate', '--sql'], 'need --dry-run', 'Use `lockstep plan`, or add --dry-run.'],
  ])('%j', async (args, message, hint) => {
    const { code, stdout, stderr } = await program().run(args)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
    expect(stderr).toContain(`hint: ${hint}`)
    expect(stderr).toContain('code: USAGE')
  })
  test.each(['migration:up', 'migrate:down', 'migration:lock-status', 'migrate:force-unlock'])(
    '%s is a command',
    async (command) => {
      expect(await jsonOf([command])).toMatchObject({ exit: 2, code: 'URL_MISSING' })
    },
  )
  test('with --json: one document on stdout', async () => {
    expect(await jsonOf(['plan', '--ulr', 'x'])).toMatchObject({ exit: 2, code: 'USAGE', hint: 'Did you mean --url?' })
  })
  test('no database', async () => {
    expect(await jsonOf(['lock-status'])).toMatchObject({ exit: 2, code: 'URL_MISSING' })
    expect(await jsonOf(['lock-status', '--url', 'mysql://u:s3cret@h/d'])).toMatchObject({
      exit: 2,
      message: expect.not.stringContaining('s3cret'),
    })
  })
})

test('a server that cannot be reached: exit 1, no password anywhere', async () => {
  const { code, stdout, stderr } = await program().run(['lock-status', '--url', nowhere, '--json', '--verbose'])
  expect(code).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'CONNECTION_FAILED' } })
  expect(stdout + stderr).not.toContain('s3cret')
})

describe('configuration', () => {
  test('.env is read before it, and never overrides what is set', async () => {
    const folder = await program().project({
      '.env': `TARGET=${nowhere}\nOTHER=postgres://127.0.0.1:1/from_file\n`,
      'lockstep.config.ts': `import { defineConfig } from 'lockstep-pg'
export default defineConfig({ url: process.env.TARGET, environments: { other: { url: process.env.OTHER } } })`,
    })
    expect(await jsonOf(['lock-status'], { cwd: folder })).toMatchObject({
      exit: 1,
      message: expect.stringContaining('127.0.0.1:1/app'),
    })
    const env = { OTHER: 'postgres://127.0.0.1:1/from_shell' }
    expect(await jsonOf(['lock-status', '--env', 'other'], { cwd: folder, env })).toMatchObject({
      message: expect.stringContaining('from_shell'),
    })
    expect(await jsonOf(['lock-status'], { cwd: folder, env: { LOCKSTEP_ENV: 'other' } })).toMatchObject({
      message: expect.stringContaining('from_file'),
    })
  })
  test('DATABASE_URL comes last, --url first', async () => {
    const folder = await program().project({
      'lockstep.config.mjs': "export default { url: 'postgres://127.0.0.1:1/config' }",
    })
    const env = { DATABASE_URL: 'postgres://127.0.0.1:1/variable' }
    expect((await jsonOf(['lock-status'], { env })).message).toContain('variable')
    expect((await jsonOf(['lock-status'], { env, cwd: folder })).message).toContain('1/config')
    expect(
      (await jsonOf(['lock-status', '--url', 'postgres://127.0.0.1:1/flag'], { env, cwd: folder })).message,
    ).toContain('flag')
  })
  test('an environment whose url is undefined does not fall back to another database', async () => {
    const folder = await program().project({
      'lockstep.config.js': `export default { url: '${nowhere}', environments: { production: { url: process.env.NOT_SET } } }`,
      'package.json': '{ "type": "module" }',
    })
    expect(await jsonOf(['lock-status', '--env', 'production'], { cwd: folder })).toMatchObject({
      exit: 2,
      code: 'URL_MISSING',
    })
  })
  test('unknown keys, environments and files', async () => {
    const folder = await program().project({
      'lockstep.config.ts': 'export default { contxt: "x" }',
      'other.ts': 'export default { environments: { staging: {} } }',
    })
    expect(await jsonOf(['lock-status'], { cwd: folder })).toMatchObject({
      exit: 2,
      code: 'CONFIG_INVALID',
      hint: "Did you mean 'context'?",
    })
    expect(await jsonOf(['lock-status', '--config', 'other.ts', '--env', 'stagin'], { cwd: folder })).toMatchObject({
      exit: 2,
      code: 'CONFIG_NOT_FOUND',
      hint: "Did you mean 'staging'?",
    })
    expect(await jsonOf(['lock-status', '--config', 'no.ts'], { cwd: folder })).toMatchObject({
      exit: 2,
      code: 'CONFIG_NOT_FOUND',
    })
  })
  test('two configuration files', async () => {
    const folder = await program().project({
      'lockstep.config.ts': 'export default {}',
      'lockstep.config.mjs': 'export default {}',
    })
    expect(await jsonOf(['lock-status'], { cwd: folder })).toMatchObject({ exit: 2, code: 'CONFIG_INVALID' })
  })
})

describe('context', () => {
  const check = async (files: Readonly<Record<string, string>>, ...args: readonly string[]) =>
    jsonOf(['check', '--url', nowhere, ...args], { cwd: await program().project(files) })

  test('none: the error says what to write', async () => {
    expect(await check({})).toMatchObject({
      exit: 2,
      code: 'CONTEXT_NOT_FOUND',
      hint: expect.stringContaining('extends DbContext'),
    })
    expect(await check({ 'src/database.ts': 'export const x = 1' })).toMatchObject({
      exit: 2,
      code: 'CONTEXT_NOT_FOUND',
    })
    expect(await check({}, '--context', 'no.ts')).toMatchObject({ exit: 2, code: 'CONTEXT_NOT_FOUND' })
  })
  test('several: the error lists them', async () => {
    const files = { 'src/database.ts': `${context('Shop', 'export')}${context('Blog', 'export').split('\n')[1]}` }
    expect(await check(files)).toMatchObject({
      exit: 2,
      code: 'CONTEXT_AMBIGUOUS',
      message: expect.stringMatching(/Blog, Shop|Shop, Blog/),
    })
    expect(await check(files, '--context', 'src/database.ts#Shp')).toMatchObject({
      exit: 2,
      code: 'CONTEXT_NOT_FOUND',
      hint: "Did you mean 'Shop'?",
    })
    expect(await check(files, '--context', 'src/database.ts#Shop')).toMatchObject({
      exit: 1,
      code: 'CONNECTION_FAILED',
    })
  })
  test('a default export, or the only one, by configuration or by place', async () => {
    expect(await check({ 'src/database.ts': context('Shop') })).toMatchObject({ code: 'CONNECTION_FAILED' })
    expect(
      await check({
        'db.mts': context('Shop', 'export'),
        'lockstep.config.mts': "export default { context: './db.mts' }",
      }),
    ).toMatchObject({ code: 'CONNECTION_FAILED' })
    expect(
      await check(
        { 'db.ts': 'export class DbContext {}\nexport default class A extends DbContext {}' },
        '--context',
        'db.ts',
      ),
    ).toMatchObject({ code: 'CONTEXT_NOT_FOUND', hint: expect.stringContaining('another copy') })
  })
})

test.each(['drop', 'reset'])('%s is refused in production and in protected environments', async (command) => {
  const folder = await program().project({
    'src/database.ts': context('Shop'),
    'lockstep.config.ts': `export default { url: '${nowhere}', environments: { live: { protected: true } } }`,
  })
  const args = [command, '--yes', '--allow', 'data-loss']
  expect(await jsonOf(args, { cwd: folder, env: { NODE_ENV: 'production' } })).toMatchObject({
    exit: 3,
    code: 'FORBIDDEN_HERE',
  })
  expect(await jsonOf([...args, '--env', 'live'], { cwd: folder })).toMatchObject({ exit: 3, code: 'FORBIDDEN_HERE' })
})

test('init writes both files, and never over others', async () => {
  const folder = await program().project({})
  const first = await program().run(['init'], { cwd: folder })
  expect(first).toMatchObject({ code: 0, stderr: '' })
  expect(first.stdout).toContain('npx lockstep migrate')
  expect(await readFile(join(folder, 'lockstep.config.ts'), 'utf8')).toContain('defineConfig({')
  expect(await jsonOf(['init'], { cwd: folder })).toMatchObject({ exit: 2, code: 'FILE_EXISTS' })
  expect((await program().run(['init', '--force', '--json'], { cwd: folder })).stdout).toContain('"src/database.ts"')
})
