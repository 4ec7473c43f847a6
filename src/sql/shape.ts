// The shape of an expression: its parse tree as text, without locations, in which what PostgreSQL itself treats as one is one.
import { type Parser, strings, type Tree, type TreeValue } from './parser.js'
import { parseType } from './types.js'

/** An expression or a query with its first node. */
export interface Parsed {
  readonly text: string
  /** How much of the text was put before what was given. */
  readonly prefix: number
  readonly tree: Tree
}

export const simple = /^[a-z_][a-z0-9_]*$/

/** The grammar cannot keep negative integers in its JSON (they all print as 0): their text is put back from where they stand. */
export function shape(parser: Parser, { text }: Parsed, tree: TreeValue): string {
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
  if (type === 'A_Expr') return between(node as Tree)
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

/** `a between b and c` is what the parser makes of it: a >= b and a <= c. */
function between(node: Tree): TreeValue | undefined {
  const list = (((node.rexpr as Tree | undefined)?.List as Tree | undefined)?.items ?? []) as readonly TreeValue[]
  if (node.kind !== 'AEXPR_BETWEEN' || list.length !== 2) return undefined
  const compared = (operator: string, to: TreeValue | undefined): TreeValue => ({
    A_Expr: { kind: 'AEXPR_OP', name: [{ String: { sval: operator } }], lexpr: node.lexpr ?? null, rexpr: to ?? null },
  })
  return { BoolExpr: { boolop: 'AND_EXPR', args: [compared('>=', list[0]), compared('<=', list[1])] } }
}

const numberTypes = /^(smallint|integer|bigint|numeric|real|double precision)\b(?!.*\[)/
export const isNumber = (columnType: string): boolean => numberTypes.test(columnType)

/** The digits of a constant, however it is written: 5, '5'. */
export function numberIn(shape: string): string | undefined {
  const { A_Const: constant } = JSON.parse(shape) as {
    A_Const?: { ival?: { ival?: number } | string; fval?: { fval?: string }; sval?: { sval?: string } }
  }
  const text =
    typeof constant?.ival === 'string'
      ? constant.ival
      : (constant?.ival?.ival?.toString() ?? constant?.fval?.fval ?? constant?.sval?.sval)
  return text !== undefined && /^[-+]?\d+(\.\d+)?$/.test(text) ? text.replace(/^\+/, '') : undefined
}

/** A type as one key: aliases resolved, pg_catalog dropped. */
export const typeKey = (text: string): string => {
  const { schemaName, typeName, dimensions } = parseType(text)
  return JSON.stringify([schemaName ?? null, typeName, dimensions ? 1 : 0])
}

export function withoutTopCast(tree: Tree, type: string | undefined): Tree {
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

/** `'app.users_id_seq'::regclass`, or the literal given to nextval and its kin. */
export function regclassLiteral(
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
