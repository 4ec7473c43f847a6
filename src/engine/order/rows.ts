// Rows: what reads some when it is made waits until they are there and may be read; PostgreSQL changes the rows of no relation while another one stores some of them.
import { keyOf } from '../identity.js'
import type { Entry, SchemaState } from '../state.js'
import type { Order } from './order.js'

/** What reads rows of what is made again waits until those are back; what keeps some reads as its owner may. */
export function linkReadRows(order: Order): void {
  const { nodes, actions, creating, needs } = order
  const { target } = actions
  const ties = [...creating].flatMap(([key, index]) => {
    const { kind, object } = target.entries.get(key) ?? {}
    return kind?.ties && object?.on ? [{ to: keyOf(object.on), index }] : []
  })
  /** Everything that it stands on, near and far. */
  const under = (from: Entry, seen = new Set([from.key])): readonly Entry[] =>
    needs(from, target).flatMap(({ entry }) => {
      if (seen.has(entry.key)) return []
      seen.add(entry.key)
      return [entry, ...under(entry, seen)]
    })
  /** What is said about an object (whose it is, who may read it), by its key. */
  const said = new Map<string, number[]>()
  nodes.forEach(({ type, entry }, index) => {
    const on = type === 'create' || type === 'alter' ? entry.object.on && keyOf(entry.object.on) : undefined
    if (on) said.set(on, [...(said.get(on) ?? []), index])
  })
  nodes.forEach(({ type, members }, index) => {
    if (type !== 'create') return
    for (const member of members) {
      if (member.kind.readsRows && ties.length > 0)
        for (const { key } of under(member)) for (const tie of ties) if (tie.to === key) order.link(tie.index, index)
      // What is made by this plan, its maker may read.
      if (member.kind.ownRows?.filled(member.object))
        for (const { key } of under(member))
          if (!creating.has(key)) for (const one of said.get(key) ?? []) order.link(one, index)
    }
  })
}

/** Relations whose rows are among the values, at whatever depth of their types, by their keys. */
function relationsIn({ kind, object }: Entry, side: SchemaState, seen = new Set<string>()): readonly string[] {
  return (kind.dependsOn?.(object) ?? []).flatMap(({ ref }) => {
    const type = ref.space === 'type' ? side.named(ref) : undefined
    if (!type || seen.has(type.key)) return []
    seen.add(type.key)
    const hasRows = side.born(type.id).some((child) => child.kind.fillsRows !== undefined)
    return hasRows ? [type.key] : relationsIn(type, side, seen)
  })
}

/** What comes to store rows waits for those that change these; what stores them no longer goes before. */
export function linkHeldRows(order: Order): void {
  const { nodes, actions } = order
  const { current, target } = actions
  const changing = new Map<string, number[]>()
  nodes.forEach(({ type, disturbs, members }, index) => {
    for (const { kind, object } of members) {
      if (!(type === 'alter' ? disturbs && kind.fillsRows : type === 'create' && kind.fillsRows?.(object))) continue
      const name = kind.bornWith?.(object)
      const key = name && target.named(name)?.key
      if (key !== undefined) changing.set(key, [...(changing.get(key) ?? []), index])
    }
  })
  if (changing.size === 0) return
  const held = (entry: Entry | undefined, side: SchemaState) => (entry?.kind.fillsRows ? relationsIn(entry, side) : [])
  nodes.forEach(({ type, members }, index) => {
    for (const { key } of members) {
      const before = type === 'drop' || type === 'alter' ? held(current.entries.get(key), current) : []
      const after = type === 'create' || type === 'alter' ? held(target.entries.get(key), target) : []
      for (const one of after)
        if (!before.includes(one)) for (const from of changing.get(one) ?? []) order.link(from, index)
      for (const one of before)
        if (!after.includes(one)) for (const to of changing.get(one) ?? []) order.link(index, to)
    }
  })
}
