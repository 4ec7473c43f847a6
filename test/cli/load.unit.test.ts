// TypeScript of a user's project loads without a build: decorators as its tsconfig says, paths, extensions, CommonJS.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { builtProgram } from './support/built-program.js'

const program = builtProgram()

/** Imports `file` of a project with the program's loader and prints its export `result` as JSON. */
async function load(files: Readonly<Record<string, string>>, file = 'main.ts') {
  const folder = await program().project(files)
  const url = pathToFileURL(join(folder, file)).href
  const { stdout, stderr } = await program().script(
    `import { importProjectModule } from './cli/load/import-module.js'
     process.setSourceMapsEnabled(true)
     try {
       const module = await importProjectModule(${JSON.stringify(url)}, ${JSON.stringify(file)})
       console.log(JSON.stringify({ result: module.result }))
     } catch (error) {
       console.log(JSON.stringify({ code: error.code, message: error.message, hint: error.hint }))
     }`,
  )
  expect(stderr).toBe('')
  return { folder, ...(JSON.parse(stdout) as { result?: unknown; code?: string; message?: string; hint?: string }) }
}

const legacy = (more: object = {}) =>
  JSON.stringify({
    compilerOptions: { target: 'ES2022', experimentalDecorators: true, emitDecoratorMetadata: true, ...more },
  })

const recorder = `
export const seen: Record<string, unknown> = {}
;(Reflect as any).metadata = (key: string, value: any) => (_: unknown, name: string) => {
  if (key === 'design:type') seen[name] = value?.name ?? String(value)
}
export const Column = () => (_target: unknown, _key: any): void => {}
export const Entity = () => (_target: unknown): void => {}
`

describe('legacy decorators', () => {
  test('design:type of built-in types is there', async () => {
    const { result } = await load({
      'tsconfig.json': legacy(),
      'recorder.ts': recorder,
      'main.ts': `import { Column, seen } from './recorder.js'
class A {
  @Column() text!: string
  @Column() number!: number
  @Column() date!: Date
  @Column() big!: bigint
  @Column() buffer!: Buffer
  @Column() flag!: boolean
}
export const result = seen`,
    })
    expect(result).toEqual({
      text: 'String',
      number: 'Number',
      date: 'Date',
      big: 'BigInt',
      buffer: 'Buffer',
      flag: 'Boolean',
    })
  })

  test('interfaces imported without `type`, circular classes and later classes do not break the import', async () => {
    const { result } = await load({
      'tsconfig.json': legacy(),
      'recorder.ts': recorder,
      'types.ts': `export interface Settings { é: string }\nexport namespace Deep { export interface Inner { a: 1 } }`,
      'user.ts': `import { Column, Entity } from './recorder.js'
import { Post } from './post.js'
@Entity()
export class User { @Column() post!: Post }`,
      'post.ts': `import { Column, Entity } from './recorder.js'
import { User } from './user.js'
@Entity()
export class Post { @Column() user!: User | null }`,
      'main.ts': `import { Column, Entity, seen } from './recorder.js'
import { Settings, Deep } from './types.js'
import { User } from './user.js'
// é before the class: spans are bytes
@Entity()
export class A {
  constructor(readonly first: Settings) {}
  @Column() settings!: Settings
  @Column() maybe!: Settings | null
  @Column() inner!: Deep.Inner
  @Column() list!: Array<
    Settings
  >
  @Column() user!: User
  @Column() later!: Later
  @Column() text!: string
  @Column() method(_: Settings): Settings { return _ }
}
export class Later {}
export const result = { ...seen, line: new Error('x').stack!.split('\\n')[1].replace(/.*main\\.ts/, '') }`,
    })
    expect(result).toMatchObject({ settings: 'Object', later: 'Object', text: 'String', line: ':20:40)' })
  })
})

test('standard decorators run, with context.metadata', async () => {
  const { result } = await load({
    'tsconfig.json': '{ "compilerOptions": { "target": "ES2022" } }',
    'main.ts': `
;(Symbol as any).metadata ??= Symbol.for('Symbol.metadata')
const Column = () => (_: undefined, context: ClassFieldDecoratorContext) => {
  ;((context.metadata as any).columns ??= []).push([context.kind, context.name])
}
class A { @Column() id!: number; @Column() name!: string }
export const result = (A as any)[Symbol.metadata].columns`,
  })
  expect(result).toEqual([
    ['field', 'id'],
    ['field', 'name'],
  ])
})

test('extends is followed, comments and trailing commas are read', async () => {
  const { result } = await load(
    {
      'config/base.json': `{
  // "experimentalDecorators": false
  "compilerOptions": { /* legacy */ "experimentalDecorators": true, "emitDecoratorMetadata": true, "paths": { "#x": ["./no"], "@lib/*": ["../lib/*"], }, },
}`,
      'tsconfig.json': '{ "extends": ["./config/base"], "compilerOptions": { "target": "es2022" } }',
      'src/recorder.ts': recorder,
      'lib/deep/value.ts': 'export const value = 42',
      'src/main.ts': `import { Column, seen } from './recorder'
import { value } from '@lib/deep/value'
class A { @Column() text!: string }
export const result = { ...seen, value }`,
    },
    'src/main.ts',
  )
  expect(result).toEqual({ text: 'String', value: 42 })
})

test('a solution-style tsconfig takes the options of its first reference', async () => {
  const { result } = await load({
    'tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }',
    'tsconfig.app.json': legacy(),
    'recorder.ts': recorder,
    'main.ts': `import { Column, seen } from './recorder.js'
class A { @Column() n!: number }
export const result = seen`,
  })
  expect(result).toEqual({ n: 'Number' })
})

test('specifiers: .js for .ts, .mjs for .mts, none, folders, baseUrl, JSON by require, file names that need encoding', async () => {
  const { result } = await load({
    'package.json': '{ "type": "module" }',
    'tsconfig.json': '{ "compilerOptions": { "baseUrl": "." } }',
    'a.ts': 'export const a = 1',
    'b.mts': 'export const b = 2',
    'c/index.ts': 'export const c = 3',
    'd é#.ts': 'export const d = 4',
    'lib/e.ts': 'export const e = 5',
    'f.js': 'import { a } from "./a.js"; export const f = a + 5',
    'main.ts': `import { a } from './a.js'
import { b } from './b.mjs'
import { c } from './c'
import { d } from './d%20é%23.js'
import { e } from 'lib/e'
import { f } from './f.js'
export const result = [a, b, c, d, e, f]`,
  })
  expect(result).toEqual([1, 2, 3, 4, 5, 6])
})

test('a CommonJS project: ES syntax in .ts, require and __dirname, extensionless imports', async () => {
  const { result, folder } = await load({
    'package.json': '{ "name": "cjs" }',
    'other.ts': 'export const other: number = 7',
    'plain.cjs': 'exports.plain = 8',
    'main.ts': `import { basename } from 'path'
import { other } from './other'
const { plain } = require('./plain.cjs')
export const result = [other, plain, __dirname, basename(__filename)]`,
  })
  expect(result).toEqual([7, 8, folder, 'main.ts'])
})

test("'lockstep-pg' is the running program's own entry", async () => {
  const folder = await program().project({
    'main.ts': `export const result = import.meta.resolve ? (await import('lockstep-pg/testing').catch((e) => e.message)) : ''`,
    'own.ts': `import { LockstepError } from 'lockstep-pg'\nexport const result = LockstepError`,
  })
  const { stdout } = await program().script(
    `import { importProjectModule } from './cli/load/import-module.js'
     import { LockstepError } from './errors.js'
     const module = await importProjectModule(${JSON.stringify(pathToFileURL(join(folder, 'own.ts')).href)}, 'own.ts')
     console.log(module.result === LockstepError)`,
  )
  expect(stdout).toBe('true\n')
})

describe('errors', () => {
  test('syntax', async () => {
    const { code, message } = await load({ 'main.ts': 'export const result: = 1' })
    expect(code).toBe('MODULE_NOT_LOADED')
    expect(message).toMatch(/main\.ts/)
    expect(message).not.toContain('\u001B')
  })
  test('a missing package and a missing file', async () => {
    expect(await load({ 'main.ts': "import 'no-such-package-here'" })).toMatchObject({
      code: 'MODULE_NOT_LOADED',
      hint: 'Install the package that it imports.',
    })
    expect(await load({ 'main.ts': "import './nowhere.js'" })).toMatchObject({
      code: 'MODULE_NOT_LOADED',
      hint: 'Look at the path of the import.',
    })
  })
  test('a file that throws', async () => {
    expect(await load({ 'main.ts': "throw new TypeError('boom')" })).toMatchObject({
      code: 'MODULE_NOT_LOADED',
      message: 'main.ts could not be loaded: TypeError: boom',
    })
  })
  test('a tsconfig that is not JSON or extends nothing', async () => {
    expect((await load({ 'tsconfig.json': '{', 'main.ts': '' })).message).toMatch(/tsconfig\.json cannot be read/)
    expect((await load({ 'tsconfig.json': '{ "extends": "./no" }', 'main.ts': '' })).message).toMatch(
      /extends '\.\/no', which cannot be found/,
    )
  })
})
