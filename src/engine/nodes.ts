// The nodes of the plan's graph: one per statement group, with what each touches, takes and leaves.
import type { Actions } from './action.js'
import type { Cuts } from './cuts.js'
import { keyOf, type Name, nameKey, relationKey } from './identity.js'
import type { OperationBase, PlannedSoFar, Side } from './kind.js'
import { fromTies, heirsOf, isHeir, madeApart, tiedBelow, tiesIn } from './latent.js'
import { partNames } from './parts.js'
import { type NodeType, rankingOf } from './ranking.js'
import type { Rename } from './rename.js'
import { type Entry, entryOf, type SchemaState, sharedNamesOf } from './state.js'

export interface PlanNode {
  readonly type: NodeType
  /** The object that the node is about. */
  readonly entry: Entry
  /** What a create makes along with it, stubs included. */
  readonly members: readonly Entry[]
  readonly takes: readonly string[]
  readonly leaves: readonly string[]
  readonly operations: () => readonly OperationBase[]
  readonly disturbs: boolean
  readonly undeclared: boolean
  /** A hook made it, and makes it again. */
  readonly hook: boolean
  readonly rank: string
}

const namesOf = (entry: Entry): readonly string[] =>
  (entry.kind.names?.(entry.object) ?? []).map((name: Name) => nameKey(name))
const awaited = (entry: Entry): readonly string[] => (entry.kind.madeAfter?.(entry.object) ?? []).map(nameKey)
const implicit = (entry: Entry): readonly string[] => (entry.kind.implicitNames?.(entry.object) ?? []).map(nameKey)
const merging = (entry: Entry): string => `merging ${entry.key}`
const tieOf = ({ id }: Entry): string => `tie ${relationKey(id.schemaName, id.table)}`
const passedTo = ({ id }: Entry): string => `passed ${relationKey(id.schemaName, id.table)}`
const parting = (entry: Entry): string => `parting ${entry.key}`

/** Who may be taken over goes before who takes over, and comes after that has gone. */
function takingOver({ current, target }: Actions) {
  const [before, after] = [tiedBelow(current), tiedBelow(target)]
  const above = new Map<string, string[]>()
  for (const [parent, children] of before)
    for (const child of children) above.set(child, [...(above.get(child) ?? []), parent])
  const at = ({ id }: Entry) => relationKey(id.schemaName, id.table)
  const taking = (entry: Entry) => entry.kind.takesOver === true
  return {
    made: (all: readonly Entry[]) =>
      all
        .filter(taking)
        .flatMap((entry) => [
          ...(after.get(at(entry)) ?? []).map((child) => `going ${child}`),
          ...(above.get(at(entry)) ?? []).map((parent) => `gone ${parent}`),
        ]),
    dropped: (entry: Entry) => (taking(entry) ? [`going ${at(entry)}`, `gone ${at(entry)}`] : []),
  }
}

/** Children of a create, as that create shall see them. */
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

const temporary = (name: string): string => `${name.slice(0, 40)}__lockstep`
const parkedAs = ({ kind, object, addresses }: Entry): Entry =>
  entryOf(kind, { ...object, name: temporary(object.name) }, addresses)

export function nodesOf(actions: Actions, renames: readonly Rename[], cuts: Cuts): readonly PlanNode[] {
  const { current, target } = actions
  const nodes: PlanNode[] = []
  const ranking = rankingOf(actions)
  const add = (
    type: NodeType,
    entry: Entry,
    operations: () => readonly OperationBase[],
    more: Partial<PlanNode> = {},
  ) =>
    nodes.push({
      type,
      entry,
      members: [entry],
      takes: [],
      leaves: [],
      operations,
      disturbs: false,
      undeclared: false,
      hook: false,
      rank: ranking.of(type, entry),
      ...more,
    })

  for (const { from, to } of renames) {
    if (!from.kind.rename) continue
    const rename = (was: Entry['object'], is: Entry['object']): readonly OperationBase[] => {
      const operation = from.kind.rename?.(was, is)
      return operation ? [operation] : []
    }
    if (cuts.swapped.has(to.key)) {
      const parked = parkedAs(from)
      const first = `parked ${parked.key}`
      add('rename', parked, () => rename(from.object, parked.object), { leaves: [...namesOf(from), first] })
      add('rename', to, () => rename({ ...to.object, name: parked.object.name }, to.object), {
        takes: [...namesOf(to), first],
      })
    } else {
      // The columns of a key are a name too, which it keeps.
      const [was, is] = [namesOf(from), namesOf(to)]
      add('rename', to, () => rename(from.object, to.object), {
        takes: is.filter((name) => !was.includes(name)),
        leaves: was.filter((name) => !is.includes(name)),
      })
    }
  }

  const members = new Map<string, Entry[]>()
  const parentOf = new Map<string, string>()
  for (const entry of actions.creates.values()) {
    const apart = cuts.apart.has(entry.key) || madeApart(entry, target)
    const name = apart ? undefined : entry.kind.bornWith?.(entry.object)
    const parent = name && target.named(name)
    if (parent && actions.creates.has(parent.key) && parent.key !== entry.key) {
      parentOf.set(entry.key, parent.key)
      members.set(parent.key, [...(members.get(parent.key) ?? []), cuts.stubs.get(entry.key) ?? entry])
    }
  }
  const side = makingSide(target, members)
  const over = takingOver(actions)
  const comes = tiesIn(actions.creates.values())
  const parts = { before: partNames(current, () => false), after: partNames(target, (relation) => comes.has(relation)) }
  const left =
    actions.drops.size === 0 ? current : current.with(new Map([...actions.drops.keys()].map((key) => [key, null])))
  const plan: PlannedSoFar = { before: left, dependents: () => [], madeAgain: () => false }
  for (const entry of actions.creates.values()) {
    const made = cuts.stubs.get(entry.key) ?? entry
    if (!parentOf.has(entry.key)) {
      const all = [made, ...(members.get(entry.key) ?? [])]
      const last = entry.kind.ties || entry.kind.last ? { rank: `4 ${entry.key}` } : {}
      add('create', entry, () => entry.kind.create(made.object, side, left), {
        members: all,
        takes: [
          ...all.flatMap((one) => {
            const heirs = heirsOf(one, target)
            return [
              ...namesOf(one),
              ...implicit(one),
              ...awaited(one),
              ...heirs.flatMap(namesOf),
              ...heirs.map(merging),
            ]
          }),
          ...over.made(all),
          ...all.flatMap((one) => parts.after.get(one.key) ?? []),
          ...(entry.kind.fillsRows ? [tieOf(entry)] : []),
        ],
        // What comes from a parent merges with it, and not the other way round.
        leaves: [...(isHeir(entry, target) ? [merging(entry)] : []), `part ${entry.key}`],
        ...last,
      })
    }
    if (made !== entry) add('complete', entry, () => alterOperations(made, entry, target, plan))
  }

  // What a relation has from its tie is its own once that is gone.
  const tied = fromTies(current)
  for (const { entry, before, after, disturbs } of actions.alters.values()) {
    const existing = current.entries.get(entry.key)
    const stub = cuts.stubs.get(entry.key)
    const about = entry.kind.alterNames?.(entry.object, existing?.object, target)
    const held = existing ? implicit(existing) : []
    const takes = [
      ...implicit(entry).filter((name) => !held.includes(name)),
      ...(about?.takes ?? []).map(nameKey),
      ...(tied.has(entry.key) || entry.kind.fillsRows ? [tieOf(entry)] : []),
    ]
    const leaves = [...held.filter((name) => !implicit(entry).includes(name)), ...(about?.leaves ?? []).map(nameKey)]
    if (before.length > 0) add('before', entry, () => before)
    if (stub && existing) {
      add('alter', entry, () => alterOperations(existing, stub, target, plan), { members: [stub], disturbs, leaves })
      add('complete', entry, () => alterOperations(stub, entry, target, plan))
    } else if (after.length > 0) {
      // What can be used only after a commit comes first, so that the rest is one transaction.
      const first = after.some((operation) => target.registry.spec(operation.type).transaction !== undefined)
      const between = after.length > 1 ? (about?.between ?? []).map(nameKey) : []
      const letsGo = between.length > 0 ? 1 : 0
      if (letsGo > 0) add('before', entry, () => after.slice(0, 1), { leaves: between, rank: `4 ${entry.key}` })
      add('alter', entry, () => after.slice(letsGo), {
        disturbs,
        takes: [...takes, ...between],
        leaves,
        ...(first ? { rank: `! ${entry.key}` } : entry.kind.ties || entry.kind.last ? { rank: `4 ${entry.key}` } : {}),
      })
    }
  }

  for (const { entry, desired } of actions.asides.values()) {
    const parked = parkedAs(entry)
    add('aside', entry, () => entry.kind.aside?.(entry.object, desired.object, parked.object.name) ?? [])
    add('drop', entry, () => [entry.kind.drop(parked.object, current, target)].flat())
  }

  const dropMembers = impliedBy(actions, cuts)
  const meant = new Set([...actions.creates.values()].flatMap(sharedNamesOf))
  for (const { entry, reason } of actions.drops.values()) {
    if (dropMembers.implied.has(entry.key)) continue
    const all = [entry, ...(dropMembers.members.get(entry.key) ?? [])]
    /** It, or what goes along with it, ties to something that stays. */
    const unties = all.some(({ kind, object }) => kind.ties && object.on && !actions.drops.has(keyOf(object.on)))
    const parked = cuts.parked.has(entry.key)
    const going = parked ? parkedAs(entry) : entry
    if (parked)
      add('aside', entry, () => [entry.kind.rename?.(entry.object, going.object)].flatMap((one) => one ?? []), {
        leaves: namesOf(entry),
      })
    add('drop', entry, () => [entry.kind.drop(going.object, current, target)].flat(), {
      members: all,
      takes: [
        ...(isHeir(entry, current) ? [parting(entry)] : []),
        ...(tied.has(entry.key) ? [tieOf(entry)] : []),
        ...(entry.kind.ties ? [passedTo(entry)] : []),
      ],
      leaves: [
        ...all.flatMap((one) => {
          const heirs = heirsOf(one, current)
          const own = parked && one === entry ? [] : namesOf(one)
          return [...own, ...implicit(one), ...heirs.flatMap(namesOf), ...heirs.map(parting)]
        }),
        ...over.dropped(entry),
        ...(entry.kind.ties ? [tieOf(entry)] : []),
        ...(entry.kind.passedOn ? heirsOf(entry, current).map(passedTo) : []),
        ...all.flatMap((one) => parts.before.get(one.key) ?? []),
      ],
      undeclared: reason === 'undeclared',
      hook: reason === 'hook',
      // Beside its successor an overload could be taken for it.
      ...(reason === 'rebuild' ||
      reason === 'hook' ||
      entry.kind.ties ||
      unties ||
      entry.kind.dropsFirst ||
      sharedNamesOf(entry).some((name) => meant.has(name))
        ? { rank: entry.kind.ties || unties ? ranking.first('before', entry) : ranking.of('before', entry) }
        : {}),
    })
  }
  return nodes
}

function alterOperations(from: Entry, to: Entry, side: Side, plan: PlannedSoFar): readonly OperationBase[] {
  const changed = to.kind.differences(from.object, to.object)
  const operations = changed.length === 0 ? [] : to.kind.alter?.(from.object, to.object, changed, side, plan)
  return operations === undefined || operations === 'recreate' ? [] : operations
}

/** Drops that another drop brings about, and by which. */
function impliedBy(actions: Actions, cuts: Cuts) {
  const { current, drops } = actions
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
