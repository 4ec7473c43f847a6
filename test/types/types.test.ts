// What the compiler accepts and refuses: the lines of the fixtures that are marked `// error` are exactly those that TypeScript 5.9 and 7 complain about.
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import ts from 'typescript'
import { afterAll, describe, expect, test } from 'vitest'

const folder = fileURLToPath(new URL('.', import.meta.url))
const root = join(folder, '../..')
const temporary = mkdtempSync(join(tmpdir(), 'lockstep-types-'))
afterAll(() => rmSync(temporary, { recursive: true, force: true }))

interface Setting {
  readonly form: 'legacy' | 'standard'
  readonly strict: boolean
}

const settings: readonly Setting[] = [
  { form: 'legacy', strict: true },
  { form: 'legacy', strict: false },
  { form: 'standard', strict: true },
  { form: 'standard', strict: false },
]

/** `name.standard.ts` is compiled only under the standard proposal. */
const filesOf = ({ form }: Setting): readonly string[] =>
  ['good', 'bad']
    .flatMap((kind) => readdirSync(join(folder, kind)).map((name) => join(folder, kind, name)))
    .filter((file) => !/\.(legacy|standard)\.ts$/.test(file) || file.endsWith(`.${form}.ts`))

function markedLines(setting: Setting): readonly string[] {
  return filesOf(setting).flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, index) => {
        const mark = /\/\/ error( strict)?$/.exec(line)
        return mark && (setting.strict || !mark[1]) ? [`${relative(folder, file)}:${index + 1}`] : []
      }),
  )
}

/** Writes a tsconfig.json and returns its path. */
function configuration(setting: Setting): string {
  const file = join(temporary, `${setting.form}-${setting.strict ? 'strict' : 'loose'}.json`)
  const compilerOptions = {
    target: 'ES2022',
    module: 'NodeNext',
    lib: ['ES2023'],
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
    strict: setting.strict,
    experimentalDecorators: setting.form === 'legacy',
    skipLibCheck: true,
    noEmit: true,
    paths: { 'lockstep-pg': [join(root, 'src/index.ts')] },
  }
  writeFileSync(file, JSON.stringify({ compilerOptions, files: filesOf(setting) }))
  return file
}

const sorted = (lines: Iterable<string>): readonly string[] => [...new Set(lines)].sort()

function complaintsOf5(setting: Setting): readonly string[] {
  const { config } = ts.readConfigFile(configuration(setting), ts.sys.readFile)
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, temporary)
  const program = ts.createProgram(fileNames, options)
  expect(program.getOptionsDiagnostics()).toEqual([])
  return fileNames.flatMap((name) => {
    const source = program.getSourceFile(name)
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ file, start }) =>
        file ? `${relative(folder, file.fileName)}:${file.getLineAndCharacterOfPosition(start ?? 0).line + 1}` : '?',
    )
  })
}

async function complaintsOf7(setting: Setting): Promise<readonly string[]> {
  const program = join(root, 'node_modules/typescript-7/bin/tsc')
  const output = await promisify(execFile)(
    process.execPath,
    [program, '-p', configuration(setting), '--pretty', 'false'],
    {
      cwd: folder,
      maxBuffer: 2 ** 24,
    },
  ).then(
    ({ stdout }) => stdout,
    (error: { stdout: string }) => error.stdout,
  )
  return [...output.matchAll(/^((?:good|bad)\/[^(]+)\((\d+),\d+\): error/gm)].map(([, file, line]) => `${file}:${line}`)
}

describe.each(settings)('$form decorators, strict $strict', (setting) => {
  test('TypeScript 5.9', () => {
    expect(ts.version).toMatch(/^5\.9\./)
    expect(sorted(complaintsOf5(setting))).toEqual(sorted(markedLines(setting)))
  })

  test('TypeScript 7', async () => {
    expect(sorted(await complaintsOf7(setting))).toEqual(sorted(markedLines(setting)))
  })
})
