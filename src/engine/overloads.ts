// Objects that share a name: beside one that goes, SQL text could mean either it or one that is there or comes.
import type { Needs } from './needs.js'
import type { PlanNode } from './nodes.js'
import { type SchemaState, sharedNamesOf } from './state.js'

/** What means others of its name waits until one that goes is gone, unless that waits for it. */
export function linkOverloads(
  nodes: readonly PlanNode[],
  target: SchemaState,
  needs: Needs,
  after: readonly Set<number>[],
): void {
  const going = new Map<string, number[]>()
  nodes.forEach(({ type, members }, index) => {
    if (type !== 'drop') return
    for (const name of members.flatMap(sharedNamesOf)) going.set(name, [...(going.get(name) ?? []), index])
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
