// What decorators come to at run time: fixtures compiled by TypeScript 5.9, TypeScript 7 and esbuild, in both forms, run by Node; the model is always the same.
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build, transform } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const run = promisify(execFile)
const folder = fileURLToPath(new URL('./runtime', import.meta.url))
const root = fileURLToPath(new URL('../..', import.meta.url))
// Inside of the checkout, so that Node finds the packages that the sources import.
mkdirSync(join(root, '.lockstep'), { recursive: true })
const temporary = mkdtempSync(join(root, '.lockstep', 'runtime-'))
afterAll(() => rmSync(temporary, { recursive: true, force: true }))

const compilers = ['TypeScript 5.9', 'TypeScript 7', 'esbuild'] as const
type Compiler = (typeof compilers)[number]
type Form = 'standard' | 'legacy' | 'legacy with metadata'
const fixtures = ['entities', 'inferred', 'accessors']

/** Prints the model of the entities, or its mistakes; and where each column was written. */
const printer = `
import { DbContext, ModelError } from 'lockstep-pg'
process.setSourceMapsEnabled(true)
const { [process.argv[3]]: entities } = await import(process.argv[2])
class App extends DbContext {
  setupModel(model) { for (const entity of entities) model.entity(entity) }
}
const client = { query: () => {}, script: () => {}, end: async () => {} }
try {
  const { model } = await new App(client)
  const lines = model.tables.flatMap((table) => table.columns.map((column) => [table.name + '.' + column.name, column.source()?.line]))
  console.log(JSON.stringify({ model, lines: Object.fromEntries(lines) }))
} catch (error) {
  if (!(error instanceof ModelError)) throw error
  console.log(JSON.stringify({ issues: error.issues.map(({ code, property, message, hint }) => ({ code, property, message, hint })) }))
}
`

beforeAll(async () => {
  const library = join(temporary, 'node_modules/lockstep-pg')
  mkdirSync(library, { recursive: true })
  writeFileSync(join(library, 'package.json'), '{ "name": "lockstep-pg", "type": "module", "exports": "./index.js" }')
  await build({
    entryPoints: [join(root, 'src/index.ts')],
    outfile: join(library, 'index.js'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    tsconfigRaw: {},
  })
  // A package of its own, else `lockstep-pg` would be this checkout.
  writeFileSync(join(temporary, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(temporary, 'print.mjs'), printer)
})

const optionsOf = (form: Form) => ({
  target: 'ES2022',
  useDefineForClassFields: true,
  experimentalDecorators: form !== 'standard',
  ...(form === 'legacy with metadata' ? { emitDecoratorMetadata: true } : {}),
})

/** The folder with the compiled fixtures. */
async function compiled(compiler: Compiler, form: Form): Promise<string> {
  const out = join(temporary, `${compiler} ${form}`.replaceAll(/[ .]/g, '-'))
  if (existsSync(out)) return out
  mkdirSync(out)
  writeFileSync(join(out, 'package.json'), '{ "type": "module" }')
  const files = fixtures
    .filter((name) => form === 'standard' || name !== 'accessors')
    .map((name) => join(folder, `${name}.ts`))
  const compilerOptions = optionsOf(form)
  if (compiler === 'esbuild') {
    for (const file of files) {
      const { code } = await transform(readFileSync(file, 'utf8'), {
        loader: 'ts',
        target: 'es2022',
        sourcemap: 'inline',
        sourcefile: file,
        tsconfigRaw: { compilerOptions },
      })
      writeFileSync(join(out, file.slice(folder.length + 1).replace(/ts$/, 'js')), code)
    }
    return out
  }
  const config = join(out, 'tsconfig.json')
  const more = {
    module: 'NodeNext',
    moduleResolution: 'NodeNext',
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
    strict: true,
    noCheck: true,
    skipLibCheck: true,
    inlineSourceMap: true,
    rootDir: folder,
    outDir: out,
  }
  writeFileSync(config, JSON.stringify({ compilerOptions: { ...compilerOptions, ...more }, files }))
  const tsc = compiler === 'TypeScript 7' ? 'typescript-7' : 'typescript'
  await run(process.execPath, [join(root, 'node_modules', tsc, 'bin/tsc'), '-p', config]).catch(
    (error: { stdout: string }) => {
      throw new Error(error.stdout)
    },
  )
  return out
}

interface Printed {
  readonly model?: unknown
  readonly lines?: Readonly<Record<string, number>>
  readonly issues?: readonly Readonly<Record<'code' | 'property' | 'message' | 'hint', string>>[]
}

async function printed(compiler: Compiler, form: Form, fixture: string, named = 'entities'): Promise<Printed> {
  const file = join(await compiled(compiler, form), `${fixture}.js`)
  const { stdout } = await run(process.execPath, [join(temporary, 'print.mjs'), file, named], { cwd: temporary })
  return JSON.parse(stdout) as Printed
}

const cases = compilers.flatMap((compiler) =>
  (['standard', 'legacy', 'legacy with metadata'] as const)
    // esbuild has no metadata to write.
    .filter((form) => compiler !== 'esbuild' || form !== 'legacy with metadata')
    .map((form) => ({ compiler, form })),
)

describe('one model, however it was compiled', () => {
  test.for(cases)('$compiler, $form', async ({ compiler, form }) => {
    const { model, lines, issues } = await printed(compiler, form, 'entities')
    const reference = await printed('TypeScript 5.9', 'legacy', 'entities')
    expect(issues).toBeUndefined()
    expect(model).toEqual(reference.model)
    const written = readFileSync(join(folder, 'entities.ts'), 'utf8').split('\n')
    const lineOf = (text: string) => written.findIndex((line) => line.includes(text)) + 1
    expect(lines).toEqual({
      'notes.line': lineOf('line!: number'),
      'notes.author': lineOf('author!: number'),
      'notes.parent': lineOf('@Column(text(), { nullable: true })'),
      'notes.code': lineOf('code!: string'),
      'users.id': lineOf('PrimaryKey(serial())'),
      'users.created_at': lineOf('@Column(timestamptz()'),
      'users.email': lineOf('email!: string'),
      'users.status': lineOf('@Column(status'),
      'users.age': lineOf('age: number'),
      'users.secret': lineOf('private secret'),
    })
  })

  test('it is the one that was meant', async () => {
    expect((await printed('TypeScript 7', 'standard', 'entities')).model).toMatchObject({
      contextName: 'App',
      enums: [{ name: 'status' }],
      sequences: [{ name: 'users_id_seq', schemaName: 'auth' }],
      tables: [
        {
          name: 'notes',
          primaryKey: { name: 'notes_key', columns: ['line', 'author'] },
          foreignKeys: [{ name: 'notes_author_fkey' }, { name: 'notes_parent_fkey' }],
          columns: [{ name: 'line' }, { name: 'author' }, { name: 'parent', nullable: true }, { name: 'code' }],
        },
        {
          name: 'users',
          comment: 'People',
          columns: [
            { name: 'id' },
            { name: 'created_at' },
            { name: 'email' },
            { name: 'status', default: { literal: 'open' } },
            { name: 'age' },
            { name: 'secret' },
          ],
          uniques: [{ name: 'users_email_status_key' }, { name: 'users_email_key' }],
          indexes: [{ name: 'users_created_at_idx' }, { name: 'users_email_idx' }, { name: 'users_email_idx1' }],
          checks: [{ name: 'users_created_at_check' }],
        },
      ],
      further: [{ kind: 'made_up', object: { schemaName: 'auth', table: 'users' } }],
    })
  })

  test.for(compilers)('auto-accessors and private names: %s', async (compiler) => {
    expect((await printed(compiler, 'standard', 'accessors')).model).toMatchObject({
      tables: [{ columns: [{ name: 'id' }, { name: 'full_name' }, { name: 'secret', property: 'secret' }] }],
    })
  })
})

describe('types that the compiler wrote down', () => {
  test.for(['TypeScript 5.9', 'TypeScript 7'] as const)('%s', async (compiler) => {
    const { model } = await printed(compiler, 'legacy with metadata', 'inferred')
    const [table] = (model as { tables: { columns: { name: string; type: { sql: string } }[] }[] }).tables
    expect(Object.fromEntries(table?.columns.map((column) => [column.name, column.type.sql]) ?? [])).toEqual({
      id: 'integer',
      name: 'text',
      flag: 'boolean',
      at: 'timestamptz',
      data: 'bytea',
      big: 'bigint',
      union: 'text',
    })
  })

  test.for(['TypeScript 5.9', 'TypeScript 7'] as const)('%s: what stands for no single type', async (compiler) => {
    const { issues } = await printed(compiler, 'legacy with metadata', 'inferred', 'wrong')
    expect(
      issues?.map((issue) => [issue.code, issue.property, /: (\w+) stands for no/.exec(issue.message)?.[1]]),
    ).toEqual([
      ['TYPE_MISSING', 'nullable', 'Object'],
      ['TYPE_MISSING', 'mixed', 'Object'],
      ['TYPE_MISSING', 'list', 'Array'],
      ['TYPE_MISSING', 'shape', 'Object'],
      ['TYPE_MISSING', 'entity', 'Inferred'],
      ['TYPE_MISSING', 'anything', 'Object'],
    ])
    expect(issues?.[0]?.hint).toBe('Write it: @Column(text()) nullable, or whichever type is meant.')
  })

  test.for(
    compilers.flatMap((compiler) => [
      { compiler, form: 'standard' as const },
      { compiler, form: 'legacy' as const },
    ]),
  )('none are written by $compiler, $form', async ({ compiler, form }) => {
    const { issues } = await printed(compiler, form, 'inferred')
    expect(issues?.map((issue) => issue.property)).toEqual(['id', 'name', 'flag', 'at', 'data', 'big', 'union'])
    for (const issue of issues ?? []) {
      expect(issue.code).toBe('TYPE_MISSING')
      expect(issue.message).toContain('the compiler wrote none down')
    }
  })
})
