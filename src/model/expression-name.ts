// The name that PostgreSQL gives to the column of an index that is an expression (FigureIndexColname): the function's, the column's, the type's.
import { type Token, tokens } from '../sql/tokens.js'
import { builtinType } from './type-names.js'

/** `weak`: a cast or a CASE around it names it instead. */
interface Figured {
  readonly name: string
  readonly weak?: true
}

/** `lower` for `lower(email)`, `a` for `a::text`; undefined for an operator or a constant, which PostgreSQL calls `expr`. */
export const expressionName = (expression: string): string | undefined => figure(tokens(expression))?.name

const opening = new Set(['(', '['])
const closing = new Set([')', ']'])
const operators = new Set('and or not is isnull notnull between in like ilike similar overlaps operator'.split(' '))
const trims: Readonly<Record<string, string>> = { leading: 'ltrim', trailing: 'rtrim' }

const isSymbol = (token: Token | undefined, text: string): boolean => token?.kind === 'symbol' && token.text === text
const isWord = (token: Token | undefined, text: string): boolean => token?.kind === 'word' && token.text === text
const isName = (token: Token | undefined): boolean => token?.kind === 'word' || token?.kind === 'name'

/** Positions of tokens that stand in no bracket and in no CASE. */
function topLevel(list: readonly Token[]): readonly number[] {
  let depth = 0
  return list.flatMap((token, at) => {
    const closes = (token.kind === 'symbol' && closing.has(token.text)) || isWord(token, 'end')
    if (closes) depth -= 1
    const found = depth === 0 ? [at] : []
    if ((token.kind === 'symbol' && opening.has(token.text)) || isWord(token, 'case')) depth += 1
    return found
  })
}

function figure(list: readonly Token[]): Figured | undefined {
  const top = topLevel(list)
  const last = (is: (token: Token | undefined) => boolean) => top.findLast((at) => is(list[at])) ?? -1
  const isOperator = (token: Token | undefined) =>
    (token?.kind === 'symbol' && !/^(::|[.,()[\]])$/.test(token.text)) ||
    (token?.kind === 'word' && operators.has(token.text))
  if (last(isOperator) >= 0) return undefined
  const zone = last((token) => isWord(token, 'at'))
  if (zone > 0) return { name: 'timezone' }
  const collation = last((token) => isWord(token, 'collate'))
  if (collation > 0) return figure(list.slice(0, collation))
  const cast = last((token) => isSymbol(token, '::'))
  if (cast > 0) return castOf(figure(list.slice(0, cast)), list.slice(cast + 1))
  return primary(list, top)
}

function castOf(inner: Figured | undefined, type: readonly Token[]): Figured | undefined {
  return inner && !inner.weak ? inner : typeName(type)
}

function typeName(type: readonly Token[]): Figured | undefined {
  const builtin = builtinType(type.map((token) => token.text).join(' '))
  const end = type.findIndex((token) => isSymbol(token, '(') || isSymbol(token, '['))
  const name = builtin ?? (end < 0 ? type : type.slice(0, end)).at(-1)?.text
  return name === undefined ? undefined : { name, weak: true }
}

/** An expression without operators: a name, a call, brackets, CASE, a constant. */
function primary(list: readonly Token[], top: readonly number[]): Figured | undefined {
  const [first] = list
  const final = list.at(-1)
  if (isWord(first, 'case')) return caseOf(list)
  if (final?.kind === 'string' || final?.kind === 'number')
    return isName(first) ? typeName(list.slice(0, -1)) : undefined
  // The bracket that the last one closes: the nearest before it at the top.
  const bracket = top.findLast((at) => isSymbol(list[at], '(') || isSymbol(list[at], '[')) ?? -1
  if (bracket >= 0 && isSymbol(final, ']'))
    return isWord(list[bracket - 1], 'array') ? { name: 'array' } : figure(list.slice(0, bracket))
  if (bracket === 0 && isSymbol(final, ')')) return figure(list.slice(1, -1))
  if (bracket > 0 && isSymbol(final, ')')) return callOf(list[bracket - 1] as Token, list.slice(bracket + 1, -1))
  return isName(final) && final ? { name: final.text } : undefined
}

function callOf(called: Token, inside: readonly Token[]): Figured | undefined {
  if (isWord(called, 'cast')) {
    const as = topLevel(inside).findLast((at) => isWord(inside[at], 'as')) ?? -1
    return as < 0 ? { name: 'cast' } : castOf(figure(inside.slice(0, as)), inside.slice(as + 1))
  }
  if (isWord(called, 'trim')) return { name: trims[inside[0]?.text ?? ''] ?? 'btrim' }
  return { name: called.text }
}

function caseOf(list: readonly Token[]): Figured | undefined {
  const inside = list.slice(1, -1)
  const otherwise = topLevel(inside).findLast((at) => isWord(inside[at], 'else')) ?? -1
  const figured = otherwise < 0 ? undefined : figure(inside.slice(otherwise + 1))
  return figured && !figured.weak ? figured : { name: 'case', weak: true }
}
