// What is altered: first what it lets go of, then the change, and what a stub left out.

import type { AlterAction } from '../action.js'
import { stoppingAt } from '../filled.js'
import { nameKey } from '../identity.js'
import type { PlannedSoFar } from '../kind.js'
import { fromTies } from '../latent.js'
import { partsGiven } from '../parts.js'
import { alterOperations } from './create-nodes.js'
import { type NodeInput, nodeOf, type PlanNode } from './node.js'
import { implicit, tieOf } from './node-names.js'

export function alterNodes(input: NodeInput, plan: PlannedSoFar): readonly PlanNode[] {
  const { current, alters } = input.actions
  // What a relation has from its tie is its own once that is gone.
  const tied = fromTies(current)
  return [...alters.values()].flatMap((action) => {
    const { entry, before } = action
    const lets = before.length > 0 ? [nodeOf(input, 'before', entry, () => before)] : []
    return [...lets, ...changeNodes(input, action, tied.has(entry.key), plan)]
  })
}

function changeNodes(
  input: NodeInput,
  { entry, after, disturbs }: AlterAction,
  tied: boolean,
  plan: PlannedSoFar,
): readonly PlanNode[] {
  const { actions, cuts } = input
  const { current, target } = actions
  const { kind, key } = entry
  const existing = current.entries.get(key)
  const stub = cuts.stubs.get(key)
  const about = kind.alterNames?.(entry.object, existing?.object, target)
  const [held, holds] = [existing ? implicit(existing) : [], implicit(entry)]
  const leaves = [...held.filter((name) => !holds.includes(name)), ...(about?.leaves ?? []).map(nameKey)]
  if (stub && existing) {
    const further = () => alterOperations(stub, entry, target, plan)
    const until = () => stoppingAt(after, further()) ?? alterOperations(existing, stub, target, plan)
    return [
      nodeOf(input, 'alter', entry, until, { members: [stub], disturbs, leaves }),
      nodeOf(input, 'complete', entry, further),
    ]
  }
  if (after.length === 0) return []
  const takes = [
    ...holds.filter((name) => !held.includes(name)),
    ...(about?.takes ?? []).map(nameKey),
    ...partsGiven(entry, target),
    ...(tied || kind.fillsRows ? [tieOf(entry)] : []),
  ]
  const between = after.length > 1 ? (about?.between ?? []).map(nameKey) : []
  const letsGo = between.length > 0 ? 1 : 0
  // What can be used only after a commit comes first, so that the rest is one transaction.
  const first = after.some((operation) => target.registry.spec(operation.type).transaction !== undefined)
  const rank = first ? `! ${key}` : kind.ties || kind.last ? `4 ${key}` : undefined
  return [
    ...(letsGo > 0
      ? [nodeOf(input, 'before', entry, () => after.slice(0, 1), { leaves: between, rank: `4 ${key}` })]
      : []),
    nodeOf(input, 'alter', entry, () => after.slice(letsGo), {
      disturbs,
      takes: [...takes, ...between],
      leaves,
      ...(rank === undefined ? {} : { rank }),
    }),
  ]
}
