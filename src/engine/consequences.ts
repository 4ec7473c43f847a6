// What a difference entails: whatever stands on something that changes makes way, survives or is made again, and so on for what stands on that.
import type { AlterAction, AsideAction, DropAction } from './action.js'
import { attachments, diesWith } from './attached.js'
import { blocked } from './blocked.js'
import type { Alteration, Difference } from './diff.js'
import { filled, goingOn } from './filled.js'
import { display, keyOf } from './identity.js'
import type { OperationBase, PlannedSoFar } from './kind.js'
import { Moves, type Moving } from './moves.js'
import type { Dependencies, Dependent } from './ports.js'
import type { Ledger } from './scope.js'
import { type Entry, namesOf, type SchemaState, sharedNamesOf } from './state.js'
import type { Rebuilt, Survival } from './survival.js'
import { Told } from './told.js'

export interface ConsequencesInput {
  readonly difference: Difference
  readonly desired: SchemaState
  readonly dependencies: Dependencies
  readonly ledger: Ledger
}

/** What happens to an object, with how its values move asked for at the end. */
interface Change extends Omit<Rebuilt, 'move'> {
  readonly moving?: Moving
}

const around = (existing: Entry, target: Entry | undefined): Rebuilt => ({
  id: existing.id,
  names: namesOf(existing),
  current: existing.object,
  desired: target?.object,
})

/** What was untouched by a change may not be by a rebuild. */
const howOf = ({ desired, remade, replaced }: Change): string =>
  desired === undefined ? 'dropped' : remade ? 'remade' : replaced ? 'replaced' : 'changed'

export class Consequences {
  readonly creates: Map<string, Entry>
  readonly drops: Map<string, DropAction>
  readonly alters = new Map<string, AlterAction>()
  readonly asides = new Map<string, AsideAction>()
  /** What is made otherwise than the desired side has it, or without being there. */
  readonly made = new Map<string, Entry>()
  readonly #input: ConsequencesInput
  readonly #alterations: ReadonlyMap<string, Alteration>
  readonly #attached: ReadonlyMap<string, readonly Entry[]>
  readonly #plan: PlannedSoFar
  readonly #queue: Change[] = []
  /** Who has values waits until it is known of all types how they move. */
  readonly #later: { readonly key: string; readonly meet: () => void }[] = []
  readonly #moves = new Moves()
  readonly #met = new Set<string>()
  readonly #told = new Told()

  constructor(input: ConsequencesInput) {
    const { difference, dependencies } = input
    const { current } = difference
    this.#input = input
    this.creates = new Map(difference.creates.map((entry) => [entry.key, entry]))
    this.drops = new Map(
      difference.drops.map(({ entry, undeclared }) => [
        entry.key,
        { entry, reason: undeclared ? 'undeclared' : 'removed' },
      ]),
    )
    this.#alterations = new Map(difference.alters.map((pair) => [pair.desired.key, pair]))
    this.#attached = attachments(current)
    this.#plan = {
      before: current,
      dependents: (of) =>
        dependencies.of(keyOf(of)).flatMap(({ key }) => (key === undefined ? [] : (current.entries.get(key) ?? []))),
      madeAgain: (id) => this.#told.tell(keyOf(id), this.drops.has(keyOf(id)) && this.creates.has(keyOf(id))),
    }
  }

  work(): void {
    const { current, alters, creates } = this.#input.difference
    for (const pair of alters) if (pair.current.kind.moves) this.#begin(pair)
    for (let at = 0; at >= 0; at = this.#queue.findIndex((change) => change.moving))
      for (const change of this.#queue.splice(at, 1)) this.#settle(change)
    const others = alters.filter((pair) => !pair.current.kind.moves)
    const disturbing = others.filter((pair) => this.#disturbs(pair)).map((pair) => pair.current)
    const disturbed = new Set([...this.#later, ...disturbing].map(({ key }) => key))
    const fixed = ({ kind, object }: Entry) =>
      (kind.fixes?.(object, current) ?? []).some((name) => current.meant(name).some(({ key }) => disturbed.has(key)))
    if (disturbed.size > 0) this.#rebuildWhere(fixed)
    for (const pair of others) if (pair.current.kind.fixes) this.#begin(pair)
    for (const pair of others) if (!pair.current.kind.fixes) this.#begin(pair)
    const coming = new Set(creates.flatMap(sharedNamesOf))
    for (const { entry, reason } of this.drops.values())
      if (reason !== 'rebuild') this.#queue.push(this.#gone(entry, coming))
    for (;;) {
      const change = this.#queue.shift()
      const holder = change ? undefined : this.#later.shift()
      if (change) this.#settle(change)
      else if (holder) holder.meet()
      else if (!this.#rebuildWhere((entry, target) => this.#spoiled(entry) || this.#remadeWith(entry, target))) return
    }
  }

  #wanted(key: string): Entry | undefined {
    return this.#input.desired.entries.get(key)
  }

  #gone(entry: Entry, coming: ReadonlySet<string>): Change {
    const overloaded = sharedNamesOf(entry).some((name) => coming.has(name))
    return { ...around(entry, undefined), ...(overloaded ? { overloaded } : {}), ...this.#moving(entry, undefined) }
  }

  #moving(existing: Entry, target: Entry | undefined): Pick<Change, 'moving'> {
    const moving = this.#moves.note(existing, target)
    return moving ? { moving } : {}
  }

  #disturbs({ current: { object, kind }, desired, changed }: Alteration): boolean {
    return kind.disturbs?.(object, desired.object, changed) ?? false
  }

  #begin(pair: Alteration): void {
    const { current: existing, changed } = pair
    if (this.drops.has(existing.key)) return
    const desired = filled(pair.desired, existing)
    const operations =
      desired.kind.alter?.(existing.object, desired.object, changed, this.#input.desired, this.#plan) ?? 'recreate'
    if (operations === 'recreate') {
      this.#rebuild(existing, desired)
      return
    }
    const disturbs = this.#disturbs({ ...pair, desired })
    this.alters.set(desired.key, { entry: desired, before: [], after: operations, disturbs })
    if (disturbs) this.#queue.push(around(existing, desired))
  }

  #rebuild(existing: Entry, wanted: Entry): void {
    const target = filled(wanted, existing)
    if (this.#wanted(target.key) !== target) this.made.set(target.key, target)
    this.creates.set(target.key, target)
    this.alters.delete(target.key)
    if (target.kind.aside) this.asides.set(target.key, { entry: existing, desired: target })
    else this.drops.set(existing.key, { entry: existing, reason: 'rebuild' })
    const how = target.kind.aside ? { replaced: true as const } : { remade: true as const }
    this.#queue.push({ ...around(existing, target), ...how, ...this.#moving(existing, target) })
    if (!target.kind.aside) this.#told.madeAgain(existing.key)
  }

  /** True where there was something. */
  #rebuildWhere(affected: (entry: Entry, target: Entry) => boolean): boolean {
    const found = [...this.#input.difference.current.entries.values()].flatMap((entry) => {
      const { fixes, spoiledBy, remadeWith } = entry.kind
      const target = (fixes || spoiledBy || remadeWith) && this.#wanted(entry.key)
      return target && !this.#goes(entry.key) && affected(entry, target) ? [{ entry, target }] : []
    })
    for (const { entry, target } of found) this.#rebuild(entry, target)
    return found.length > 0
  }

  /** What is made again spoils too. */
  #spoiled({ kind, object }: Entry): boolean {
    return (kind.spoiledBy?.(object) ?? []).some((name) =>
      this.#input.desired.meant(name).some(({ key }) => this.creates.has(key) || this.#alterations.has(key)),
    )
  }

  #remadeWith({ kind, object }: Entry, target: Entry): boolean {
    return (kind.remadeWith?.(object, target.object) ?? []).some((name) =>
      this.#input.desired.meant(name).some(({ key }) => this.creates.has(key) && this.drops.has(key)),
    )
  }

  #goes(key: string): boolean {
    return this.drops.has(key) || this.asides.has(key)
  }

  #settle(change: Change): void {
    const { difference, dependencies } = this.#input
    const { current, strangers } = difference
    const source = current.entry(change.id)
    if (!source) return
    if (change.desired === undefined) this.#refuseStrangersOn(source)
    else if (this.#goes(source.key)) {
      if (change.remade) this.#rebuildBorn(source)
      this.#carryAttached(source)
    }
    for (const dependent of dependencies.of(source.key)) {
      const holder = dependent.key === undefined ? undefined : current.entries.get(dependent.key)
      const meet = () => this.#meet(change, source, dependent)
      if (change.moving && holder && !holder.kind.moves && !strangers.has(holder.key))
        this.#later.push({ key: holder.key, meet })
      else meet()
    }
  }

  #refuseStrangersOn(source: Entry): void {
    for (const { key, id, kind } of this.#attached.get(source.key) ?? [])
      if (kind.diesWith && this.#input.difference.strangers.has(key))
        throw blocked(source, `${id.kind} '${display({ ...id, name: id.table ?? id.name })}'`)
  }

  /** What is made along with it has no edge in pg_depend. */
  #rebuildBorn(source: Entry): void {
    for (const child of this.#input.difference.current.born(source.id)) {
      const target = this.#wanted(child.key)
      if (target && !this.drops.has(child.key)) this.#rebuild(child, target)
    }
  }

  #carryAttached(source: Entry): void {
    for (const child of this.#attached.get(source.key) ?? []) {
      const target = this.#wanted(child.key) ?? child
      if (child.kind.diesWith) {
        // It belongs to another object too and lets go by itself.
        if (this.#input.difference.strangers.has(child.key))
          throw blocked(source, `${child.id.kind} '${display(child.id)}'`)
        if (!this.drops.has(child.key)) this.#rebuild(child, target)
        continue
      }
      if (!this.#wanted(child.key)) this.made.set(child.key, target)
      if (this.drops.has(child.key)) continue
      this.creates.set(child.key, target)
      this.alters.delete(child.key)
    }
  }

  /** One that depends on what changes. */
  #meet(change: Change, source: Entry, dependent: Dependent): void {
    const { current, strangers } = this.#input.difference
    const entry = dependent.key === undefined ? undefined : current.entries.get(dependent.key)
    const pair = `${source.key} ${howOf(change)} ${dependent.key ?? dependent.description}`
    if (this.#met.has(pair) || entry?.key === source.key) return
    this.#met.add(pair)
    if (entry && this.#goes(entry.key)) return
    if (entry && diesWith(entry, source, current)) {
      if (change.desired !== undefined && this.drops.has(source.key))
        this.#rebuild(entry, this.#wanted(entry.key) ?? entry)
      return
    }
    const hooks = entry !== undefined && !this.#wanted(entry.key) && this.#isHooks(entry.key)
    if (!entry || (entry.kind.unmanaged && !hooks)) {
      if (!(change.desired === undefined && dependent.automatic) && !this.#goesAlong(entry))
        throw blocked(source, dependent.description)
      return
    }
    const target = filled(this.#alterations.get(entry.key)?.desired ?? this.#wanted(entry.key) ?? entry, entry)
    const again = () => void (this.#met.delete(pair) && this.#meet(change, source, dependent))
    const survival = this.#told.asking(again, () => this.#survivalOf(entry, target, change))
    if (survival === 'untouched') return
    if (hooks) {
      // Whoever's hook it is: with the object that it stands on it would go anyway, and its hook makes it again.
      this.drops.set(entry.key, { entry, reason: 'hook' })
      this.#queue.push(around(entry, undefined))
      return
    }
    if (strangers.has(entry.key)) throw blocked(source, dependent.description)
    if (survival === 'recreate') this.#rebuild(entry, target)
    else this.#survive(entry, target, survival)
  }

  #isHooks(key: string): boolean {
    return (this.#input.ledger.rows.get(key)?.origin ?? this.#input.ledger.others.get(key)) === 'hook'
  }

  /** It is part of what goes for good. */
  #goesAlong(entry: Entry | undefined): boolean {
    const whole = entry?.id.table === undefined ? undefined : this.#input.difference.current.parent(entry)
    return whole !== undefined && this.drops.has(whole.key) && !this.creates.has(whole.key)
  }

  #survivalOf(entry: Entry, target: Entry, { moving, ...change }: Change): Survival<OperationBase> {
    const move = moving?.()
    const rebuilt = move ? { ...change, move } : change
    const { current } = this.#input.difference
    const survive = (desired: Entry['object']) =>
      entry.kind.survive?.(entry.object, rebuilt, current, desired, this.#plan) ?? 'recreate'
    const meanwhile = survive(target.object)
    // What is the same in other words is not replaced before that goes.
    return meanwhile === 'untouched' && !this.#alterations.has(entry.key) ? survive(entry.object) : meanwhile
  }

  /** Of two reasons the stronger one counts, and what has to make way does. */
  #survive(entry: Entry, target: Entry, survival: Exclude<Survival<OperationBase>, string>): void {
    const known = this.alters.get(entry.key)
    const sooner = known && known.before.length >= survival.before.length ? known : survival
    const stronger = known?.disturbs && !survival.disturbs ? known : survival
    this.alters.set(entry.key, {
      entry: target,
      before: sooner.before,
      after: sooner === stronger ? stronger.after : goingOn(stronger.after, sooner.before),
      disturbs: stronger.disturbs ?? false,
    })
    if (survival.disturbs) this.#queue.push(around(entry, target))
  }
}
