// Where decorators leave what they recorded, for both proposals. The only importer of reflect-metadata; it also sets Symbol.metadata,
// which the standard proposal needs before the first decorated class.
import 'reflect-metadata'
import type { SourceOf } from './model-config.js'

const metadataSymbol: symbol = (Symbol as { metadata?: symbol }).metadata ?? Symbol.for('Symbol.metadata')
if (!(Symbol as { metadata?: symbol }).metadata) Object.defineProperty(Symbol, 'metadata', { value: metadataSymbol })

/** What one decorator said. `order` is the order in which the decorators were written. */
export interface Recorded<F = unknown> {
  readonly order: number
  readonly source: SourceOf
  /** The property that was decorated; undefined for a class. */
  readonly property?: string
  readonly fact: F
}

const store = new WeakMap<object, Recorded[]>()
/** Fields of a class being defined by a compiler that gives no `context.metadata` (TypeScript 5.0 and 5.1); its first class decorator claims them. */
let unclaimed: Recorded[] = []
let written = 0

/** Numbers decorators as their factories are called, which is the order of the text. */
export function nextOrder(): number {
  written += 1
  return written
}

interface DecoratorContext {
  readonly kind: string
  readonly name?: string | symbol
  readonly metadata?: object
}

const isContext = (value: unknown): value is DecoratorContext =>
  typeof value === 'object' && value !== null && 'kind' in value

function add(owner: object, recorded: Recorded): void {
  const list = store.get(owner)
  if (list) list.push(recorded)
  else store.set(owner, [recorded])
}

const nameOf = (key: unknown): string =>
  typeof key === 'symbol' ? (key.description ?? '') : String(key).replace(/^#/, '')

/** Records a decorated field: `(prototype, key)` of the legacy form, `(undefined, context)` of the standard one. */
export function recordField(target: unknown, key: unknown, recorded: Recorded): void {
  if (isContext(key)) {
    const of = { ...recorded, property: nameOf(key.name) }
    if (key.metadata) add(key.metadata, of)
    else unclaimed.push(of)
    return
  }
  const owner = typeof target === 'function' ? target : (target as object).constructor
  add(owner, { ...recorded, property: nameOf(key) })
}

/** Records a decorated class in either form. */
export function recordClass(target: object, context: unknown, recorded: Recorded): void {
  const metadata = isContext(context) ? context.metadata : undefined
  const owner = metadata ?? target
  if (isContext(context) && !metadata) {
    for (const field of unclaimed) add(owner, field)
    unclaimed = []
  }
  add(owner, recorded)
}

/** What was recorded on the class itself, not on its base classes, in the order of the text. */
export function recordedOn(entity: object): readonly Recorded[] {
  const metadata = Object.hasOwn(entity, metadataSymbol)
    ? (entity as Record<symbol, object>)[metadataSymbol]
    : undefined
  const all = [...(store.get(entity) ?? []), ...((metadata && store.get(metadata)) ?? [])]
  // The legacy form calls the class's decorators last, the standard one first.
  return all.sort((a, b) => Number(a.property !== undefined) - Number(b.property !== undefined) || a.order - b.order)
}

/** The constructor that the compiler wrote down as the property's type (legacy form with emitDecoratorMetadata), or undefined. */
export function designType(entity: { readonly prototype: object }, property: string): unknown {
  return Reflect.getOwnMetadata('design:type', entity.prototype, property)
}
