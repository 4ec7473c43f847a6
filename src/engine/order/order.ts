// Who goes before whom among the nodes of a plan, while the rules are asked one after the other.
import type { Actions } from '../action.js'
import type { Dependencies } from '../ports.js'
import type { Entry } from '../state.js'
import type { Cuts } from './cuts.js'
import type { Graph } from './graph.js'
import type { Needs } from './needs.js'
import type { PlanNode } from './node.js'
import type { NodeType } from './ranking.js'

export interface OrderInput {
  readonly nodes: readonly PlanNode[]
  readonly actions: Actions
  readonly dependencies: Dependencies
  readonly needs: Needs
  readonly cuts: Cuts
}

/** By the key of an object the node that does this with it. */
type ByKey = ReadonlyMap<string, number>

export class Order {
  readonly nodes: readonly PlanNode[]
  readonly actions: Actions
  readonly dependencies: Dependencies
  readonly needs: Needs
  readonly cuts: Cuts
  readonly renaming: ByKey
  readonly asides: ByKey
  readonly beforehand: ByKey
  readonly creating: ByKey
  readonly altering: ByKey
  readonly completing: ByKey
  readonly dropping: ByKey
  readonly #after: readonly Set<number>[]

  constructor({ nodes, actions, dependencies, needs, cuts }: OrderInput) {
    this.nodes = nodes
    this.actions = actions
    this.dependencies = dependencies
    this.needs = needs
    this.cuts = cuts
    const doing = (type: NodeType): ByKey =>
      new Map(
        nodes.flatMap((node, index) =>
          node.type === type ? node.members.map((member) => [member.key, index] as const) : [],
        ),
      )
    this.renaming = doing('rename')
    this.asides = doing('aside')
    this.beforehand = doing('before')
    this.creating = doing('create')
    this.altering = doing('alter')
    this.completing = doing('complete')
    this.dropping = doing('drop')
    this.#after = nodes.map(() => new Set<number>())
  }

  get graph(): Graph {
    return { ranks: this.nodes.map((node) => node.rank), after: this.#after }
  }

  /** Nothing where one of them is not in the plan. */
  link(first: number | undefined, then: number | undefined): void {
    if (first !== undefined && then !== undefined && first !== then) this.#after[first]!.add(then)
  }

  /** Is it said already that the one goes before the other? */
  leads(first: number, then: number): boolean {
    const seen = new Set([first])
    const open = [first]
    for (let node = open.pop(); node !== undefined; node = open.pop())
      for (const next of this.#after[node]!) {
        if (next === then) return true
        if (seen.has(next)) continue
        seen.add(next)
        open.push(next)
      }
    return false
  }

  /** Of what is done to the objects that it is, as it is, from above (the parent's column), that by which it changes. */
  above(entry: Entry, ...by: readonly ByKey[]): readonly number[] {
    return this.needs(entry, this.actions.current).flatMap((one) =>
      one.entry.kind === entry.kind && one.strength === 'needs'
        ? [...by.flatMap((doing) => doing.get(one.entry.key) ?? []), ...this.above(one.entry, ...by)]
        : [],
    )
  }

  /** The same where it changes the object under what depends on it. */
  reaching(key: string, ...by: readonly ByKey[]): readonly number[] {
    const { alters, current } = this.actions
    const existing = alters.get(key)?.disturbs ? current.entries.get(key) : undefined
    return existing ? this.above(existing, ...by) : []
  }
}
