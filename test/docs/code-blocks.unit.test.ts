// Every ts block of the README and the guides compiles against the library, so that the pages cannot rot.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { blocksOf } from './blocks.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const pages = [
  'README.md',
  'docs/getting-started.md',
  'docs/migrations.md',
  'docs/model.md',
  ...readdirSync(join(root, 'docs/objects')).map((file) => `docs/objects/${file}`),
]

interface PageFile {
  readonly page: string
  readonly line: number
  readonly code: string
}

/** Paths that no disk holds → blocks. */
const files = new Map<string, PageFile>(
  pages.flatMap((page) =>
    blocksOf(readFileSync(join(root, page), 'utf8')).map(({ path, code, line }): [string, PageFile] => [
      join(root, 'blocks-of-pages', page, path),
      { page, line, code },
    ]),
  ),
)
const folders = new Set(
  [...files.keys()].flatMap((path) => {
    const found: string[] = []
    for (let folder = dirname(path); folder.length >= root.length; folder = dirname(folder)) found.push(folder)
    return found
  }),
)

/** Mistakes as `page:line: message`. */
function mistakes(experimentalDecorators: boolean): readonly string[] {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ['lib.es2023.d.ts', 'lib.esnext.decorators.d.ts'],
    types: ['node'],
    strict: true,
    noImplicitOverride: true,
    skipLibCheck: true,
    noEmit: true,
    experimentalDecorators,
    paths: {
      'lockstep-pg': [join(root, 'src/index.ts')],
      'lockstep-pg/migrations': [join(root, 'src/migrations/index.ts')],
      'lockstep-pg/testing': [join(root, 'src/testing/index.ts')],
    },
  }
  const disk = ts.createCompilerHost(options)
  const host: ts.CompilerHost = {
    ...disk,
    getCurrentDirectory: () => root,
    fileExists: (path) => files.has(path) || disk.fileExists(path),
    directoryExists: (path) => folders.has(path) || disk.directoryExists?.(path) === true,
    readFile: (path) => files.get(path)?.code ?? disk.readFile(path),
    getSourceFile: (path, language, onError, create) => {
      const block = files.get(path)
      return block
        ? ts.createSourceFile(path, block.code, language)
        : disk.getSourceFile(path, language, onError, create)
    },
  }
  const program = ts.createProgram([...files.keys()], options, host)
  return [...files].flatMap(([path, block]) => {
    const source = program.getSourceFile(path)
    if (!source) return [`${block.page}:${block.line}: was not compiled`]
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map((diagnostic) => {
      const { line } = source.getLineAndCharacterOfPosition(diagnostic.start ?? 0)
      return `${block.page}:${block.line + line}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')}`
    })
  })
}

describe('the code blocks of the pages', () => {
  test.each(pages)('%s has some', (page) => {
    expect([...files.values()].some((block) => block.page === page)).toBe(true)
  })

  test.each([
    ['legacy', true],
    ['standard', false],
  ])('compile under %s decorators', (_name, experimental) => {
    expect(mistakes(experimental)).toEqual([])
  })
})
