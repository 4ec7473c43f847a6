// One graph of everything that is done, one sort, cycles cut; then operations with their SQL, risks and questions.
import { PlanError } from '../errors.js'
import type { Actions } from './actions.js'
import { type Graph, sort } from './graph.js'
import { display, keyOf, nameKey } from './identity.js'
import type { OperationBase, PlanFacts, Risk } from './kind.js'
import { type Cuts, noCuts, nodesOf, type PlanNode } from './nodes.js'
import type { Step } from './plan.js'
import type { Dependencies, ExpressionTools } from './ports.js'
import { type Resolved, references, type SearchPath } from './references.js'
import type { Rename } from './rename.js'
import { type Entry, entryOf, type SchemaState } from './state.js'
import { expressionsOf } from './walk.js'

export interface PlannerInput {
  readonly actions: Actions
  readonly renames: readonly Rename[]
  readonly dependencies: Dependencies
  readonly path: SearchPath
  readonly tools: ExpressionTools | undefined
}

export function stepsOf(input: PlannerInput): readonly Step[] {
  const cuts = noCuts()
  const needs = cached(input)
  for (let round = 0; ; round++) {
    const nodes = nodesOf(input.actions, input.renames, cuts)
    const graph = edges(nodes, input, cuts, needs)
    const { order, cycles } = sort(graph)
    if (cycles.length === 0)
      return steps(
        order.map((index) => nodes[index]!),
        input,
        needs,
      )
    const progress = cycles.filter((cycle) =>
      cut(
        cycle.map((index) => nodes[index]!),
        input.actions,
        cuts,
        needs,
      ),
    )
    if (progress.length === 0 || round > 50) throw cyclic(cycles[0]!.map((index) => nodes[index]!))
  }
}

type Needs = (entry: Entry, side: SchemaState) => readonly Resolved[]

function cached({ path, tools }: PlannerInput): Needs {
  const sides = new Map<SchemaState, Map<Entry, readonly Resolved[]>>()
  return (entry, side) => {
    const known = sides.get(side) ?? new Map<Entry, readonly Resolved[]>()
    sides.set(side, known)
    const found = known.get(entry) ?? references(entry, side, path, tools)
    known.set(entry, found)
    return found
  }
}

function edges(
  nodes: readonly PlanNode[],
  { actions, renames, dependencies }: PlannerInput,
  cuts: Cuts,
  needs: Needs,
): Graph {
  const after = nodes.map(() => new Set<number>())
  const link = (from: number | undefined, to: number | undefined) => {
    if (from !== undefined && to !== undefined && from !== to) after[from]!.add(to)
  }
  const by = (type: PlanNode['type']) => {
    const found = new Map<string, number>()
    nodes.forEach((node, index) => {
      if (node.type === type) for (const member of node.members) found.set(member.key, index)
    })
    return found
  }
  const [creating, altering, completing, beforehand, dropping] = [
    by('create'),
    by('alter'),
    by('complete'),
    by('before'),
    by('drop'),
  ]
  const renaming = new Map(
    renames.flatMap(({ to }) =>
      nodes.flatMap((node, index) =>
        node.type === 'rename' && node.entry.key === to.key ? [[to.key, index] as const] : [],
      ),
    ),
  )
  const { current, target } = actions

  nodes.forEach((node, index) => {
    const forward = node.type === 'create' || node.type === 'alter' || node.type === 'complete'
    const side = forward ? target : current
    for (const member of node.members) {
      for (const { entry, strength } of needs(member, side)) {
        if (strength === 'mentions' && cuts.ignored.has(`${member.key} ${entry.key}`)) continue
        if (forward) {
          link(creating.get(entry.key), index)
          if (!(node.type === 'create' && completing.has(member.key))) link(altering.get(entry.key), index)
        }
        if (node.type === 'drop') link(index, dropping.get(entry.key))
        link(renaming.get(entry.key), index)
      }
      if (node.type !== 'rename') link(renaming.get(member.key), index)
    }
    if (node.type === 'complete') {
      link(creating.get(node.entry.key), index)
      link(altering.get(node.entry.key), index)
    }
    if (node.type === 'before') link(index, altering.get(node.entry.key))
    if (node.type === 'aside') link(index, creating.get(node.entry.key))
    if (node.type === 'drop' && !actions.asides.has(node.entry.key)) link(index, creating.get(node.entry.key))
    if (node.type === 'rename')
      for (let up = current.parent(node.entry); up; up = current.parent(up)) link(renaming.get(up.key), index)
  })

  // What depends on an object lets go of it before it is dropped or disturbed.
  for (const [index, node] of nodes.entries()) {
    if (node.type !== 'drop' && !(node.type === 'alter' && node.disturbs)) continue
    for (const member of node.members) {
      for (const dependent of dependencies.of(member.key)) {
        if (dependent.key === undefined) continue
        link(dropping.get(dependent.key), index)
        link(beforehand.get(dependent.key), index)
        if (node.type === 'drop') link(altering.get(dependent.key), index)
      }
    }
  }
  for (const key of actions.alters.keys()) {
    const existing = current.entries.get(key)
    if (existing) for (const { entry } of needs(existing, current)) link(altering.get(key), dropping.get(entry.key))
  }
  // Who goes for good lets go before what it needs is altered (a key, before its column may be null), unless that holds on to it.
  for (const [index, node] of nodes.entries()) {
    if (node.type !== 'drop') continue
    for (const member of node.members) {
      const holders = new Set(dependencies.of(member.key).map((dependent) => dependent.key))
      for (const { entry } of needs(member, current)) if (!holders.has(entry.key)) link(index, altering.get(entry.key))
    }
  }

  const leavers = new Map<string, number[]>()
  nodes.forEach((node, index) => {
    for (const name of node.leaves) leavers.set(name, [...(leavers.get(name) ?? []), index])
  })
  nodes.forEach((node, index) => {
    for (const name of node.takes) for (const leaver of leavers.get(name) ?? []) link(leaver, index)
  })
  return { ranks: nodes.map((node) => node.rank), after }
}

/** Takes one decision that breaks the cycle; false where there is none to take. */
function cut(
  cycle: readonly PlanNode[],
  { creates, drops, current, target }: Actions,
  cuts: Cuts,
  needs: Needs,
): boolean {
  const makers = cycle.filter((node) => node.type === 'create' || node.type === 'alter')
  const inside = new Set(makers.flatMap((node) => node.members.map((member) => member.key)))
  const members = makers.flatMap((node) => node.members.filter((member) => !cuts.stubs.has(member.key)))
  const tied = members.filter((member) =>
    needs(member, target).some(({ entry }) => inside.has(entry.key) && !sameNode(makers, member.key, entry.key)),
  )
  const byOrder = [...tied].sort(
    (a, b) => target.registry.order(a.kind.name) - target.registry.order(b.kind.name) || (a.key < b.key ? -1 : 1),
  )
  for (const member of byOrder) {
    const without = needs(member, target).filter(({ entry }) => inside.has(entry.key))
    const object = member.kind.stub?.(
      member.object,
      without.map(({ entry }) => entry.id),
    )
    if (object === undefined) continue
    const stub = entryOf(member.kind, object)
    const left = needs(stub, target)
    if (left.filter(({ entry }) => inside.has(entry.key)).length < without.length) {
      cuts.stubs.set(member.key, stub)
      return true
    }
  }
  for (const member of byOrder) {
    if (
      !cuts.apart.has(member.key) &&
      member.kind.bornWith?.(member.object) &&
      creates.has(member.key) &&
      !makers.some((node) => node.entry.key === member.key)
    ) {
      cuts.apart.add(member.key)
      return true
    }
  }
  const dropped = cycle.filter((node) => node.type === 'drop')
  for (const node of dropped) {
    const hidden = node.members.filter(
      (member) => member.key !== node.entry.key && drops.has(member.key) && !cuts.explicit.has(member.key),
    )
    const outward = hidden.filter((member) =>
      needs(member, current).some(({ entry }) =>
        dropped.some((other) => other !== node && other.members.some((one) => one.key === entry.key)),
      ),
    )
    if (outward.length > 0) {
      for (const member of outward) cuts.explicit.add(member.key)
      return true
    }
  }
  const swap = cycle.find((node) => node.type === 'rename' && !cuts.swapped.has(node.entry.key))
  if (swap) {
    cuts.swapped.add(swap.entry.key)
    return true
  }
  const touched = new Set(cycle.flatMap((node) => node.members.map((member) => member.key)))
  for (const member of members) {
    const mention = needs(member, target).find(
      ({ entry, strength }) =>
        strength === 'mentions' && touched.has(entry.key) && !cuts.ignored.has(`${member.key} ${entry.key}`),
    )
    if (mention) {
      cuts.ignored.add(`${member.key} ${mention.entry.key}`)
      return true
    }
  }
  return false
}

const sameNode = (nodes: readonly PlanNode[], a: string, b: string): boolean =>
  nodes.some(
    (node) => node.members.some((member) => member.key === a) && node.members.some((member) => member.key === b),
  )

function cyclic(cycle: readonly PlanNode[]): PlanError {
  const names = cycle.map((node) => `${node.type} ${node.entry.id.kind} '${display(node.entry.id)}'`)
  return new PlanError(
    'PLAN_CYCLE',
    `No order of statements can do this, because these need each other: ${names.join(', ')}.`,
    {
      hint: 'Take one of them out of the model, migrate, and put it back.',
      details: { members: cycle.map((node) => node.entry.id) },
    },
  )
}

function steps(nodes: readonly PlanNode[], { actions, tools }: PlannerInput, needs: Needs): readonly Step[] {
  const { creates, drops, target } = actions
  const uses = (node: PlanNode, key: string, text: string | undefined): boolean =>
    node.members.some(
      (member) =>
        (member.key === key || needs(member, target).some(({ entry }) => entry.key === key)) &&
        (text === undefined ||
          (tools !== undefined && expressionsOf(member.object).some(({ expression }) => expression.includes(text)))),
    )
  const factsAt = (index: number): PlanFacts => ({
    server: target.server,
    madeHere: (id) => creates.has(keyOf(id)) && !drops.has(keyOf(id)),
    usesLater: (name, text) => {
      const entry = target.named(name)
      return (
        entry !== undefined &&
        nodes
          .slice(index + 1)
          .some((node) => node.type !== 'drop' && node.entry.key !== entry.key && uses(node, entry.key, text))
      )
    },
  })
  return nodes.flatMap((node, index) => {
    const facts = factsAt(index)
    return node.operations().map((operation) => step(operation, node, facts, target))
  })
}

function step(operation: OperationBase, node: PlanNode, facts: PlanFacts, target: SchemaState): Step {
  const spec = target.registry.spec(operation.type)
  const text = spec.sql(operation, target.server)
  const own = spec.risks?.(operation, facts) ?? []
  const undeclared: Risk = {
    level: 'data-loss',
    code: 'DROPS_UNDECLARED',
    reason: `'${display(node.entry.id)}' is not in the model and was not made by Lockstep.`,
    ...(own.find((risk) => risk.measure) ? { measure: own.find((risk) => risk.measure)!.measure } : {}),
  }
  const declared = target.entries.get(node.entry.key) ?? node.entry
  const source = declared.object.source?.() ?? target.parent(declared)?.object.source?.()
  return {
    operation,
    description: spec.describe(operation),
    sql: (Array.isArray(text) ? text : [text]).map((part) => part.text),
    risks: node.undeclared ? [undeclared, ...own] : own,
    transaction: spec.transaction?.(operation, facts) ?? 'inside',
    ...(source ? { source } : {}),
    object: node.entry.id,
  }
}

/** Names that the plan takes and that somebody who stays holds. */
export function refuseTakenNames(actions: Actions): void {
  const { current, creates, drops, asides } = actions
  for (const entry of creates.values()) {
    for (const name of entry.kind.names?.(entry.object) ?? []) {
      if (name.space === 'key') continue
      const holder = current.named(name)
      if (!holder || drops.has(holder.key) || asides.has(holder.key) || holder.key === entry.key) continue
      throw new PlanError(
        'NAME_TAKEN',
        `'${display(entry.id)}' (${entry.id.kind}) cannot be created: the name ${nameKey(name)} is held by ${holder.id.kind} '${display(holder.id)}'.`,
        {
          hint: `Rename one of them, or say that ${holder.id.kind} '${display(holder.id)}' was renamed with renamedFrom.`,
          details: { object: entry.id, holder: holder.id },
        },
      )
    }
  }
}
