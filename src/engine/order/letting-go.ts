// What depends on an object lets go of it before that is dropped or changed, and comes back to it afterwards.
import { keyOf } from '../identity.js'
import type { Entry } from '../state.js'
import type { Order } from './order.js'

/** What is told apart by the types of its arguments is dropped, or goes aside itself, while these have their names. */
export function linkAsides(order: Order): void {
  const { nodes, actions, asides, dropping, dependencies } = order
  nodes.forEach((node, index) => {
    if (node.type !== 'aside') return
    for (const { key } of dependencies.of(node.entry.key)) {
      if (key === undefined) continue
      if (actions.current.entries.get(key)?.id.arguments !== undefined) order.link(dropping.get(key), index)
      order.link(asides.get(key), index)
    }
  })
}

/** Why one that depends on another need not be altered before that goes. */
class Exemptions {
  constructor(readonly order: Order) {}

  /** Its text speaks of the other one, no more. */
  onlyMentions(dependent: string, needed: string): boolean {
    const { current } = this.order.actions
    const holder = current.entries.get(dependent)
    const found = holder && this.order.needs(holder, current).find(({ entry }) => entry.key === needed)
    return found?.strength === 'mentions'
  }

  /** Who let go beforehand comes back to it once it is made again. */
  back(dependent: string, needed: string): boolean {
    const { beforehand, actions, creating } = this.order
    return (
      beforehand.has(dependent) &&
      !actions.asides.has(needed) &&
      (creating.has(needed) || this.#nameTaken(needed) || this.onlyMentions(dependent, needed))
    )
  }

  /** Who let go beforehand of what hangs on it in turn (a column's default of its own sequence, or that of its parent's) is altered once that is gone. */
  mutual(dependent: string, needed: string): boolean {
    const { beforehand, actions, needs } = this.order
    if (!beforehand.has(dependent)) return false
    const entry = actions.target.entries.get(dependent)
    return (
      this.#hangsOn(needed, dependent) ||
      (entry !== undefined && needs(entry, actions.target).some((one) => this.#hangsOn(needed, one.entry.key)))
    )
  }

  /** PostgreSQL knows of no dependency: it waits for the new one only. */
  loose(dependent: string, needed: string): boolean {
    const { creating, actions } = this.order
    return creating.has(needed) && !actions.asides.has(needed) && !this.#hangsOn(dependent, needed)
  }

  /** Who let go beforehand takes the name that the other leaves. */
  roomFor(dependent: string, dropped: number | undefined): boolean {
    const { nodes, altering, beforehand } = this.order
    const taking = nodes[altering.get(dependent) ?? -1]
    return (
      dropped !== undefined &&
      beforehand.has(dependent) &&
      taking?.takes.some((name) => nodes[dropped]!.leaves.includes(name)) === true
    )
  }

  /** What ties it to the other one is let go before anything is made. */
  untied({ kind, object }: Entry, needed: Entry): boolean {
    const { current, drops } = this.order.actions
    return [...(kind.follows?.(object) ?? []), ...(kind.outlives?.(object) ?? [])].some(
      (held) => drops.has(keyOf(held.while)) && current.named(held.whom)?.key === needed.key,
    )
  }

  #hangsOn(what: string, holder: string): boolean {
    return this.order.dependencies.of(holder).some(({ key }) => key === what)
  }

  #nameTaken(key: string): boolean {
    const { actions, creating } = this.order
    const entry = actions.current.entries.get(key)
    return (entry?.kind.names?.(entry.object) ?? []).some((name) => creating.has(actions.target.named(name)?.key ?? ''))
  }
}

/** Before an object is dropped or disturbed, what depends on it is dropped, altered or lets go. */
export function linkDependents(order: Order): void {
  const { nodes, actions, asides, beforehand, altering, dropping } = order
  const exempt = new Exemptions(order)
  nodes.forEach((node, index) => {
    const drops = node.type === 'drop'
    if (!drops && !(node.type === 'alter' && node.disturbs)) return
    for (const member of node.members)
      for (const { key } of order.dependencies.of(member.key)) {
        if (key === undefined) continue
        // What stands aside waits for its values to move; what its text only mentions it lets go of at once.
        if (drops && asides.has(key) && exempt.onlyMentions(key, member.key)) order.link(asides.get(key), index)
        else if (drops || !actions.asides.has(key)) order.link(dropping.get(key), index)
        order.link(beforehand.get(key), index)
        if (!drops || exempt.mutual(key, member.key) || exempt.back(key, member.key)) continue
        if (!exempt.roomFor(key, index)) order.link(altering.get(key), index)
      }
  })
  for (const key of actions.alters.keys())
    for (const index of order.reaching(key, altering, dropping))
      for (const dependent of order.dependencies.of(key)) {
        order.link(dropping.get(dependent.key ?? ''), index)
        order.link(beforehand.get(dependent.key ?? ''), index)
      }
}

/** What is altered needs what goes no longer: it is altered before. */
export function linkAltered(order: Order): void {
  const { actions, altering, dropping } = order
  const exempt = new Exemptions(order)
  for (const [key, { fresh }] of actions.alters) {
    const existing = fresh ? undefined : actions.current.entries.get(key)
    if (!existing || existing.kind.letsGo) continue
    for (const { entry } of order.needs(existing, actions.current)) {
      const dropped = dropping.get(entry.key)
      if (exempt.back(key, entry.key) || exempt.mutual(key, entry.key) || exempt.loose(key, entry.key)) continue
      if (!exempt.roomFor(key, dropped) && !exempt.untied(existing, entry)) order.link(altering.get(key), dropped)
    }
  }
}

/** Who goes for good lets go before what it needs is altered (a key, before its column may be null), unless that holds on to it, or to what it goes with, or it is a part of that. */
export function linkLeaving(order: Order): void {
  const { nodes, actions, altering, beforehand, dropping } = order
  nodes.forEach((node, index) => {
    if (node.type !== 'drop' || actions.asides.has(node.entry.key)) return
    const holders = new Set(node.members.flatMap(({ key }) => order.dependencies.of(key).map((holder) => holder.key)))
    for (const member of node.members) {
      const { kind, object } = member
      const born = kind.bornWith?.(object)
      const parent = object.on ? keyOf(object.on) : born && actions.current.named(born)?.key
      for (const { entry } of order.needs(member, actions.current)) {
        if (entry.key === parent || holders.has(entry.key)) continue
        for (const one of [altering.get(entry.key), ...order.above(entry, altering, dropping)]) order.link(index, one)
        if (entry.kind.ties) order.link(index, beforehand.get(entry.key))
      }
    }
  })
}
