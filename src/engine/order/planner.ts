// One graph of everything that is done, one sort, cycles cut.
import type { Actions } from '../action.js'
import type { Step } from '../plan.js'
import type { Dependencies, ExpressionTools } from '../ports.js'
import type { SearchPath } from '../references.js'
import type { Rename } from '../rename.js'
import { noCuts } from './cuts.js'
import { cut, cyclic } from './cutting.js'
import { sort } from './graph.js'
import { linkAltered, linkAsides, linkDependents, linkLeaving } from './letting-go.js'
import { linkNames, linkOverloads } from './names.js'
import { linkNeeded, linkSelf } from './needed.js'
import { cachedNeeds } from './needs.js'
import { nodesOf } from './nodes.js'
import { Order } from './order.js'
import { linkPlaces } from './places.js'
import { linkHeldRows, linkReadRows } from './rows.js'
import { steps } from './steps.js'
import { withoutRows } from './unfilled.js'

export interface PlannerInput {
  readonly actions: Actions
  readonly renames: readonly Rename[]
  readonly dependencies: Dependencies
  readonly path: SearchPath
  readonly tools: ExpressionTools | undefined
}

/** What decides the order; the last two yield to all others. */
const rules: readonly ((order: Order) => void)[] = [
  linkNeeded,
  linkSelf,
  linkReadRows,
  linkHeldRows,
  linkAsides,
  linkDependents,
  linkAltered,
  linkLeaving,
  linkNames,
  linkPlaces,
  linkOverloads,
]

/** @throws PlanError PLAN_CYCLE */
export function stepsOf(given: PlannerInput): readonly Step[] {
  const { dependencies } = given
  const cuts = noCuts()
  const needs = cachedNeeds(given)
  const actions = withoutRows(given.actions, needs)
  for (let round = 0; ; round++) {
    const nodes = nodesOf(actions, [...given.renames, ...actions.renamedParts], cuts)
    const order = new Order({ nodes, actions, dependencies, needs, cuts })
    for (const rule of rules) rule(order)
    const sorted = sort(order.graph)
    if (sorted.cycles.length === 0)
      return steps(
        sorted.order.map((index) => nodes[index]!),
        { actions, tools: given.tools },
        needs,
      )
    const cycles = sorted.cycles.map((cycle) => cycle.map((index) => nodes[index]!))
    const progress = cycles.filter((cycle) => cut(cycle, order))
    if (progress.length === 0 || round > 50) throw cyclic(cycles[0]!)
  }
}
