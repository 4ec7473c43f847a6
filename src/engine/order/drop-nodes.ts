// What is dropped, with what goes along with it.

import type { DropAction } from '../action.js'
import { keyOf } from '../identity.js'
import { fromTies, heirsOf, isHeir } from '../latent.js'
import { partNames } from '../parts.js'
import { type Entry, sharedNamesOf } from '../state.js'
import { type NodeInput, nodeOf, type PlanNode, parkedAs } from './node.js'
import { implicit, namesOf, parting, passedTo, type TakingOver, tieOf } from './node-names.js'

export function dropNodes(input: NodeInput, over: TakingOver): readonly PlanNode[] {
  const { actions, cuts } = input
  const { current, target, creates, drops } = actions
  const { implied, members } = impliedBy(input)
  const parts = partNames(current, () => false)
  const tied = fromTies(current)
  const coming = new Set([...creates.values()].flatMap(sharedNamesOf))
  return [...drops.values()].flatMap((action) => {
    const { entry, reason } = action
    if (implied.has(entry.key)) return []
    const all = [entry, ...(members.get(entry.key) ?? [])]
    const parked = cuts.parked.has(entry.key)
    const going = parked ? parkedAs(entry) : entry
    const names = all.flatMap((one) => {
      const heirs = heirsOf(one, current)
      return [
        ...(parked && one === entry ? [] : namesOf(one)),
        ...implicit(one),
        ...heirs.flatMap(namesOf),
        ...heirs.map(parting),
        ...(parts.get(one.key) ?? []),
      ]
    })
    const drop = nodeOf(input, 'drop', entry, () => [entry.kind.drop(going.object, current, target)].flat(), {
      members: all,
      takes: [
        ...(isHeir(entry, current) ? [parting(entry)] : []),
        ...(tied.has(entry.key) ? [tieOf(entry)] : []),
        ...(entry.kind.ties ? [passedTo(entry)] : []),
        // What becomes the relation's own by then is dropped on its own.
        ...all.flatMap((one) =>
          heirsOf(one, current)
            .filter(({ key }) => tied.has(key) && drops.has(key))
            .map(tieOf),
        ),
      ],
      leaves: [
        ...names,
        ...over.dropped(entry),
        ...(entry.kind.ties ? [tieOf(entry)] : []),
        ...(entry.kind.passedOn ? heirsOf(entry, current).map(passedTo) : []),
      ],
      undeclared: reason === 'undeclared',
      hook: reason === 'hook',
      ...earlier(input, action, all, coming),
    })
    if (!parked) return [drop]
    const rename = () => [entry.kind.rename?.(entry.object, going.object)].flatMap((one) => one ?? [])
    return [nodeOf(input, 'aside', entry, rename, { leaves: namesOf(entry) }), drop]
  })
}

/** What makes room goes before anything is made. */
function earlier(
  { actions, ranking }: NodeInput,
  { entry, reason }: DropAction,
  all: readonly Entry[],
  coming: ReadonlySet<string>,
): Partial<PlanNode> {
  /** It, or what goes along with it, ties to something that stays. */
  const unties = all.some(({ kind, object }) => kind.ties && object.on && !actions.drops.has(keyOf(object.on)))
  if (entry.kind.ties || unties) return { rank: ranking.first('before', entry) }
  const makesRoom =
    reason === 'rebuild' ||
    reason === 'hook' ||
    entry.kind.dropsFirst ||
    // Beside its successor an overload could be taken for it.
    sharedNamesOf(entry).some((name) => coming.has(name))
  return makesRoom ? { rank: ranking.of('before', entry) } : {}
}

/** Drops that another drop brings about, and by which. */
function impliedBy({ actions: { current, drops }, cuts }: NodeInput) {
  const implied = new Map<string, string>()
  for (const { entry } of drops.values()) {
    if (cuts.explicit.has(entry.key) || (entry.kind.passedOn && heirsOf(entry, current).length > 0)) continue
    const parents =
      entry.object.on !== undefined && !entry.kind.diesWith
        ? [current.parent(entry)]
        : (entry.kind.diesWith?.(entry.object) ?? []).map((name) => current.named(name))
    const followed = (entry.kind.follows?.(entry.object) ?? []).flatMap((one) =>
      drops.has(keyOf(one.while)) ? [] : [current.named(one.whom)],
    )
    const parent = [...parents, ...followed].find(
      (candidate) => candidate !== undefined && candidate.key !== entry.key && drops.has(candidate.key),
    )
    if (parent) implied.set(entry.key, parent.key)
  }
  const members = new Map<string, Entry[]>()
  for (const [key] of implied) {
    let top = key
    while (implied.has(top)) top = implied.get(top)!
    members.set(top, [...(members.get(top) ?? []), drops.get(key)!.entry])
  }
  return { implied, members }
}
