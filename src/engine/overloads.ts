// Objects that share a name: beside one that goes, SQL text could mean either it or the one that comes.
import type { Actions } from './actions.js'
import type { Needs } from './needs.js'
import type { PlanNode } from './nodes.js'
import { sharedNamesOf } from './state.js'

/** What means one that comes waits until those of its name that go are gone, unless these wait for it. */
export function linkOverloads(
  nodes: readonly PlanNode[],
  { creates, target }: Actions,
  needs: Needs,
  after: readonly Set<number>[],
): void {
  const coming = new Set([...creates.values()].flatMap(sharedNamesOf))
  const going = new Map<string, number[]>()
  nodes.forEach(({ type, members }, index) => {
    if (type !== 'drop') return
    for (const member of members)
      for (const name of sharedNamesOf(member))
        if (coming.has(name)) going.set(name, [...(going.get(name) ?? []), index])
  })
  if (going.size === 0) return
  nodes.forEach(({ type, members }, index) => {
    if (type !== 'create' && type !== 'alter' && type !== 'complete') return
    const meant = members.flatMap((member) => needs(member, target)).flatMap(({ entry }) => sharedNamesOf(entry))
    for (const drop of new Set(meant.flatMap((name) => going.get(name) ?? [])))
      if (drop !== index && !leads(after, index, drop)) after[drop]!.add(index)
  })
}

function leads(after: readonly ReadonlySet<number>[], from: number, to: number): boolean {
  const seen = new Set([from])
  const open = [from]
  for (let node = open.pop(); node !== undefined; node = open.pop())
    for (const next of after[node]!) {
      if (next === to) return true
      if (seen.has(next)) continue
      seen.add(next)
      open.push(next)
    }
  return false
}
