// What an object stands on: it is made and altered after that, and dropped before it.
import { keyOf } from '../identity.js'
import { fromTies } from '../latent.js'
import type { Resolved } from '../references.js'
import type { Entry } from '../state.js'
import type { PlanNode } from './node.js'
import type { Order } from './order.js'

const forward = ({ type }: PlanNode): boolean => type === 'create' || type === 'alter' || type === 'complete'

export function linkNeeded(order: Order): void {
  const { nodes, actions, needs, cuts, renaming } = order
  const { current, target } = actions
  const tied = fromTies(current)
  nodes.forEach((node, index) => {
    if (node.type === 'rename') {
      // It needs nothing but its parents, whatever the object does.
      for (let up = current.parent(node.entry); up; up = current.parent(up)) order.link(renaming.get(up.key), index)
      return
    }
    const side = forward(node) ? target : current
    for (const member of node.members) {
      order.link(renaming.get(member.key), index)
      for (const needed of needs(member, side)) {
        if (needed.strength === 'mentions' && cuts.ignored.has(`${member.key} ${needed.entry.key}`)) continue
        order.link(renaming.get(needed.entry.key), index)
        if (forward(node)) comesAfter(order, index, member, needed.entry)
        if (node.type === 'drop') goesBefore(order, index, member, needed, tied)
      }
      if (node.type === 'create' || node.type === 'alter')
        for (const name of member.kind.madeAfter?.(member.object) ?? [])
          for (const awaited of target.meant(name)) {
            order.link(order.creating.get(awaited.key), index)
            order.link(order.altering.get(awaited.key), index)
            // What it rests on by then changes no more: columns that a key includes.
            if (node.type === 'create')
              for (const { entry } of needs(awaited, target)) order.link(order.altering.get(entry.key), index)
          }
    }
  })
}

function comesAfter(order: Order, index: number, member: Entry, needed: Entry): void {
  const creates = order.nodes[index]!.type === 'create'
  order.link(order.creating.get(needed.key), index)
  if (creates) for (const one of order.reaching(needed.key, order.altering, order.creating)) order.link(one, index)
  // What is completed later can do with what is there.
  if (!(creates && order.completing.has(member.key))) order.link(order.altering.get(needed.key), index)
}

function goesBefore(
  order: Order,
  index: number,
  member: Entry,
  { entry, strength }: Resolved,
  tied: ReadonlySet<string>,
): void {
  const { nodes, actions } = order
  if (strength === 'mentions' && actions.asides.has(member.key)) return
  const holder = order.dropping.get(entry.key)
  const alone = nodes[index]!.entry.key === member.key && nodes[holder ?? -1]?.entry.key === entry.key
  const held = member.kind
    .outlives?.(member.object)
    .some((one) => actions.current.named(one.whom)?.key === entry.key && !actions.drops.has(keyOf(one.while)))
  if (alone && held) order.link(holder, index)
  // What its relation has from a tie goes by itself only once that is gone, also where it leads to what is tied.
  else if (!(entry.kind.ties && tied.has(nodes[index]!.entry.key))) order.link(index, holder)
}

/** The nodes of one object among themselves, and what goes by itself once that has gone which ties it to another. */
export function linkSelf(order: Order): void {
  const { actions, creating, altering, dropping } = order
  order.nodes.forEach(({ type, entry }, index) => {
    const { key, kind, object } = entry
    if (type === 'complete') {
      order.link(creating.get(key), index)
      order.link(altering.get(key), index)
    }
    if (type === 'before') order.link(index, altering.get(key))
    if (type === 'aside') {
      order.link(index, creating.get(key))
      order.link(index, dropping.get(key))
    }
    if (type !== 'drop') return
    if (!actions.asides.has(key)) order.link(index, creating.get(key))
    for (const held of [...(kind.follows?.(object) ?? []), ...(kind.outlives?.(object) ?? [])])
      order.link(dropping.get(keyOf(held.while)), index)
  })
}
