// What is said of an object, completed by what is there.
import type { OperationBase } from './kind.js'
import type { Entry } from './state.js'
import { sameData } from './walk.js'

/** What the desired side leaves open stays as it is. */
export function filled(desired: Entry, current: Entry): Entry {
  const said = desired.object as unknown as Readonly<Record<string, unknown>>
  const kept = new Set(desired.kind.keeps ?? [])
  const open = Object.entries(current.object).filter(
    ([field, value]) =>
      (said[field] === undefined || kept.has(field)) &&
      value !== undefined &&
      field !== 'renamedFrom' &&
      field !== 'source',
  )
  return open.length === 0 ? desired : { ...desired, object: { ...desired.object, ...Object.fromEntries(open) } }
}

/** Operations that set out from where others have left the object. */
export function goingOn(
  operations: readonly OperationBase[],
  before: readonly OperationBase[],
): readonly OperationBase[] {
  const left = before.at(-1) as (OperationBase & { readonly to?: unknown }) | undefined
  const [first, ...rest] = operations
  if (left?.to === undefined || first?.type !== left.type || !('from' in first) || !('to' in first)) return operations
  return sameData(left.to, first.to) ? rest : [{ ...first, from: left.to } as OperationBase, ...rest]
}

/** Operations that stop where others go on: without what those bring. undefined where that cannot be told. */
export function stoppingAt(
  operations: readonly OperationBase[],
  further: readonly OperationBase[],
): readonly OperationBase[] | undefined {
  const [last, next] = [operations.at(-1), further[0]].map(
    (one) => one as (OperationBase & Partial<Stretch>) | undefined,
  )
  if (!last?.to || !next?.from || !next.to || next.type !== last.type) return undefined
  const { from, to } = next
  const open = Object.keys({ ...from, ...to }).filter((field) => !sameData(from[field], to[field]))
  const kept = Object.entries(last.to).filter(([field]) => !open.includes(field))
  const still = Object.entries(from).filter(([field]) => open.includes(field))
  return [...operations.slice(0, -1), { ...last, to: Object.fromEntries([...kept, ...still]) } as OperationBase]
}

interface Stretch {
  readonly from: Readonly<Record<string, unknown>>
  readonly to: Readonly<Record<string, unknown>>
}
