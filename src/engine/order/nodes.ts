// The nodes of the plan's graph: one per statement group.
import type { Actions } from '../action.js'
import type { PlannedSoFar } from '../kind.js'
import type { Rename } from '../rename.js'
import { alterNodes } from './alter-nodes.js'
import { createNodes } from './create-nodes.js'
import type { Cuts } from './cuts.js'
import { dropNodes } from './drop-nodes.js'
import type { NodeInput, PlanNode } from './node.js'
import { takingOver } from './node-names.js'
import { rankingOf } from './ranking.js'
import { asideNodes, renameNodes } from './rename-nodes.js'

export function nodesOf(actions: Actions, renames: readonly Rename[], cuts: Cuts): readonly PlanNode[] {
  const { current, drops } = actions
  const input: NodeInput = { actions, cuts, ranking: rankingOf(actions) }
  const over = takingOver(actions)
  const left = drops.size === 0 ? current : current.with(new Map([...drops.keys()].map((key) => [key, null])))
  const plan: PlannedSoFar = { before: left, dependents: () => [], madeAgain: () => false }
  return [
    ...renameNodes(input, renames),
    ...createNodes(input, over, plan),
    ...alterNodes(input, plan),
    ...asideNodes(input),
    ...dropNodes(input, over),
  ]
}
