// What reads columns by the place where they stand is made once all of them are there, and those gone that go.
import { mayPlace, rowTypesOf } from '../column-places.js'
import type { Order } from './order.js'

/** Unless one of those waits for it. To be asked late. */
export function linkPlaces(order: Order): void {
  const { nodes, actions, needs, creating, dropping } = order
  const { current, target } = actions
  nodes.forEach(({ type, members }, index) => {
    if (type !== 'create' && type !== 'alter' && type !== 'complete') return
    const read = members
      .filter(mayPlace)
      .flatMap((member) => needs(member, target))
      .flatMap(({ entry }) => [entry, ...rowTypesOf(entry, target)])
    for (const { id } of new Set(read)) {
      const before = [
        ...current.born(id).map(({ key, kind }) => (kind.inOrder ? dropping.get(key) : undefined)),
        ...target.born(id).map(({ key, kind }) => (kind.inOrder ? creating.get(key) : undefined)),
      ]
      for (const one of before) if (one !== undefined && !order.leads(index, one)) order.link(one, index)
    }
  })
}
