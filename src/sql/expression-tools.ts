// What expressions say and whether two say the same, by their parse trees; renames inside their text, by location.
import type { ExpressionTools, Mentions, QualifiedName } from '../engine/ports.js'
import { loadParser, nodes, type Parser, strings, type Tree, type TreeValue } from './parser.js'
import { parseType } from './types.js'

const prefix = 'select '

interface Parsed {
  readonly text: string
  readonly tree: Tree
}

/** The tools over a loaded parser. Parses are kept, so that asking again costs nothing. */
export async function loadExpressionTools(): Promise<ExpressionTools> {
  return expressionTools(await loadParser())
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
    mentions: (expression) => mentionsOf(parsed(expression)),
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
    renameRelation: (expression, schemaName, from, to) =>
      replaceRegclass(parser, parsed(expression), expression, (names) =>
        names.at(-1) === from && (names.length === 1 || names[0] === schemaName)
          ? [...names.slice(0, -1), to]
          : undefined,
      ),
    renameSchema: (expression, from, to) => {
      const renamed = replaceNames(parser, parsed(expression), expression, (type, node) => {
        const names = isTypeName(type, node) ? strings(node.names) : type === 'FuncCall' ? strings(node.funcname) : []
        return names.length > 1 && names.at(-2) === from ? { parts: names, at: names.length - 2, name: to } : undefined
      })
      return replaceRegclass(parser, parsed(renamed), renamed, (names) =>
        names.length > 1 && names[0] === from ? [to, ...names.slice(1)] : undefined,
      )
    },
  }
}

/** The first node of `SELECT expression`, or undefined where the grammar does not know it. */
function parseExpression(parser: Parser, expression: string): Parsed | undefined {
  const text = prefix + expression
  const result = parser.parse(text)
  if (result.error !== undefined || result.statements.length !== 1) return undefined
  const select = result.statements[0]?.node.SelectStmt as Tree | undefined
  const targets = select?.targetList as readonly Tree[] | undefined
  const value = (targets?.[0]?.ResTarget as Tree | undefined)?.val
  const clauses = Object.keys(select ?? {}).filter((key) => !['targetList', 'limitOption', 'op'].includes(key))
  return targets?.length === 1 && clauses.length === 0 && value ? { text, tree: value as Tree } : undefined
}

/** undefined where `expression` is one SQL expression, else what the parser says. */
export async function expressionError(expression: string): Promise<string | undefined> {
  const parser = await loadParser()
  const result = parser.parse(`select (${expression}\n)`)
  if (result.error !== undefined) return result.error
  return parseExpression(parser, `(${expression}\n)`) ? undefined : 'it is more than one expression'
}

/** The grammar cannot keep negative integers in its JSON (they all print as 0): their text is put back from where they stand. */
function shape(parser: Parser, { text }: Parsed, tree: TreeValue): string {
  return JSON.stringify(tree, function (this: unknown, key, value: TreeValue) {
    if (key === 'location') return undefined
    const alike = synonym(value)
    if (alike) return alike
    if (key === 'ival' && typeof value === 'object' && value !== null && Object.keys(value).length === 0) {
      const at = (this as Tree).location
      const token =
        typeof at === 'number' ? /^[-+\s]*[0-9a-fA-FxXoObB_]+/.exec(text.slice(parser.index(text, at)))?.[0] : undefined
      return token?.replace(/\s+/g, '') ?? value
    }
    return value
  })
}

/** Spellings that PostgreSQL itself treats as one: a name given to regclass, quoted or not; now() and CURRENT_TIMESTAMP. */
function synonym(value: TreeValue): TreeValue | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const [type, node] = Object.entries(value)[0] ?? []
  if (type !== 'TypeCast' && type !== 'FuncCall') return undefined
  const call = node as Tree
  const literal = regclassLiteral(type, call)
  if (literal) {
    const names = splitName(literal.text)
    return type === 'TypeCast'
      ? { regclass: names }
      : {
          call: strings(call.funcname).at(-1) ?? '',
          regclass: names,
          args: (call.args as readonly TreeValue[]).slice(1),
        }
  }
  if (type === 'TypeCast') return undefined
  const name = strings(call.funcname)
    .filter((part) => part !== 'pg_catalog')
    .join('.')
  if (name === 'nextval' || name === 'currval' || name === 'setval') {
    const [first, ...rest] = (call.args ?? []) as readonly TreeValue[]
    const cast = (first as Tree | undefined)?.TypeCast as Tree | undefined
    const inner = cast && regclassLiteral('TypeCast', cast)
    return inner ? { call: name, regclass: splitName(inner.text), args: rest } : undefined
  }
  return (name === 'now' || name === 'transaction_timestamp') && !call.args
    ? { SQLValueFunction: { op: 'SVFOP_CURRENT_TIMESTAMP', typmod: -1 } }
    : undefined
}

const numberTypes = /^(smallint|integer|bigint|numeric|real|double precision)\b(?!.*\[)/
const isNumber = (columnType: string): boolean => numberTypes.test(columnType)

/** The digits of a constant, however it is written: 5, '5'. */
function numberIn(shape: string): string | undefined {
  const { A_Const: constant } = JSON.parse(shape) as {
    A_Const?: { ival?: { ival?: number } | string; fval?: { fval?: string }; sval?: { sval?: string } }
  }
  const text =
    typeof constant?.ival === 'string'
      ? constant.ival
      : (constant?.ival?.ival?.toString() ?? constant?.fval?.fval ?? constant?.sval?.sval)
  return text !== undefined && /^[-+]?\d+(\.\d+)?$/.test(text) ? text.replace(/^\+/, '') : undefined
}

const isTypeName = (type: string, node: Tree): boolean =>
  (type === 'typeName' || type === 'TypeName') && Array.isArray(node.names)

/** A type as one key: aliases resolved, pg_catalog dropped. */
const typeKey = (text: string): string => {
  const { schemaName, typeName, dimensions } = parseType(text)
  return JSON.stringify([schemaName ?? null, typeName, dimensions ? 1 : 0])
}

function withoutTopCast(tree: Tree, type: string | undefined): Tree {
  const cast = tree.TypeCast as Tree | undefined
  const name = cast?.typeName as Tree | undefined
  if (type === undefined || !cast || !name || !cast.arg) return tree
  const parts = strings(name.names)
  const bare = parts.at(-1) ?? ''
  const schema = parts.length > 1 && parts.at(-2) !== 'pg_catalog' ? parts.at(-2) : undefined
  const known =
    schema === undefined ? parseType(simple.test(bare) ? bare : `"${bare}"`) : { schemaName: schema, typeName: bare }
  const wanted = JSON.parse(type) as readonly [string | null, string, number]
  const sameSchema = (known.schemaName ?? null) === wanted[0] || known.schemaName === undefined
  return sameSchema && known.typeName === wanted[1] && (Array.isArray(name.arrayBounds) ? 1 : 0) === wanted[2]
    ? (cast.arg as Tree)
    : tree
}

const simple = /^[a-z_][a-z0-9_]*$/

const qualifiedName = (parts: readonly string[]): QualifiedName => ({
  name: parts.at(-1) ?? '',
  ...(parts.length > 1 && parts.at(-2) !== 'pg_catalog' ? { schemaName: parts.at(-2) } : {}),
})

function mentionsOf(parsed: Parsed | undefined): Mentions {
  const columns = new Set<string>()
  const functions: QualifiedName[] = []
  const types: QualifiedName[] = []
  const relations: QualifiedName[] = []
  if (!parsed) return { columns: [], functions, types, relations }
  for (const { type, node } of nodes(parsed.tree)) {
    if (type === 'ColumnRef') for (const name of strings(node.fields)) columns.add(name)
    if (type === 'FuncCall') functions.push(qualifiedName(strings(node.funcname)))
    if (isTypeName(type, node)) types.push(qualifiedName(strings(node.names)))
    if (type === 'RangeVar')
      relations.push({
        name: String(node.relname),
        ...(typeof node.schemaname === 'string' ? { schemaName: node.schemaname } : {}),
      })
    const literal = regclassLiteral(type, node)
    if (literal) relations.push(qualifiedName(literal.names))
  }
  return { columns: [...columns], functions, types, relations }
}

/** `'app.users_id_seq'::regclass`, or the literal given to nextval and its kin. */
function regclassLiteral(
  type: string,
  node: Tree,
): { readonly names: readonly string[]; readonly location: number; readonly text: string } | undefined {
  const arg =
    type === 'TypeCast' && strings((node.typeName as Tree | undefined)?.names).at(-1) === 'regclass'
      ? node.arg
      : type === 'FuncCall' && ['nextval', 'currval', 'setval', 'lastval'].includes(strings(node.funcname).at(-1) ?? '')
        ? (node.args as readonly TreeValue[] | undefined)?.[0]
        : undefined
  const constant = (arg as Tree | undefined)?.A_Const as Tree | undefined
  const text = (constant?.sval as Tree | undefined)?.sval
  return typeof text === 'string' && typeof constant?.location === 'number'
    ? { names: splitName(text), location: constant.location, text }
    : undefined
}

/** The parts of a name as PostgreSQL reads it from text: quoted ones as they are, others in lower case. */
export function splitName(text: string): readonly string[] {
  return [...text.matchAll(/"((?:[^"]|"")*)"|([^."\s]+)/g)].map(([, quoted, bare]) =>
    quoted !== undefined ? quoted.replaceAll('""', '"') : (bare ?? '').toLowerCase(),
  )
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
  return apply(parsed.text, edits).slice(prefix.length)
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
  return apply(parsed.text, [...edits.values()]).slice(prefix.length)
}

const apply = (text: string, edits: readonly { start: number; end: number; text: string }[]): string =>
  [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((result, edit) => result.slice(0, edit.start) + edit.text + result.slice(edit.end), text)
