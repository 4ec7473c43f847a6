// From differences to actions: what is created, altered, dropped, and what has to make way and come back because something else changes.

import type { Actions, AlterAction, AsideAction, DropAction } from './action.js'
import { attachments, diesWith } from './attached.js'
import { blocked } from './blocked.js'
import type { Alteration, Difference } from './diff.js'
import { settleGiven } from './given.js'
import { display, keyOf, nameKey } from './identity.js'
import type { OperationBase, PlannedSoFar } from './kind.js'
import { broughtAlong, heldThrough, takenAlong } from './latent.js'
import { settleParts } from './parts.js'
import type { Dependencies, Dependent } from './ports.js'
import type { Ledger } from './scope.js'
import { type Entry, namesOf, type SchemaState, sharedNamesOf } from './state.js'
import type { Rebuilt, ValueMove } from './survival.js'
import { sameData } from './walk.js'

/** What happens to an object, with how its values move asked for at the end. */
interface Change extends Omit<Rebuilt, 'move'> {
  readonly moving?: () => ValueMove | undefined
}

function withMove({ moving, ...change }: Change): Rebuilt {
  const move = moving?.()
  return move ? { ...change, move } : change
}

/** Works out everything that the differences entail. */
export function actionsOf(
  difference: Difference,
  desired: SchemaState,
  dependencies: Dependencies,
  ledger: Ledger,
): Actions {
  const { current } = difference
  const creates = new Map(difference.creates.map((entry) => [entry.key, entry]))
  const drops = new Map<string, DropAction>(
    difference.drops.map(({ entry, undeclared }) => [
      entry.key,
      { entry, reason: undeclared ? 'undeclared' : 'removed' },
    ]),
  )
  const alters = new Map<string, AlterAction>()
  const asides = new Map<string, AsideAction>()
  const made = new Map<string, Entry>()
  const queue: Change[] = []
  const moves = new Map<string, () => ValueMove | undefined>()
  /** How values of the type move, noted under its names, so that types made of it know. */
  const moving = (existing: Entry, target: Entry | undefined): Pick<Change, 'moving'> => {
    if (!existing.kind.moves) return {}
    const moving = () =>
      existing.kind.moves?.(existing.object, target?.object, ({ schemaName, typeName }) =>
        moves.get(nameKey({ space: 'type', schemaName, name: typeName }))?.(),
      )
    if (target) for (const name of namesOf(existing)) moves.set(nameKey(name), moving)
    return { moving }
  }
  const wanted = (key: string): Entry | undefined => desired.entries.get(key)
  const alterations = new Map(difference.alters.map((pair) => [pair.desired.key, pair]))

  const isHooks = (key: string) => (ledger.rows.get(key)?.origin ?? ledger.others.get(key)) === 'hook'

  const rebuild = (existing: Entry, wantedNow: Entry) => {
    const target = filled(wantedNow, existing)
    if (desired.entries.get(target.key) !== target) made.set(target.key, target)
    creates.set(target.key, target)
    alters.delete(target.key)
    if (target.kind.aside) asides.set(target.key, { entry: existing, desired: target })
    else drops.set(existing.key, { entry: existing, reason: 'rebuild' })
    const how = target.kind.aside ? { replaced: true as const } : { remade: true as const }
    queue.push({ ...around(existing, target), ...how, ...moving(existing, target) })
  }

  const plan: PlannedSoFar = {
    before: current,
    dependents: (of) =>
      dependencies.of(keyOf(of)).flatMap(({ key }) => (key === undefined ? [] : (current.entries.get(key) ?? []))),
    madeAgain: (id) => drops.has(keyOf(id)) && creates.has(keyOf(id)),
  }
  const disturbs = ({ current: { object, kind }, desired: said, changed }: Alteration): boolean =>
    kind.disturbs?.(object, said.object, changed) ?? false
  const begin = (pair: Alteration) => {
    const { current: existing, desired: said, changed } = pair
    if (drops.has(existing.key)) return
    const target = filled(said, existing)
    const operations = target.kind.alter?.(existing.object, target.object, changed, desired, plan) ?? 'recreate'
    if (operations === 'recreate') rebuild(existing, target)
    else {
      const loud = disturbs({ ...pair, desired: target })
      alters.set(target.key, { entry: target, before: [], after: operations, disturbs: loud })
      if (loud) queue.push(around(existing, target))
    }
  }

  const settled = new Set<string>()
  const attached = attachments(current)
  const settle = (change: Change) => {
    const source = current.entry(change.id)
    if (!source) return
    const again = change.desired !== undefined && (drops.has(source.key) || asides.has(source.key))
    // What is made along with it has no edge in pg_depend.
    if (again && change.remade)
      for (const child of current.born(source.id)) {
        const target = wanted(child.key)
        if (target && !drops.has(child.key)) rebuild(child, target)
      }
    if (change.desired === undefined)
      for (const child of attached.get(source.key) ?? [])
        if (child.kind.diesWith && difference.strangers.has(child.key))
          throw blocked(source, `${child.id.kind} '${display({ ...child.id, name: child.id.table ?? child.id.name })}'`)
    if (again) {
      for (const child of attached.get(source.key) ?? []) {
        const target = wanted(child.key) ?? child
        if (child.kind.diesWith) {
          // It belongs to another object too and lets go by itself.
          if (difference.strangers.has(child.key)) throw blocked(source, `${child.id.kind} '${display(child.id)}'`)
          if (!drops.has(child.key)) rebuild(child, target)
          continue
        }
        if (!desired.entries.has(child.key)) made.set(child.key, target)
        if (drops.has(child.key)) continue
        creates.set(child.key, target)
        alters.delete(child.key)
      }
    }
    for (const dependent of dependencies.of(source.key)) {
      const holder = dependent.key === undefined ? undefined : current.entries.get(dependent.key)
      if (change.moving && holder && !holder.kind.moves && !difference.strangers.has(holder.key))
        later.push({ key: holder.key, meet: () => meet(change, source, dependent) })
      else meet(change, source, dependent)
    }
  }
  /** Who has values waits until it is known of all types how they move. */
  const later: { readonly key: string; readonly meet: () => void }[] = []
  /** It is part of what goes for good. */
  const goesAlong = (entry: Entry | undefined): boolean => {
    const whole = entry?.id.table === undefined ? undefined : current.parent(entry)
    return whole !== undefined && drops.has(whole.key) && !creates.has(whole.key)
  }
  const meet = (change: Change, source: Entry, dependent: Dependent) => {
    const entry = dependent.key === undefined ? undefined : current.entries.get(dependent.key)
    // What was untouched by a change may not be by a rebuild.
    const how =
      change.desired === undefined ? 'dropped' : change.remade ? 'remade' : change.replaced ? 'replaced' : 'changed'
    const pair = `${source.key} ${how} ${dependent.key ?? dependent.description}`
    if (settled.has(pair) || entry?.key === source.key) return
    settled.add(pair)
    if (entry && (drops.has(entry.key) || asides.has(entry.key))) return
    if (entry && diesWith(entry, source, current)) {
      if (change.desired !== undefined && drops.has(source.key)) rebuild(entry, wanted(entry.key) ?? entry)
      return
    }
    const hooks = entry !== undefined && !desired.entries.has(entry.key) && isHooks(entry.key)
    if (!entry || (entry.kind.unmanaged && !hooks)) {
      if (!(change.desired === undefined && dependent.automatic) && !goesAlong(entry))
        throw blocked(source, dependent.description)
      return
    }
    const alteration = alterations.get(entry.key)
    const target = filled(alteration?.desired ?? wanted(entry.key) ?? entry, entry)
    const survive = (desiredObject: Entry['object']) =>
      entry.kind.survive?.(entry.object, withMove(change), current, desiredObject, plan) ?? 'recreate'
    const meanwhile = survive(target.object)
    // What is the same in other words is not replaced before that goes.
    const survival = meanwhile === 'untouched' && !alteration ? survive(entry.object) : meanwhile
    if (survival === 'untouched') return
    if (hooks) {
      // Whoever's hook it is: with the object that it stands on it would go anyway, and its hook makes it again.
      drops.set(entry.key, { entry, reason: 'hook' })
      queue.push(around(entry, undefined))
      return
    }
    if (difference.strangers.has(entry.key)) throw blocked(source, dependent.description)
    if (survival === 'recreate') {
      rebuild(entry, target)
      return
    }
    // Of two reasons the stronger one counts, and what has to make way does.
    const known = alters.get(entry.key)
    const sooner = known && known.before.length >= survival.before.length ? known : survival
    const stronger = known?.disturbs && !survival.disturbs ? known : survival
    alters.set(entry.key, {
      entry: target,
      before: sooner.before,
      after: sooner === stronger ? stronger.after : goingOn(stronger.after, sooner.before),
      disturbs: stronger.disturbs ?? false,
    })
    if (survival.disturbs) queue.push(around(entry, target))
  }

  const types = difference.alters.filter((pair) => pair.current.kind.moves)
  const others = difference.alters.filter((pair) => !pair.current.kind.moves)
  for (const pair of types) begin(pair)
  for (let at = 0; at >= 0; at = queue.findIndex((change) => change.moving))
    for (const change of queue.splice(at, 1)) settle(change)
  const disturbed = new Set([...later, ...others.filter(disturbs).map((pair) => pair.current)].map(({ key }) => key))
  const fixed = (entry: Entry) =>
    (entry.kind.fixes?.(entry.object, current) ?? []).some((name) =>
      current.meant(name).some(({ key }) => disturbed.has(key)),
    )
  // What is made again spoils too.
  const spoiled = ({ kind, object }: Entry) =>
    (kind.spoiledBy?.(object) ?? []).some((name) =>
      desired.meant(name).some(({ key }) => creates.has(key) || alterations.has(key)),
    )
  const rebuiltWhere = (affected: (entry: Entry) => boolean): boolean => {
    const found = [...current.entries.values()].flatMap((entry) => {
      const target = (entry.kind.fixes || entry.kind.spoiledBy) && wanted(entry.key)
      return target && !drops.has(entry.key) && !asides.has(entry.key) && affected(entry)
        ? [() => rebuild(entry, target)]
        : []
    })
    for (const go of found) go()
    return found.length > 0
  }
  if (disturbed.size > 0) rebuiltWhere(fixed)
  for (const pair of others.filter((one) => one.current.kind.fixes)) begin(pair)
  for (const pair of others.filter((one) => !one.current.kind.fixes)) begin(pair)
  const called = new Set(difference.creates.flatMap(sharedNamesOf))
  const gone = (entry: Entry): Change => ({
    ...around(entry, undefined),
    ...(sharedNamesOf(entry).some((name) => called.has(name)) ? { overloaded: true } : {}),
    ...moving(entry, undefined),
  })
  for (const { entry, reason } of drops.values()) if (reason !== 'rebuild') queue.push(gone(entry))
  for (;;) {
    const change = queue.shift()
    const holder = change ? undefined : later.shift()
    if (change) settle(change)
    else if (holder) holder.meet()
    else if (!rebuiltWhere(spoiled)) break
  }
  const target = made.size === 0 ? desired : desired.with(made)
  for (const key of broughtAlong(target, creates)) creates.delete(key)
  const held = heldThrough(current, target, drops)
  for (const entry of held.gone) drops.set(entry.key, { entry, reason: 'rebuild' })
  for (const entry of held.come) creates.set(entry.key, entry)
  for (const key of takenAlong(current, drops)) drops.delete(key)
  settleParts(current, target, { creates, alters, drops })
  settleGiven({ current, target, creates, alters, drops, asides }, difference.unwanted ?? (() => false))
  return { current, target, creates, alters, drops, asides }
}

/** What the desired side leaves open stays as it is. */
function filled(desired: Entry, current: Entry): Entry {
  const said = desired.object as unknown as Readonly<Record<string, unknown>>
  const kept = new Set(desired.kind.keeps ?? [])
  const open = Object.entries(current.object).filter(
    ([field, value]) =>
      (said[field] === undefined || kept.has(field)) &&
      value !== undefined &&
      field !== 'renamedFrom' &&
      field !== 'source',
  )
  return open.length === 0 ? desired : { ...desired, object: { ...desired.object, ...Object.fromEntries(open) } }
}

const around = (existing: Entry, target: Entry | undefined): Rebuilt => ({
  id: existing.id,
  names: namesOf(existing),
  current: existing.object,
  desired: target?.object,
})

/** Operations that set out from where others have left the object. */
function goingOn(operations: readonly OperationBase[], before: readonly OperationBase[]): readonly OperationBase[] {
  const left = before.at(-1) as (OperationBase & { readonly to?: unknown }) | undefined
  const [first, ...rest] = operations
  if (left?.to === undefined || first?.type !== left.type || !('from' in first) || !('to' in first)) return operations
  return sameData(left.to, first.to) ? rest : [{ ...first, from: left.to } as OperationBase, ...rest]
}
