// Walks objects as plain data: finds expressions, replaces them, rewrites names, makes the canonical text that is hashed.
import type { Expression } from './kind.js'

type Data = Readonly<Record<string, unknown>>

const isRecord = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value)
const isExpression = (value: Data): value is Data & Expression => typeof value.expression === 'string'

/** An item of a list is found by its name where it has one, so that what was added before it changes nothing. */
const place = (item: unknown, index: number): string =>
  isRecord(item) && typeof item.name === 'string' ? `=${item.name}` : String(index)

interface Found {
  readonly path: readonly string[]
  readonly expression: string
}

const noExpressions: readonly Found[] = []

/** Every Expression inside, with its path. */
export function expressionsOf(object: unknown): readonly Found[] {
  let found: Found[] | undefined
  eachExpression(object, [], (path, expression) => {
    found ??= []
    found.push({ path: [...path], expression })
  })
  return found ?? noExpressions
}

/** `path` is one list that changes on the way. */
function eachExpression(
  value: unknown,
  path: string[],
  visit: (path: readonly string[], expression: string) => void,
): void {
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const item: unknown = value[index]
      if (typeof item !== 'object' || item === null) continue
      path.push(place(item, index))
      eachExpression(item, path, visit)
      path.pop()
    }
  } else if (isRecord(value)) {
    if (isExpression(value)) visit(path, value.expression)
    for (const key in value) {
      const item = value[key]
      if (typeof item !== 'object' || item === null || key === 'source') continue
      path.push(key)
      eachExpression(item, path, visit)
      path.pop()
    }
  }
}

/** The same data with every record passed through `change` (innermost last), which returns the record or a changed copy. */
export function mapRecords<T>(
  value: T,
  change: (record: Data, context: { readonly schemaName?: string; readonly table?: string }) => Data,
  context: { schemaName?: string; table?: string } = {},
): T {
  if (Array.isArray(value)) return value.map((item) => mapRecords(item, change, context)) as T
  if (!isRecord(value)) return value
  const table = typeof value.table === 'string' ? value.table : context.table
  const schemaName =
    typeof value.schemaName === 'string' && typeof value.table === 'string'
      ? value.schemaName
      : (context.schemaName ?? (typeof value.schemaName === 'string' ? value.schemaName : undefined))
  const inner = { schemaName, table }
  const changed = change(value, inner)
  const out: Record<string, unknown> = {}
  for (const [key, item] of Object.entries(changed))
    out[key] = typeof item === 'object' && item !== null ? mapRecords(item, change, inner) : item
  return out as T
}

/** The same data with every expression's text passed through `change`; what holds no other text than before is the same object. */
export function mapExpressions<T>(value: T, change: (expression: string, path: readonly string[]) => string): T {
  return mapped(value, [], change) as T
}

function mapped(value: unknown, path: string[], change: (expression: string, path: readonly string[]) => string) {
  if (typeof value !== 'object' || value === null) return value
  const old = value as Readonly<Record<string, unknown>>
  const isList = Array.isArray(value)
  let copy: Record<string, unknown> | undefined
  for (const key in old) {
    const item = old[key]
    let now: unknown = item
    if (key === 'expression' && typeof item === 'string') now = change(item, path)
    else if (typeof item === 'object' && item !== null) {
      path.push(isList ? place(item, Number(key)) : key)
      now = mapped(item, path, change)
      path.pop()
    }
    if (now === item) continue
    copy ??= (isList ? [...value] : { ...old }) as Record<string, unknown>
    copy[key] = now
  }
  return copy ?? value
}

/** The value at a path, or undefined. */
export function at(object: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => {
    if (Array.isArray(value) && key.startsWith('='))
      return value.find((item) => isRecord(item) && item.name === key.slice(1))
    return typeof value === 'object' && value !== null ? (value as Data)[key] : undefined
  }, object)
}

const hidden = new Set(['source', 'renamedFrom', 'renamedValues', 'replacedValues', 'using', 'backfill'])

/** Canonical JSON: keys sorted, undefined and hints (`source`, `renamedFrom`, …) left out. */
export function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return value === undefined ? 'null' : JSON.stringify(value)
  return Array.isArray(value) ? `[${value.map(canonical).join(',')}]` : record(value as Data)
}

const written = new WeakMap<object, string>()

/** The same for a whole object of a state. Objects never change, so each is written once. */
export function canonicalObject(object: object): string {
  const found = written.get(object) ?? record(object as Data)
  written.set(object, found)
  return found
}

function record(value: Data): string {
  let text = ''
  for (const key of Object.keys(value).sort()) {
    const item = value[key]
    if (item === undefined || hidden.has(key) || typeof item === 'function') continue
    text += `${text === '' ? '' : ','}"${key}":${canonical(item)}`
  }
  return `{${text}}`
}

/** Equal as canonical JSON, without writing it; at the top undefined and null are the same. */
export const sameData = (a: unknown, b: unknown): boolean => equal(a ?? null, b ?? null)

const counts = (key: string, value: unknown): boolean =>
  value !== undefined && typeof value !== 'function' && !hidden.has(key)

function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b))
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, at) => equal(item, b[at]))
  const [one, other] = [a as Data, b as Data]
  for (const key of Object.keys(one))
    if (counts(key, one[key]) && !(counts(key, other[key]) && equal(one[key], other[key]))) return false
  for (const key of Object.keys(other)) if (counts(key, other[key]) && !counts(key, one[key])) return false
  return true
}

/** Fields of `desired` that are defined and not equal in `current`; null and undefined in `current` are the same. */
export function differing<O extends object>(
  current: O,
  desired: O,
  fields: readonly (keyof O & string)[],
): readonly (keyof O & string)[] {
  const found: (keyof O & string)[] = []
  for (const field of fields) {
    const wanted = desired[field]
    if (wanted !== undefined && !sameData(current[field], wanted)) found.push(field)
  }
  return found
}

/** The object with the expression texts of another one at the same places. */
export const withTextsOf = <T>(object: T, texts: unknown): T =>
  mapExpressions(object, (expression, path) => {
    const other = (at(texts, path) as { expression?: unknown } | undefined)?.expression
    return typeof other === 'string' ? other : expression
  })
