// What expressions and queries say and whether two say the same, by their parse trees; renames inside their text, by location.
import type { ExpressionTools, Mentions, QualifiedName } from '../engine/ports.js'
import { functionRead, loadParser, nodes, type Parser, strings, type Tree } from './parser.js'
import { isNumber, numberIn, type Parsed, regclassLiteral, shape, simple, typeKey, withoutTopCast } from './shape.js'
import { anythingIn } from './words.js'

const prefix = 'select '

let kept: WeakRef<ExpressionTools> | undefined

/** The tools over a loaded parser. Parses are kept while memory lasts, so that asking again costs nothing. */
export async function loadExpressionTools(): Promise<ExpressionTools> {
  const known = kept?.deref()
  if (known) return known
  const tools = expressionTools(await loadParser())
  kept = new WeakRef(tools)
  return tools
}

const limit = 50_000

export function expressionTools(parser: Parser): ExpressionTools {
  const cache = new Map<string, Parsed | undefined>()
  const parsed = (expression: string): Parsed | undefined => {
    if (cache.has(expression)) return cache.get(expression)
    if (cache.size >= limit) cache.clear()
    const result = parseExpression(parser, expression)
    cache.set(expression, result)
    return result
  }
  const shapes = new WeakMap<Parsed, Map<string, string>>()
  const shapeOf = (one: Parsed, type: string | undefined): string => {
    const byType = shapes.get(one) ?? new Map<string, string>()
    shapes.set(one, byType)
    const found = byType.get(type ?? '') ?? shape(parser, one, withoutTopCast(one.tree, type))
    byType.set(type ?? '', found)
    return found
  }
  return {
    same(a, b, columnType) {
      if (a === b) return true
      const [left, right] = [parsed(a), parsed(b)]
      if (!left || !right) return false
      const type = columnType === undefined ? undefined : typeKey(columnType)
      const said = (one: Parsed) => shapeOf(one, type)
      const [one, other] = [said(left), said(right)]
      return (
        one === other ||
        (columnType !== undefined &&
          isNumber(columnType) &&
          numberIn(one) !== undefined &&
          numberIn(one) === numberIn(other))
      )
    },
    mentions: (expression) => {
      const known = parsed(expression)
      return known ? mentionsOf(known) : anythingIn(expression)
    },
    renameColumn: (expression, from, to) =>
      replaceNames(parser, parsed(expression), expression, (type, node) => {
        const fields = type === 'ColumnRef' ? strings(node.fields) : []
        return fields.at(-1) === from ? { parts: fields, at: fields.length - 1, name: to } : undefined
      }),
    renameType: (expression, schemaName, from, to) =>
      replaceNames(parser, parsed(expression), expression, (type, node) => {
        const names = isTypeName(type, node) ? strings(node.names) : []
        return names.at(-1) === from && (names.length === 1 || names.at(-2) === schemaName)
          ? { parts: names, at: names.length - 1, name: to }
          : undefined
      }),
    renameRelation: (expression, schemaName, from, to) => {
      const renamed = replaceRegclass(parser, parsed(expression), expression, (names) =>
        names.at(-1) === from && (names.length === 1 || names[0] === schemaName)
          ? [...names.slice(0, -1), to]
          : undefined,
      )
      const bare = readsBare(parsed(renamed), from)
      return replaceNames(parser, parsed(renamed), renamed, (type, node) => {
        const parts = relationParts(type, node)
        if (parts.at(-1) === from && (parts.length === 1 || parts[0] === schemaName))
          return { parts, at: parts.length - 1, name: to }
        const fields = type === 'ColumnRef' && bare ? strings(node.fields) : []
        const at = fields.length - 2 + starred(node)
        return fields[at] === from && (at === 0 || fields[0] === schemaName)
          ? { parts: fields, at, name: to }
          : undefined
      })
    },
    renameRoutine: (expression, schemaName, from, to) =>
      replaceNames(parser, parsed(expression), expression, (type, node) => {
        const names = type === 'FuncCall' ? strings(node.funcname) : []
        return names.at(-1) === from && (names.length === 1 || names.at(-2) === schemaName)
          ? { parts: names, at: names.length - 1, name: to }
          : undefined
      }),
    renameSchema: (expression, from, to) => {
      const renamed = replaceNames(parser, parsed(expression), expression, (type, node) => {
        const names = isTypeName(type, node)
          ? strings(node.names)
          : type === 'FuncCall'
            ? strings(node.funcname)
            : relationParts(type, node)
        return names.length > 1 && names.at(-2) === from ? { parts: names, at: names.length - 2, name: to } : undefined
      })
      return replaceRegclass(parser, parsed(renamed), renamed, (names) =>
        names.length > 1 && names[0] === from ? [to, ...names.slice(1)] : undefined,
      )
    },
  }
}

const routine = 'create function f() '
const body = /^\s*(return|begin\s+atomic)\b/i
const query = /^\s*(select|with|values|table)\b|^\s*\(\s*(select|with|values)\b/i

/** The first node of `SELECT expression`, or of the query or the routine's body that the text is; undefined where the grammar does not know it. */
function parseExpression(parser: Parser, expression: string): Parsed | undefined {
  if (body.test(expression)) return parseBody(parser, expression)
  return parseOne(parser, expression) ?? (query.test(expression) ? parseQuery(parser, expression) : undefined)
}

function parseQuery(parser: Parser, text: string): Parsed | undefined {
  const statement = onlyStatement(parser, text)
  return statement?.type === 'SelectStmt' ? { text, prefix: 0, tree: statement.node } : undefined
}

function parseBody(parser: Parser, body: string): Parsed | undefined {
  const text = routine + body
  const statement = onlyStatement(parser, text)
  const tree = (statement?.node.CreateFunctionStmt as Tree | undefined)?.sql_body
  return tree === undefined ? undefined : { text, prefix: routine.length, tree: { sql_body: tree } }
}

function onlyStatement(parser: Parser, text: string) {
  const result = parser.parse(text)
  return result.error === undefined && result.statements.length === 1 ? result.statements[0] : undefined
}

function parseOne(parser: Parser, expression: string): Parsed | undefined {
  const text = prefix + expression
  const result = parser.parse(text)
  if (result.error !== undefined || result.statements.length !== 1) return undefined
  const select = result.statements[0]?.node.SelectStmt as Tree | undefined
  const targets = select?.targetList as readonly Tree[] | undefined
  const value = (targets?.[0]?.ResTarget as Tree | undefined)?.val
  const clauses = Object.keys(select ?? {}).filter((key) => !['targetList', 'limitOption', 'op'].includes(key))
  return targets?.length === 1 && clauses.length === 0 && value
    ? { text, prefix: prefix.length, tree: value as Tree }
    : undefined
}

const isTypeName = (type: string, node: Tree): boolean =>
  (type === 'typeName' || type === 'TypeName') && Array.isArray(node.names)

/** A table that is read, or the one that a statement of a routine's body writes to. */
const isRelation = (type: string, node: Tree): boolean =>
  type === 'RangeVar' || (type === 'relation' && typeof node.relname === 'string')

/** Columns that a statement writes, joins by or settles conflicts by. */
const listed = (type: string, node: Tree): readonly string[] => [
  ...(type === 'SelectStmt' ? [] : written(node)),
  ...strings(node.usingClause),
  ...(type === 'IndexElem' && typeof node.name === 'string' ? [node.name] : []),
]

const written = (node: Tree): readonly string[] =>
  [node.cols, node.targetList].flatMap((list) =>
    Array.isArray(list)
      ? list.flatMap((item) => String(((item as Tree).ResTarget as Tree | undefined)?.name ?? '') || [])
      : [],
  )

const relationParts = (type: string, node: Tree): readonly string[] =>
  isRelation(type, node)
    ? [...(typeof node.schemaname === 'string' ? [node.schemaname] : []), String(node.relname)]
    : []

/** 1 where a column reference ends in a star, which is no name. */
const starred = (node: Tree): number => (JSON.stringify(node.fields ?? []).includes('"A_Star"') ? 1 : 0)

/** Is a relation read under its own name? Then columns may be qualified by it. */
const readsBare = (parsed: Parsed | undefined, name: string): boolean =>
  parsed !== undefined &&
  [...nodes(parsed.tree)].some(({ type, node }) => isRelation(type, node) && node.relname === name && !node.alias)

const qualifiedName = (parts: readonly string[]): QualifiedName => ({
  name: parts.at(-1) ?? '',
  ...(parts.length > 1 && parts.at(-2) !== 'pg_catalog' ? { schemaName: parts.at(-2) } : {}),
})

function mentionsOf(parsed: Parsed): Mentions {
  const columns = new Set<string>()
  /** Names that stand alone: a column, or a whole row. */
  const alone = new Set<string>()
  const rows = new Set<string>()
  let everything = false
  const arbiters: string[] = []
  const functions: Mentions['functions'][number][] = []
  const types: QualifiedName[] = []
  const relations: Mentions['relations'][number][] = []
  for (const { type, node } of nodes(parsed.tree)) {
    if (type === 'A_Star') everything = true
    if (type === 'ColumnRef') {
      const fields = strings(node.fields)
      for (const name of fields) columns.add(name)
      if (fields.length === 1) alone.add(fields[0]!)
    }
    if (type === 'A_Indirection') for (const name of strings(node.indirection)) columns.add(name)
    if (type === 'FuncCall') functions.push(qualifiedName(strings(node.funcname)))
    const read = type === 'RangeFunction' ? functionRead(node) : undefined
    if (read) functions.push({ ...qualifiedName(read.names), placed: read.placed })
    if (isTypeName(type, node)) types.push(qualifiedName(strings(node.names)))
    for (const name of listed(type, node)) columns.add(name)
    if (typeof node.conname === 'string') arbiters.push(node.conname)
    if (isRelation(type, node)) {
      const alias = node.alias as Tree | undefined
      relations.push({
        name: String(node.relname),
        ...(typeof node.schemaname === 'string' ? { schemaName: node.schemaname } : {}),
        ...(Array.isArray(alias?.colnames) ? { placed: alias.colnames.length } : {}),
      })
      rows.add(String(alias?.aliasname ?? node.relname))
    }
    const literal = regclassLiteral(type, node)
    if (literal) relations.push(qualifiedName(literal.names))
  }
  everything ||= [...rows].some((name) => alone.has(name))
  return { columns: [...columns], everything, arbiters, functions, types, relations }
}

interface NameAt {
  readonly parts: readonly string[]
  readonly at: number
  readonly name: string
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
const token = /"(?:[^"]|"")*"|[^\s."(),;:+\-*/<>=~!@#%^&|`?[\]']+/y

/** Replaces one part of dotted names where they stand, from the end, so that earlier locations stay right. */
function replaceNames(
  parser: Parser,
  parsed: Parsed | undefined,
  expression: string,
  which: (type: string, node: Tree) => NameAt | undefined,
): string {
  if (!parsed) return expression
  const edits: { start: number; end: number; text: string }[] = []
  for (const { type, node } of nodes(parsed.tree)) {
    const found = which(type, node)
    if (!found || typeof node.location !== 'number') continue
    let at = parser.index(parsed.text, node.location)
    for (let part = 0; part <= found.at; part++) {
      if (part > 0) at = skip(parsed.text, at, '.')
      token.lastIndex = at
      const match = token.exec(parsed.text)
      if (!match) break
      if (part === found.at) edits.push({ start: at, end: at + match[0].length, text: quoted(found.name) })
      at += match[0].length
    }
  }
  return apply(parsed.text, edits).slice(parsed.prefix)
}

function skip(text: string, from: number, character: string): number {
  let at = from
  while (/\s/.test(text[at] ?? '')) at++
  if (text[at] === character) at++
  while (/\s/.test(text[at] ?? '')) at++
  return at
}

function replaceRegclass(
  parser: Parser,
  parsed: Parsed | undefined,
  expression: string,
  change: (names: readonly string[]) => readonly string[] | undefined,
): string {
  if (!parsed) return expression
  const edits = new Map<number, { start: number; end: number; text: string }>()
  for (const { type, node } of nodes(parsed.tree)) {
    const literal = regclassLiteral(type, node)
    const names = literal && change(literal.names)
    if (!literal || !names) continue
    const start = parser.index(parsed.text, literal.location)
    const written = /^'(?:[^']|'')*'/.exec(parsed.text.slice(start))?.[0]
    if (!written) continue
    const text = names.map((name) => (simple.test(name) ? name : quoted(name))).join('.')
    edits.set(start, { start, end: start + written.length, text: `'${text.replaceAll("'", "''")}'` })
  }
  return apply(parsed.text, [...edits.values()]).slice(parsed.prefix)
}

const apply = (text: string, edits: readonly { start: number; end: number; text: string }[]): string =>
  [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((result, edit) => result.slice(0, edit.start) + edit.text + result.slice(edit.end), text)
