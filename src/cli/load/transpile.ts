// TypeScript of the user's project to JavaScript that Node runs, decorators lowered as the tsconfig says. The only user of @swc/core's transform.
import { stripVTControlCharacters } from 'node:util'
import { withDecoratorLines } from './decorator-lines.js'
import { withoutForeignTypes } from './metadata-types.js'
import { type Options, transformSync } from './swc.js'
import type { TsOptions } from './tsconfig.js'

/** JavaScript (ES module) with an inline source map. Throws a SyntaxError that names the file. */
export function transpile(source: string, file: string, options: TsOptions, commonJs: boolean): string {
  const tsx = file.endsWith('.tsx')
  try {
    const text = options.emitDecoratorMetadata && source.includes('@') ? withoutForeignTypes(source, tsx) : source
    const { code: lowered } = transformSync(text, swcOptions(file, options, tsx))
    const code = options.experimentalDecorators ? withDecoratorLines(lowered, text, tsx) : lowered
    return commonJs ? `${commonJsGlobals(source)}${code}` : code
  } catch (error) {
    throw new SyntaxError(
      `${file}: ${stripVTControlCharacters(String((error as Error).message ?? error))
        .split(/\n\s*(?:Caused by:|Stack backtrace:)/)[0]
        ?.trim()}`,
    )
  }
}

function swcOptions(file: string, options: TsOptions, tsx: boolean): Options {
  return {
    filename: file,
    swcrc: false,
    configFile: false,
    isModule: true,
    sourceMaps: 'inline',
    inlineSourcesContent: true,
    module: { type: 'es6' },
    jsc: {
      target: 'es2022',
      keepClassNames: true,
      parser: { syntax: 'typescript', tsx, decorators: true },
      transform: {
        ...(options.experimentalDecorators
          ? { legacyDecorator: true, decoratorMetadata: options.emitDecoratorMetadata }
          : { decoratorVersion: '2023-11' as const }),
        useDefineForClassFields: options.useDefineForClassFields,
        verbatimModuleSyntax: options.verbatimModuleSyntax,
        react: {
          runtime: options.jsx === 'react' ? 'classic' : 'automatic',
          ...(options.jsxImportSource === undefined ? {} : { importSource: options.jsxImportSource }),
        },
      },
    },
  }
}

/** What a file of a CommonJS project may use without an import; on the first line, so that lines stay where they are. */
function commonJsGlobals(source: string): string {
  const uses = (name: string) => new RegExp(String.raw`(?<![.\w$])${name}\b`).test(source)
  const declares = (name: string) =>
    new RegExp(String.raw`\b(?:const|let|var|function|import)\s+\{?\s*${name}\b`).test(source)
  const wanted = ['require', '__filename', '__dirname'].filter((name) => uses(name) && !declares(name))
  if (wanted.length === 0) return ''
  const values: Readonly<Record<string, string>> = {
    require: 'process.getBuiltinModule("node:module").createRequire(import.meta.url)',
    __filename: 'import.meta.filename',
    __dirname: 'import.meta.dirname',
  }
  return wanted.map((name) => `const ${name} = ${values[name]};`).join('')
}
