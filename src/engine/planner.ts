// One graph of everything that is done, one sort, cycles cut.
import type { Actions } from './action.js'
import { type Cuts, noCuts } from './cuts.js'
import { cut, cyclic } from './cutting.js'
import { type Graph, sort } from './graph.js'
import { linkHeldRows } from './held-rows.js'
import { keyOf } from './identity.js'
import { fromTies } from './latent.js'
import { cachedNeeds, type Needs } from './needs.js'
import { nodesOf, type PlanNode } from './nodes.js'
import { linkOverloads } from './overloads.js'
import type { Step } from './plan.js'
import type { Dependencies, ExpressionTools } from './ports.js'
import type { SearchPath } from './references.js'
import type { Rename } from './rename.js'
import type { Entry } from './state.js'
import { steps } from './steps.js'
import { withoutRows } from './unfilled.js'

export interface PlannerInput {
  readonly actions: Actions
  readonly renames: readonly Rename[]
  readonly dependencies: Dependencies
  readonly path: SearchPath
  readonly tools: ExpressionTools | undefined
}

export function stepsOf(given: PlannerInput): readonly Step[] {
  const cuts = noCuts()
  const needs = cachedNeeds(given)
  const input = { ...given, actions: withoutRows(given.actions, needs) }
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
        input.dependencies,
      ),
    )
    if (progress.length === 0 || round > 50) throw cyclic(cycles[0]!.map((index) => nodes[index]!))
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
  const tied = fromTies(current)
  const ties = [...creating].flatMap(([key, index]) => {
    const { kind, object } = target.entries.get(key) ?? {}
    return kind?.ties && object?.on ? [{ to: keyOf(object.on), index }] : []
  })
  /** Everything that it stands on, near and far. */
  const under = (from: Entry, seen = new Set([from.key])): readonly Entry[] =>
    needs(from, target).flatMap(({ entry }) => {
      if (seen.has(entry.key)) return []
      seen.add(entry.key)
      return [entry, ...under(entry, seen)]
    })

  /** Those whose alteration reaches it: the column of the parent. */
  const above = (entry: Entry): readonly number[] =>
    needs(entry, current).flatMap((one) =>
      one.entry.kind === entry.kind && one.strength === 'needs'
        ? [altering.get(one.entry.key) ?? [], above(one.entry)].flat()
        : [],
    )
  const reachedBy = (key: string): readonly number[] => {
    const existing = actions.alters.get(key)?.disturbs ? current.entries.get(key) : undefined
    return existing ? above(existing) : []
  }

  /** What is said about an object (whose it is, who may read it), by its key. */
  const said = new Map<string, number[]>()
  nodes.forEach(({ type, entry }, index) => {
    const on = type === 'create' || type === 'alter' ? entry.object.on && keyOf(entry.object.on) : undefined
    if (on) said.set(on, [...(said.get(on) ?? []), index])
  })
  nodes.forEach((node, index) => {
    const forward = node.type === 'create' || node.type === 'alter' || node.type === 'complete'
    const side = forward ? target : current
    for (const member of node.members) {
      // A rename needs nothing but its parents, whatever the object does.
      for (const { entry, strength } of node.type === 'rename' ? [] : needs(member, side)) {
        if (strength === 'mentions' && cuts.ignored.has(`${member.key} ${entry.key}`)) continue
        if (forward) {
          link(creating.get(entry.key), index)
          if (node.type === 'create') for (const one of reachedBy(entry.key)) link(one, index)
          if (!(node.type === 'create' && completing.has(member.key))) link(altering.get(entry.key), index)
        }
        if (node.type === 'drop' && !(strength === 'mentions' && actions.asides.has(member.key))) {
          const holder = dropping.get(entry.key)
          const alone = node.entry.key === member.key && nodes[holder ?? -1]?.entry.key === entry.key
          const held = member.kind
            .outlives?.(member.object)
            .some((one) => current.named(one.whom)?.key === entry.key && !actions.drops.has(keyOf(one.while)))
          // What its relation has from a tie goes by itself only once that is gone, also where it leads to what is tied.
          if (alone && held) link(holder, index)
          else if (!(entry.kind.ties && tied.has(node.entry.key))) link(index, holder)
        }
        link(renaming.get(entry.key), index)
      }
      if (node.type !== 'rename') link(renaming.get(member.key), index)
      if (node.type === 'create' || node.type === 'alter')
        for (const name of member.kind.madeAfter?.(member.object) ?? [])
          for (const { key } of target.meant(name)) {
            link(creating.get(key), index)
            link(altering.get(key), index)
          }
      // What is made again has its rows back when what it is tied to is.
      if (node.type === 'create' && member.kind.readsRows && ties.length > 0)
        for (const { key } of under(member)) for (const tie of ties) if (tie.to === key) link(tie.index, index)
      // It reads as those may who own what it reads; what is made by this plan, its maker may read.
      if (node.type === 'create' && member.kind.ownRows?.filled(member.object))
        for (const { key } of under(member))
          if (!creating.has(key)) for (const one of said.get(key) ?? []) link(one, index)
    }
    if (node.type === 'complete') {
      link(creating.get(node.entry.key), index)
      link(altering.get(node.entry.key), index)
    }
    if (node.type === 'before') link(index, altering.get(node.entry.key))
    if (node.type === 'aside') {
      link(index, creating.get(node.entry.key))
      link(index, dropping.get(node.entry.key))
    }
    if (node.type === 'drop' && !actions.asides.has(node.entry.key)) link(index, creating.get(node.entry.key))
    // What goes by itself, because what ties it to another goes, waits for that.
    if (node.type === 'drop')
      for (const held of [node.entry.kind.follows, node.entry.kind.outlives].flatMap(
        (of) => of?.(node.entry.object) ?? [],
      ))
        link(dropping.get(keyOf(held.while)), index)
    if (node.type === 'rename')
      for (let up = current.parent(node.entry); up; up = current.parent(up)) link(renaming.get(up.key), index)
  })

  // What is told apart by the types of its arguments is dropped, or goes aside itself, while these have their names.
  const asides = by('aside')
  for (const [index, node] of nodes.entries()) {
    if (node.type !== 'aside') continue
    for (const { key } of dependencies.of(node.entry.key)) {
      if (key === undefined) continue
      if (current.entries.get(key)?.id.arguments !== undefined) link(dropping.get(key), index)
      link(asides.get(key), index)
    }
  }
  const onlyMentions = (dependent: string, needed: string): boolean => {
    const holder = current.entries.get(dependent)
    const found = holder && needs(holder, current).find(({ entry }) => entry.key === needed)
    return found?.strength === 'mentions'
  }
  /** Who let go beforehand comes back to it once it is made again. */
  const back = (dependent: string, needed: string) =>
    beforehand.has(dependent) &&
    !actions.asides.has(needed) &&
    (creating.has(needed) || nameTaken(needed) || onlyMentions(dependent, needed))
  const nameTaken = (key: string): boolean => {
    const entry = current.entries.get(key)
    return (entry?.kind.names?.(entry.object) ?? []).some((name) => creating.has(target.named(name)?.key ?? ''))
  }
  const hangsOn = (what: string, holder: string) => dependencies.of(holder).some(({ key }) => key === what)
  /** Who let go beforehand of what hangs on it in turn (a column's default of its own sequence, or that of its parent's) is altered once that is gone. */
  const mutual = (dependent: string, needed: string) => {
    if (!beforehand.has(dependent)) return false
    const entry = target.entries.get(dependent)
    return (
      hangsOn(needed, dependent) ||
      (entry !== undefined && needs(entry, target).some((one) => hangsOn(needed, one.entry.key)))
    )
  }
  /** PostgreSQL knows of no dependency: it waits for the new one only. */
  const loose = (dependent: string, needed: string) =>
    creating.has(needed) && !actions.asides.has(needed) && !dependencies.of(needed).some(({ key }) => key === dependent)
  /** Who let go beforehand takes the name that the other leaves. */
  const roomFor = (dependent: string, dropped: number | undefined) => {
    const taking = nodes[altering.get(dependent) ?? -1]
    return (
      dropped !== undefined &&
      beforehand.has(dependent) &&
      taking?.takes.some((name) => nodes[dropped]!.leaves.includes(name)) === true
    )
  }
  // What depends on an object lets go of it before it is dropped or disturbed.
  for (const [index, node] of nodes.entries()) {
    if (node.type !== 'drop' && !(node.type === 'alter' && node.disturbs)) continue
    for (const member of node.members) {
      for (const dependent of dependencies.of(member.key)) {
        if (dependent.key === undefined) continue
        // What stands aside waits for its values to move; what its text only mentions it lets go of at once.
        const letsGo = node.type === 'drop' && asides.has(dependent.key) && onlyMentions(dependent.key, member.key)
        if (letsGo) link(asides.get(dependent.key), index)
        else if (node.type === 'drop' || !actions.asides.has(dependent.key)) link(dropping.get(dependent.key), index)
        link(beforehand.get(dependent.key), index)
        if (node.type !== 'drop' || mutual(dependent.key, member.key) || back(dependent.key, member.key)) continue
        if (!roomFor(dependent.key, index)) link(altering.get(dependent.key), index)
      }
    }
  }
  for (const key of actions.alters.keys())
    for (const index of reachedBy(key))
      for (const dependent of dependencies.of(key)) {
        link(dropping.get(dependent.key ?? ''), index)
        link(beforehand.get(dependent.key ?? ''), index)
      }
  for (const [key, { fresh }] of actions.alters) {
    const existing = fresh ? undefined : current.entries.get(key)
    if (existing && !existing.kind.letsGo)
      for (const { entry } of needs(existing, current))
        if (![back, mutual, loose].some((exempt) => exempt(key, entry.key)))
          if (!roomFor(key, dropping.get(entry.key))) link(altering.get(key), dropping.get(entry.key))
  }
  // Who goes for good lets go before what it needs is altered (a key, before its column may be null), unless that holds on to it or it is a part of that.
  for (const [index, node] of nodes.entries()) {
    if (node.type !== 'drop' || actions.asides.has(node.entry.key)) continue
    for (const member of node.members) {
      const holders = new Set(dependencies.of(member.key).map((dependent) => dependent.key))
      const born = member.kind.bornWith?.(member.object)
      const parent = member.object.on ? keyOf(member.object.on) : born && current.named(born)?.key
      for (const { entry } of needs(member, current))
        if (entry.key !== parent && !holders.has(entry.key)) {
          for (const one of [altering.get(entry.key), ...above(entry)]) link(index, one)
          if (entry.kind.ties) link(index, beforehand.get(entry.key))
        }
    }
  }

  linkHeldRows(nodes, actions, link)

  const leavers = new Map<string, number[]>()
  nodes.forEach((node, index) => {
    for (const name of node.leaves) leavers.set(name, [...(leavers.get(name) ?? []), index])
  })
  nodes.forEach((node, index) => {
    for (const name of node.takes) {
      for (const leaver of leavers.get(name) ?? []) {
        // Who is renamed and then dropped bears the new name until then.
        const same = node.type === 'rename' && nodes[leaver]!.members.some((member) => member.key === node.entry.key)
        if (!same) link(leaver, index)
      }
    }
  })
  linkOverloads(nodes, target, needs, after)
  return { ranks: nodes.map((node) => node.rank), after }
}
