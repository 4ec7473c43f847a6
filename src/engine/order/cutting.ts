// Cycles: which decision cuts one, and what is said where none does.
import { PlanError } from '../../errors.js'
import { display, nameKey } from '../identity.js'
import { type Entry, entryOf } from '../state.js'
import type { PlanNode } from './node.js'
import type { Order } from './order.js'

/** Takes one decision that breaks the cycle; false where there is none to take. */
type Cut = (cycle: readonly PlanNode[], order: Order) => boolean

const makersIn = (cycle: readonly PlanNode[]): readonly PlanNode[] =>
  cycle.filter((node) => node.type === 'create' || node.type === 'alter')
const keysOf = (nodes: readonly PlanNode[]): ReadonlySet<string> =>
  new Set(nodes.flatMap((node) => node.members.map((member) => member.key)))
/** What is made or altered in the cycle, but for what is a stub already. */
const madeIn = (cycle: readonly PlanNode[], { cuts }: Order): readonly Entry[] =>
  makersIn(cycle).flatMap((node) => node.members.filter((member) => !cuts.stubs.has(member.key)))

/** Of these, those that need another node of the cycle, in the registry's order. */
function tiedIn(cycle: readonly PlanNode[], order: Order): readonly Entry[] {
  const { needs, actions } = order
  const { registry } = actions.target
  const makers = makersIn(cycle)
  const inside = keysOf(makers)
  return madeIn(cycle, order)
    .filter((member) =>
      needs(member, actions.target).some(
        ({ entry }) => inside.has(entry.key) && !sameNode(makers, member.key, entry.key),
      ),
    )
    .sort((a, b) => registry.order(a.kind.name) - registry.order(b.kind.name) || (a.key < b.key ? -1 : 1))
}

const sameNode = (nodes: readonly PlanNode[], a: string, b: string): boolean =>
  nodes.some((node) => [a, b].every((key) => node.members.some((member) => member.key === key)))

/** Made first without what comes later. */
const byStub: Cut = (cycle, order) => {
  const { needs, actions, cuts } = order
  const inside = keysOf(makersIn(cycle))
  const within = (entry: Entry) => needs(entry, actions.target).filter((needed) => inside.has(needed.entry.key))
  for (const member of tiedIn(cycle, order)) {
    const without = within(member)
    const object = member.kind.stub?.(
      member.object,
      without.map(({ entry }) => entry.id),
    )
    if (object === undefined) continue
    const stub = entryOf(member.kind, object)
    if (within(stub).length >= without.length) continue
    cuts.stubs.set(member.key, stub)
    return true
  }
  return false
}

/** Made on its own instead of by its parent's create. */
const madeApart: Cut = (cycle, order) => {
  const { actions, cuts } = order
  const makers = makersIn(cycle)
  const found = tiedIn(cycle, order).find(
    ({ key, kind, object }) =>
      !cuts.apart.has(key) &&
      kind.bornWith?.(object) &&
      actions.creates.has(key) &&
      !makers.some((node) => node.entry.key === key),
  )
  if (found) cuts.apart.add(found.key)
  return found !== undefined
}

/** Dropped on their own instead of with their parent. */
const droppedApart: Cut = (cycle, { actions, cuts, needs, dependencies }) => {
  const dropped = cycle.filter((node) => node.type === 'drop')
  for (const node of dropped) {
    const others = keysOf(dropped.filter((other) => other !== node))
    const outward = node.members.filter(
      (member) =>
        member.key !== node.entry.key &&
        actions.drops.has(member.key) &&
        !cuts.explicit.has(member.key) &&
        (needs(member, actions.current).some(({ entry }) => others.has(entry.key)) ||
          [...others].some((key) => dependencies.of(key).some((dependent) => dependent.key === member.key))),
    )
    for (const member of outward) cuts.explicit.add(member.key)
    if (outward.length > 0) return true
  }
  return false
}

/** Dropped under a temporary name, so that another may have its own before that. */
const parked: Cut = (cycle, { cuts }) => {
  const taken = new Set(cycle.flatMap((node) => (node.type === 'create' ? node.takes : [])))
  /** What it holds under any name (a table's primary key, the columns of a key) it would still hold. */
  const holdsOn = ({ kind, object }: Entry) =>
    (kind.names?.({ ...object, name: '\0parked' }) ?? []).some((name) => taken.has(nameKey(name)))
  const found = cycle.find(
    ({ type, entry, leaves }) =>
      type === 'drop' &&
      entry.kind.rename !== undefined &&
      !cuts.parked.has(entry.key) &&
      leaves.some((name) => taken.has(name)) &&
      !holdsOn(entry),
  )
  if (found) cuts.parked.add(found.entry.key)
  return found !== undefined
}

/** Renamed through a temporary name. */
const swapped: Cut = (cycle, { cuts }) => {
  const found = cycle.find((node) => node.type === 'rename' && !cuts.swapped.has(node.entry.key))
  if (found) cuts.swapped.add(found.entry.key)
  return found !== undefined
}

/** A mention that is not honoured. */
const ignored: Cut = (cycle, order) => {
  const touched = keysOf(cycle)
  for (const member of madeIn(cycle, order))
    for (const { entry, strength } of order.needs(member, order.actions.target)) {
      const pair = `${member.key} ${entry.key}`
      if (strength !== 'mentions' || !touched.has(entry.key) || order.cuts.ignored.has(pair)) continue
      order.cuts.ignored.add(pair)
      return true
    }
  return false
}

/** The first that helps is taken. */
const all: readonly Cut[] = [byStub, madeApart, droppedApart, parked, swapped, ignored]

export const cut: Cut = (cycle, order) => all.some((one) => one(cycle, order))

export function cyclic(cycle: readonly PlanNode[]): PlanError {
  const names = cycle.map((node) => `${node.type} ${node.entry.id.kind} '${display(node.entry.id)}'`)
  return new PlanError(
    'PLAN_CYCLE',
    `No order of statements can do this, because these need each other: ${names.join(', ')}.`,
    {
      hint: 'Take one of them out of the model, migrate, and put it back.',
      details: { members: cycle.map((node) => node.entry.id) },
    },
  )
}
