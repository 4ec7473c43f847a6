// Cycles: which decision cuts one, and what is said where none does.
import { PlanError } from '../errors.js'
import type { Actions } from './action.js'
import type { Cuts } from './cuts.js'
import { display, nameKey } from './identity.js'
import type { Needs } from './needs.js'
import type { PlanNode } from './nodes.js'
import type { Dependencies } from './ports.js'
import { type Entry, entryOf } from './state.js'

/** Takes one decision that breaks the cycle; false where there is none to take. */
export function cut(
  cycle: readonly PlanNode[],
  { creates, drops, current, target }: Actions,
  cuts: Cuts,
  needs: Needs,
  dependencies: Dependencies,
): boolean {
  const makers = cycle.filter((node) => node.type === 'create' || node.type === 'alter')
  const inside = new Set(makers.flatMap((node) => node.members.map((member) => member.key)))
  const members = makers.flatMap((node) => node.members.filter((member) => !cuts.stubs.has(member.key)))
  const tied = members.filter((member) =>
    needs(member, target).some(({ entry }) => inside.has(entry.key) && !sameNode(makers, member.key, entry.key)),
  )
  const byOrder = [...tied].sort(
    (a, b) => target.registry.order(a.kind.name) - target.registry.order(b.kind.name) || (a.key < b.key ? -1 : 1),
  )
  for (const member of byOrder) {
    const without = needs(member, target).filter(({ entry }) => inside.has(entry.key))
    const object = member.kind.stub?.(
      member.object,
      without.map(({ entry }) => entry.id),
    )
    if (object === undefined) continue
    const stub = entryOf(member.kind, object)
    const left = needs(stub, target)
    if (left.filter(({ entry }) => inside.has(entry.key)).length < without.length) {
      cuts.stubs.set(member.key, stub)
      return true
    }
  }
  for (const member of byOrder) {
    if (
      !cuts.apart.has(member.key) &&
      member.kind.bornWith?.(member.object) &&
      creates.has(member.key) &&
      !makers.some((node) => node.entry.key === member.key)
    ) {
      cuts.apart.add(member.key)
      return true
    }
  }
  const dropped = cycle.filter((node) => node.type === 'drop')
  for (const node of dropped) {
    const hidden = node.members.filter(
      (member) => member.key !== node.entry.key && drops.has(member.key) && !cuts.explicit.has(member.key),
    )
    const others = dropped.flatMap((other) => (other === node ? [] : other.members.map(({ key }) => key)))
    const outward = hidden.filter(
      (member) =>
        needs(member, current).some(({ entry }) => others.includes(entry.key)) ||
        others.some((key) => dependencies.of(key).some((dependent) => dependent.key === member.key)),
    )
    if (outward.length > 0) {
      for (const member of outward) cuts.explicit.add(member.key)
      return true
    }
  }
  const taken = new Set(cycle.flatMap((node) => (node.type === 'create' ? node.takes : [])))
  /** What it holds under any name (a table's primary key, the columns of a key) it would still hold. */
  const holdsOn = ({ kind, object }: Entry) =>
    (kind.names?.({ ...object, name: '\0parked' }) ?? []).some((name) => taken.has(nameKey(name)))
  const inTheWay = dropped.find(
    ({ entry, leaves }) =>
      entry.kind.rename !== undefined &&
      !cuts.parked.has(entry.key) &&
      leaves.some((name) => taken.has(name)) &&
      !holdsOn(entry),
  )
  if (inTheWay) {
    cuts.parked.add(inTheWay.entry.key)
    return true
  }
  const swap = cycle.find((node) => node.type === 'rename' && !cuts.swapped.has(node.entry.key))
  if (swap) {
    cuts.swapped.add(swap.entry.key)
    return true
  }
  const touched = new Set(cycle.flatMap((node) => node.members.map((member) => member.key)))
  for (const member of members) {
    const mention = needs(member, target).find(
      ({ entry, strength }) =>
        strength === 'mentions' && touched.has(entry.key) && !cuts.ignored.has(`${member.key} ${entry.key}`),
    )
    if (mention) {
      cuts.ignored.add(`${member.key} ${mention.entry.key}`)
      return true
    }
  }
  return false
}

const sameNode = (nodes: readonly PlanNode[], a: string, b: string): boolean =>
  nodes.some(
    (node) => node.members.some((member) => member.key === a) && node.members.some((member) => member.key === b),
  )

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
