// In which order the nodes of a plan come where nothing else decides.
import type { Actions } from '../action.js'
import { keyOf } from '../identity.js'
import type { Entry } from '../state.js'

export type NodeType = 'rename' | 'aside' | 'before' | 'drop' | 'create' | 'alter' | 'complete'

const phases: Readonly<Record<NodeType, number>> = {
  rename: 0,
  aside: 1,
  before: 1,
  create: 2,
  alter: 2,
  complete: 2,
  drop: 3,
}

export interface Ranking {
  of(type: NodeType, entry: Entry): string
  /** Before all others of the phase. */
  first(type: NodeType, entry: Entry): string
}

/** Within a phase in the registry's order; drops in the reverse order. */
export function rankingOf(actions: Actions): Ranking {
  const places = placesInOrder(actions)
  const orders = new Map<object, number>(actions.target.registry.kinds.map((kind, index) => [kind, index]))
  return {
    of(type, entry) {
      const order = entry.object === undefined ? 0 : entry.kind.unmanaged ? 99 : (orders.get(entry.kind) ?? 0)
      const place = type === 'drop' || type === 'before' || type === 'aside' ? 99 - order : order
      const key = type === 'create' ? (places.get(entry.key) ?? entry.key) : entry.key
      return `${phases[type]}${String(place).padStart(2, '0')}${type === 'complete' ? 1 : 0} ${key}`
    },
    first: (type, entry) => `${phases[type]}00 ${entry.key}`,
  }
}

/** For each that is made in its order the key in whose place it is sorted: the first of a table in that of the smallest one. */
function placesInOrder({ creates, target }: Actions): ReadonlyMap<string, string> {
  const groups = new Map<string, string[]>()
  for (const { key, kind, id } of target.entries.values()) {
    const table = keyOf({ ...id, name: '' })
    if (kind.inOrder && creates.has(key)) groups.set(table, [...(groups.get(table) ?? []), key])
  }
  return new Map(
    [...groups.values()].flatMap((keys) => {
      const sorted = [...keys].sort()
      return keys.map((key, index) => [key, sorted[index] ?? key] as const)
    }),
  )
}
