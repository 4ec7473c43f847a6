// Names: whoever leaves one goes before whoever takes it, and SQL text must not mean what goes.
import { sharedNamesOf } from '../state.js'
import type { Order } from './order.js'

export function linkNames(order: Order): void {
  const { nodes } = order
  const leavers = new Map<string, number[]>()
  nodes.forEach((node, index) => {
    for (const name of node.leaves) leavers.set(name, [...(leavers.get(name) ?? []), index])
  })
  nodes.forEach((node, index) => {
    for (const leaver of node.takes.flatMap((name) => leavers.get(name) ?? [])) {
      // Who is renamed and then dropped bears the new name until then.
      const same = node.type === 'rename' && nodes[leaver]!.members.some((member) => member.key === node.entry.key)
      if (!same) order.link(leaver, index)
    }
  })
}

/** Of objects that share a name, what means another one waits until one that goes is gone, unless that waits for it. To be asked last. */
export function linkOverloads(order: Order): void {
  const { nodes, needs, actions } = order
  const going = new Map<string, number[]>()
  nodes.forEach(({ type, members }, index) => {
    if (type !== 'drop') return
    for (const name of members.flatMap(sharedNamesOf)) going.set(name, [...(going.get(name) ?? []), index])
  })
  if (going.size === 0) return
  nodes.forEach(({ type, members }, index) => {
    if (type !== 'create' && type !== 'alter' && type !== 'complete') return
    const meant = members
      .flatMap((member) => needs(member, actions.target))
      .flatMap(({ entry }) => sharedNamesOf(entry))
    for (const drop of new Set(meant.flatMap((name) => going.get(name) ?? [])))
      if (!order.leads(index, drop)) order.link(drop, index)
  })
}
