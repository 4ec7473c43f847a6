// The files of src, their imports and their string literals, as the compiler reads them.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

export const root = fileURLToPath(new URL('../../..', import.meta.url))

export interface Import {
  /** A path below src (`model/naming.ts`), or a package (`pg`, `node:fs`). */
  readonly from: string
  readonly typeOnly: boolean
  /** By `import(…)`. */
  readonly dynamic: boolean
  readonly line: number
}

export interface SourceFile {
  /** Below src: `engine/diff.ts`. */
  readonly path: string
  /** The first folder: `engine`; empty for index.ts and errors.ts. */
  readonly area: string
  readonly text: string
  readonly tree: ts.SourceFile
  readonly imports: readonly Import[]
}

function slashed(path: string): string {
  return path.split(sep).join('/')
}

export const sources: readonly SourceFile[] = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map(slashed)
  .sort()
  .map((path) => {
    const text = readFileSync(join(root, 'src', path), 'utf8')
    const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true)
    return {
      path,
      area: path.includes('/') ? path.slice(0, path.indexOf('/')) : '',
      text,
      tree,
      imports: importsOf(tree),
    }
  })

/** Every node, parents before children. */
export function* nodes(node: ts.Node): Generator<ts.Node> {
  yield node
  const children: ts.Node[] = []
  ts.forEachChild(node, (child) => void children.push(child))
  for (const child of children) yield* nodes(child)
}

export function lineOf(tree: ts.SourceFile, node: ts.Node): number {
  return tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1
}

function importsOf(tree: ts.SourceFile): readonly Import[] {
  return [...nodes(tree)].flatMap((node): readonly Import[] => {
    const line = lineOf(tree, node)
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      if (!node.moduleSpecifier || !ts.isStringLiteral(node.moduleSpecifier)) return []
      return [{ from: resolved(tree, node.moduleSpecifier.text), typeOnly: isTypeOnly(node), dynamic: false, line }]
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments
      if (!argument || !ts.isStringLiteralLike(argument)) return []
      return [{ from: resolved(tree, argument.text), typeOnly: false, dynamic: true, line }]
    }
    // typeof import('…') and import('…').Name
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal))
      return [{ from: resolved(tree, node.argument.literal.text), typeOnly: true, dynamic: false, line }]
    return []
  })
}

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) {
    if (node.isTypeOnly) return true
    const named = node.exportClause && ts.isNamedExports(node.exportClause) ? node.exportClause.elements : undefined
    return named !== undefined && named.length > 0 && named.every((one) => one.isTypeOnly)
  }
  const clause = node.importClause
  if (!clause) return false
  if (clause.isTypeOnly) return true
  const named =
    clause.namedBindings && ts.isNamedImports(clause.namedBindings) ? clause.namedBindings.elements : undefined
  return clause.name === undefined && named !== undefined && named.length > 0 && named.every((one) => one.isTypeOnly)
}

function resolved(tree: ts.SourceFile, from: string): string {
  if (!from.startsWith('.')) return from
  return slashed(normalize(join(dirname(tree.fileName), from))).replace(/\.js$/, '.ts')
}

export const areaOf = (path: string): string => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '')

/** The package of a bare specifier: `@a/b/c` → `@a/b`. */
export const packageOf = (from: string): string =>
  from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/')

export const isOwn = (from: string): boolean => from.endsWith('.ts') && !from.startsWith('node:')

/** All files of the repository, without what is installed or built. */
export const repository = (folder = root): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (['node_modules', 'dist', '.git', '.lockstep', 'coverage'].includes(entry.name)) return []
    return entry.isDirectory() ? repository(path) : entry.isFile() ? [slashed(relative(root, path))] : []
  })
