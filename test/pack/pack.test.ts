// The package as users get it: built, packed, installed from the tarball into an ES module project and a CommonJS one, imported, compiled against, run.
import { execFile } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withDatabase } from '../support/database.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const temporary = mkdtempSync(join(tmpdir(), 'lockstep-pack-'))
afterAll(() => rmSync(temporary, { recursive: true, force: true }))

interface Result {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

function run(program: string, args: readonly string[], cwd: string): Promise<Result> {
  // Commands see no configuration of whoever runs the tests.
  const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}` } as Record<
    string,
    string | undefined
  >
  for (const name of Object.keys(env)) if (/^(npm_|DATABASE_URL$|PG[A-Z]+$)/.test(name)) delete env[name]
  return new Promise((resolve) => {
    execFile(program, args, { cwd, env, maxBuffer: 2 ** 24 }, (error, stdout, stderr) =>
      resolve({ code: error ? (typeof error.code === 'number' ? error.code : 1) : 0, stdout, stderr }),
    )
  })
}

async function succeeding(program: string, args: readonly string[], cwd: string): Promise<string> {
  const { code, stdout, stderr } = await run(program, args, cwd)
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}\n${stdout}\n${stderr}`)
  return stdout
}

const tsc = join(root, 'node_modules/typescript/bin/tsc')
const compile = (folder: string, args: readonly string[]) => run(process.execPath, [tsc, ...args], folder)

/** Builds into a folder of its own, so that nobody's `dist` changes under them. */
async function packed(): Promise<string> {
  const stage = join(temporary, 'stage')
  mkdirSync(stage)
  for (const name of ['package.json', 'README.md', 'CHANGELOG.md'])
    if (existsSync(join(root, name))) copyFileSync(join(root, name), join(stage, name))
  // Types are checked elsewhere.
  await succeeding(process.execPath, ['build.mjs', join(stage, 'dist'), '--noCheck'], root)
  const output = await succeeding('npm', ['pack', '--json', '--ignore-scripts'], stage)
  const [{ filename }] = JSON.parse(output) as [{ filename: string }]
  return join(stage, filename)
}

/** An empty project with the package installed, and nothing else. */
async function project(name: string, type: 'module' | 'commonjs', tarball: string): Promise<string> {
  const folder = join(temporary, name)
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version: '1.0.0', private: true, type }))
  await succeeding(
    'npm',
    ['install', tarball, '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'],
    folder,
  )
  return folder
}

let esm = ''
let cjs = ''
beforeAll(async () => {
  const tarball = await packed()
  ;[esm, cjs] = (await Promise.all([project('esm', 'module', tarball), project('cjs', 'commonjs', tarball)])) as [
    string,
    string,
  ]
}, 240_000)

const lockstep = (folder: string, ...args: readonly string[]) =>
  run(join(folder, 'node_modules/.bin/lockstep'), args, folder)

/** Says the same with import and require. */
const use = `
class App extends lockstep.DbContext {
  setupModel(model) {
    class User {}
    model.entity(User, (e) => { e.property((u) => u.id).hasType(lockstep.integer()).isPrimaryKey() })
  }
}
const client = new lockstep.PgClient('postgres://nobody@localhost:1/none')
const app = new App(client)
console.log(JSON.stringify({ table: app.model.tables[0].name, sql: lockstep.sql\`select \${lockstep.id('a"b')}\`.text }))
app.dispose()
`
const said = { table: 'user', sql: 'select "a""b"' }

const source = `
import { DbContext, type DbEntityTable, Entity, integer, type Operation, PgClient, PrimaryKey } from 'lockstep-pg'
import { conformance } from 'lockstep-pg/testing'

@Entity('users')
export class User {
  @PrimaryKey(integer(), { identity: 'always' }) id!: number
}
export class App extends DbContext {
  get users(): DbEntityTable<User> { return this.table(User) }
}
export const names = (operations: readonly Operation[]): string[] => operations.map((operation) => operation.type)
export const app = new App(new PgClient({ host: 'localhost' }))
// @ts-expect-error a wrong type is told
export const wrong: string = app.model.tables.length
export const checks = conformance(() => new PgClient({ host: 'localhost' })).length
`

describe('the tarball', () => {
  test('holds the program, its types and maps, and nothing else', () => {
    const folder = join(esm, 'node_modules/lockstep-pg')
    const names = readdirSync(folder).sort()
    expect(names.filter((name) => !['CHANGELOG.md', 'LICENSE'].includes(name))).toEqual(
      ['README.md', 'dist', 'package.json'].filter((name) => existsSync(join(root, name)) || name === 'dist'),
    )
    const files = readdirSync(join(folder, 'dist'), { recursive: true, encoding: 'utf8' })
    expect(files.filter((name) => /\.(test|spec)\.|^test/.test(name) && !name.startsWith('testing'))).toEqual([])
    expect(readFileSync(join(folder, 'dist/cli/main.js'), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)
  })
})

describe('an ES module project', () => {
  test('imports it', async () => {
    writeFileSync(join(esm, 'use.js'), `import * as lockstep from 'lockstep-pg'\n${use}`)
    expect(JSON.parse(await succeeding(process.execPath, ['use.js'], esm))).toEqual(said)
  })

  test.for(['legacy', 'standard'])(
    'compiles against its types, strictly, libraries too: %s decorators',
    async (form) => {
      writeFileSync(join(esm, 'app.ts'), source)
      const { code, stdout } = await compile(esm, [
        ...['--noEmit', '--strict', '--target', 'ES2022', '--module', 'NodeNext', '--types', 'node'],
        ...(form === 'legacy' ? ['--experimentalDecorators'] : []),
        'app.ts',
      ])
      expect(stdout).toBe('')
      expect(code).toBe(0)
    },
  )
})

describe('a CommonJS project', () => {
  test('requires it', async () => {
    writeFileSync(join(cjs, 'use.js'), `const lockstep = require('lockstep-pg')\n${use}`)
    const { code, stdout, stderr } = await run(process.execPath, ['use.js'], cjs)
    expect(stderr.replaceAll(/^.*(ExperimentalWarning|--trace-warnings).*\n/gm, '')).toBe('')
    expect(JSON.parse(stdout)).toEqual(said)
    expect(code).toBe(0)
  })

  test('and imports it: both are the same module', async () => {
    writeFileSync(
      join(cjs, 'both.mjs'),
      `import { createRequire } from 'node:module'
       import { DbContext } from 'lockstep-pg'
       console.log(createRequire(import.meta.url)('lockstep-pg').DbContext === DbContext)`,
    )
    expect((await succeeding(process.execPath, ['both.mjs'], cjs)).trim()).toBe('true')
  })

  test.for(['Node16', 'NodeNext'])('compiles against its types, libraries too: module %s', async (module) => {
    writeFileSync(join(cjs, 'app.ts'), source)
    const { code, stdout } = await compile(cjs, [
      ...['--noEmit', '--strict', '--target', 'ES2022', '--module', module],
      ...['--types', 'node', '--experimentalDecorators', 'app.ts'],
    ])
    expect(stdout).toBe('')
    expect(code).toBe(0)
  })
})

describe.for(['esm', 'cjs'] as const)('the program in the %s project', (kind) => {
  const database = withDatabase()
  const folder = () => (kind === 'esm' ? esm : cjs)

  test('--help and --version', async () => {
    const help = await lockstep(folder(), '--help')
    expect(help.code).toBe(0)
    for (const command of ['init', 'plan', 'migrate', 'check', 'diff']) expect(help.stdout).toContain(command)
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    expect((await lockstep(folder(), '--version')).stdout).toContain(version)
  })

  test('init writes a project whose model loads and compiles', async () => {
    const init = await lockstep(folder(), 'init')
    expect(init.stderr).toBe('')
    expect(init.code).toBe(0)
    expect(existsSync(join(folder(), 'lockstep.config.ts'))).toBe(true)
    const again = await lockstep(folder(), 'init')
    expect(again.code).toBe(2)
    const { url } = await database()
    const migrated = await lockstep(folder(), 'migrate', '--url', url, '--yes', '--json')
    expect(migrated.code, migrated.stderr).toBe(0)
    expect(JSON.parse(migrated.stdout)).toMatchObject({ format: 1, applied: { verified: true } })
    expect((await lockstep(folder(), 'check', '--url', url)).code).toBe(0)
    const compiled = await compile(folder(), [
      ...[
        '--noEmit',
        '--strict',
        '--target',
        'ES2022',
        '--module',
        'NodeNext',
        '--types',
        'node',
        '--experimentalDecorators',
      ],
      ...['lockstep.config.ts', 'src/database.ts'],
    ])
    expect(compiled.stdout).toBe('')
  })
})
