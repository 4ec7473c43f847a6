// What is made: an object with what its create makes along, stubs in place of what comes later, which is completed.
import { keyOf } from '../identity.js'
import type { OperationBase, PlannedSoFar, Side } from '../kind.js'
import { heirsOf, isHeir, madeApart, tiesIn } from '../latent.js'
import { partNames, partsGiven } from '../parts.js'
import type { Entry, SchemaState } from '../state.js'
import { type NodeInput, nodeOf, type PlanNode } from './node.js'
import { awaited, implicit, merging, namesOf, type TakingOver, tieOf } from './node-names.js'

/** What is made, in the order in which the desired side has it. */
function asDesired({ creates, target }: NodeInput['actions']): readonly Entry[] {
  const places = new Map([...target.entries.keys()].map((key, place) => [key, place]))
  const placeOf = ({ key }: Entry) => places.get(key) ?? places.size
  return [...creates.values()].sort((a, b) => placeOf(a) - placeOf(b))
}

/** For each that is made what its create makes along with it. */
function membersOf({ actions, cuts }: NodeInput) {
  const { creates, target } = actions
  const members = new Map<string, Entry[]>()
  const along = new Set<string>()
  for (const entry of asDesired(actions)) {
    const apart = cuts.apart.has(entry.key) || madeApart(entry, target)
    const name = apart ? undefined : entry.kind.bornWith?.(entry.object)
    const parent = name && target.named(name)
    if (!parent || !creates.has(parent.key) || parent.key === entry.key) continue
    along.add(entry.key)
    members.set(parent.key, [...(members.get(parent.key) ?? []), cuts.stubs.get(entry.key) ?? entry])
  }
  return { members, along }
}

/** The desired side as creates shall see it, with what they make as children. */
function makingSide(target: SchemaState, members: ReadonlyMap<string, readonly Entry[]>): Side {
  return {
    server: target.server,
    find: (name) => target.find(name),
    meant: (name) => target.meant(name),
    get: (id) => target.get(id),
    children: (of) => members.get(keyOf(of)) ?? [],
    address: (id) => target.address(id),
    all: (kind) => target.all(kind),
    base: (type) => target.base(type),
  }
}

export function createNodes(input: NodeInput, over: TakingOver, plan: PlannedSoFar): readonly PlanNode[] {
  const { actions, cuts } = input
  const { target, creates } = actions
  const { members, along } = membersOf(input)
  const side = makingSide(target, members)
  const comes = tiesIn(creates.values())
  const parts = partNames(target, (relation) => comes.has(relation))
  return [...creates.values()].flatMap((entry) => {
    const made = cuts.stubs.get(entry.key) ?? entry
    const completed =
      made === entry ? [] : [nodeOf(input, 'complete', entry, () => alterOperations(made, entry, target, plan))]
    if (along.has(entry.key)) return completed
    const all = [made, ...(members.get(entry.key) ?? [])]
    const names = all.flatMap((one) => {
      const heirs = heirsOf(one, target)
      return [
        ...namesOf(one),
        ...implicit(one),
        ...awaited(one),
        ...heirs.flatMap(namesOf),
        ...heirs.map(merging),
        ...(parts.get(one.key) ?? []),
        ...partsGiven(one, target),
      ]
    })
    const create = nodeOf(input, 'create', entry, () => entry.kind.create(made.object, side, plan.before), {
      members: all,
      takes: [...names, ...over.made(all), ...(entry.kind.fillsRows ? [tieOf(entry)] : [])],
      // What comes from a parent merges with it, and not the other way round.
      leaves: [...(isHeir(entry, target) ? [merging(entry)] : []), `part ${entry.key}`],
      ...(entry.kind.ties || entry.kind.last ? { rank: `4 ${entry.key}` } : {}),
    })
    return [create, ...completed]
  })
}

export function alterOperations(from: Entry, to: Entry, side: Side, plan: PlannedSoFar): readonly OperationBase[] {
  const changed = to.kind.differences(from.object, to.object)
  const operations = changed.length === 0 ? [] : to.kind.alter?.(from.object, to.object, changed, side, plan)
  return operations === undefined || operations === 'recreate' ? [] : operations
}
