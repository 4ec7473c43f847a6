// Types that decorator metadata must not evaluate: imported or local names in decorated places. An interface has no value to import,
// and a class of a circular import has none yet; only built-in types are ever read from metadata.
import { parseSync } from './swc.js'

interface Node {
  readonly type: string
  readonly span: { readonly start: number; readonly end: number }
  readonly [key: string]: unknown
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'

function* nodes(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const item of value) yield* nodes(item)
  else if (typeof value === 'object' && value !== null) {
    if (isNode(value)) yield value
    for (const inner of Object.values(value)) yield* nodes(inner)
  }
}

/** The source with each such type replaced by `any`; line breaks stay where they are. */
export function withoutForeignTypes(source: string, tsx: boolean): string {
  const program: unknown = parseSync(`;${source}`, { syntax: 'typescript', tsx, decorators: true, target: 'es2022' })
  const all = [...nodes(program)]
  const first = all.find((node) => node.type === 'EmptyStatement')
  const names = new Set(all.flatMap(declared))
  const annotations = all.filter((node) => node.type.startsWith('Class')).flatMap(decoratedTypes)
  const references = annotations.flatMap((annotation) =>
    [...nodes(annotation)].filter(
      (node) => node.type === 'TsTypeReference' && names.has(rootName(node.typeName) ?? ''),
    ),
  )
  if (!first || references.length === 0) return source
  const bytes = Buffer.from(`;${source}`)
  const parts: Buffer[] = []
  let at = 1
  for (const { span } of references.sort((a, b) => a.span.start - b.span.start)) {
    const start = span.start - first.span.start
    const end = span.end - first.span.start
    if (start < at) continue
    const breaks = bytes.subarray(start, end).toString().replace(/[^\n]/g, '')
    parts.push(bytes.subarray(at, start), Buffer.from(`any${breaks}`))
    at = end
  }
  return Buffer.concat([...parts, bytes.subarray(at)]).toString()
}

/** Names that a file imports, and classes that it declares. */
function declared(node: Node): readonly string[] {
  if (node.type === 'ImportDeclaration')
    return (node.specifiers as readonly Node[]).flatMap((specifier) => rootName(specifier.local) ?? [])
  if (node.type === 'ClassDeclaration') return [rootName(node.identifier) ?? []].flat()
  return []
}

function rootName(node: unknown): string | undefined {
  if (!isNode(node)) return undefined
  return node.type === 'TsQualifiedName' ? rootName(node.left) : (node.value as string | undefined)
}

const hasDecorators = (node: Node): boolean => Array.isArray(node.decorators) && node.decorators.length > 0

/** What `design:type`, `design:paramtypes` and `design:returntype` would be made from. */
function decoratedTypes(node: Node): readonly unknown[] {
  if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') {
    if (!hasDecorators(node)) return []
    return (node.body as readonly Node[])
      .filter((member) => member.type === 'Constructor')
      .flatMap((member) => annotationsOf(member.params))
  }
  if (node.type === 'ClassProperty') return hasDecorators(node) ? [node.typeAnnotation] : []
  if (node.type !== 'ClassMethod') return []
  const method = node.function as Node
  const parameters = method.params as readonly Node[]
  return hasDecorators(method) || parameters.some(hasDecorators)
    ? [...annotationsOf(parameters), method.returnType]
    : []
}

const annotationsOf = (parameters: unknown): readonly Node[] =>
  [...nodes(parameters)].filter((node) => node.type === 'TsTypeAnnotation')
