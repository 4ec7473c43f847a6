// Parts of an object of a partitioned relation that its partitions have: PostgreSQL makes them along with it and names them, or takes over what is there already.
import { type Name, nameKey, relationKey } from './identity.js'
import type { Rename } from './rename.js'
import type { Entry, Latent, SchemaState } from './state.js'
import { at, sameData, withTextsOf } from './walk.js'

interface Changes {
  readonly creates: Map<string, Entry>
  readonly drops: Map<string, { readonly entry: Entry; readonly reason: string }>
}

const given = (whole: Entry): boolean => whole.kind.givenParts?.(whole.object) === true

/** What a part is of: an object of the side, or a part itself that is given its own. */
function wholeOf({ partOf: [schemaName, name] = ['', ''] }: Latent, side: SchemaState): Entry | undefined {
  const whole = { space: 'relation', schemaName, name }
  return side.named(whole) ?? givenParts(side).get(nameKey(whole))
}

const partsThatAreGiven = new WeakMap<SchemaState, ReadonlyMap<string, Entry>>()

function givenParts(side: SchemaState): ReadonlyMap<string, Entry> {
  const known = partsThatAreGiven.get(side)
  if (known) return known
  const found = new Map(
    side.latent.flatMap(({ entry, partOf }) =>
      partOf && given(entry)
        ? (entry.kind.names?.(entry.object) ?? []).map((name: Name) => [nameKey(name), entry] as const)
        : [],
    ),
  )
  partsThatAreGiven.set(side, found)
  return found
}

/** Named as PostgreSQL would name it, with a number where that is taken. */
function usuallyNamed({ kind, object }: Entry): boolean {
  const name = kind.defaultName?.(object)
  return name !== undefined && object.name.startsWith(name) && /^\d*$/.test(object.name.slice(name.length))
}

/** As PostgreSQL would make it: named so, and like its whole. */
const usual = (part: Entry, whole: Entry): boolean =>
  usuallyNamed(part) &&
  (whole.kind.freeInParts ?? []).every((field) => sameData(at(part.object, [field]), at(whole.object, [field])))

const withOwn = new WeakMap<SchemaState, ReadonlySet<string>>()

/** The relations, `[schemaName, name]` as JSON, that have parts which do not come by themselves. */
export function withOwnParts(side: SchemaState): ReadonlySet<string> {
  const known = withOwn.get(side)
  if (known) return known
  const found = new Set(
    wholes(side).flatMap(([part, whole]) =>
      usual(part, whole) ? [] : [relationKey(part.id.schemaName, part.id.table)],
    ),
  )
  withOwn.set(side, found)
  return found
}

/** A part that both sides have, called or made otherwise. */
export interface PartChange extends Rename {
  /** The object of the desired side that it is a part of, near or far. */
  readonly whole: Entry
  /** Fields that differ. */
  readonly changed: readonly string[]
}

/** For each part the object that it is a part of in the end, parts of parts too. */
function wholes(side: SchemaState): readonly (readonly [Entry, Entry])[] {
  const parts = new Map(
    side.latent.flatMap((part) =>
      part.partOf ? [[relationKey(part.entry.id.schemaName, part.entry.id.name), part] as const] : [],
    ),
  )
  const above = ({ partOf: [schemaName, name] = ['', ''] }: Latent): Entry | undefined => {
    const part = parts.get(relationKey(schemaName, name))
    return part ? above(part) : side.named({ space: 'relation', schemaName, name })
  }
  return [...parts.values()].flatMap((part) => {
    const whole = above(part)
    return whole ? [[part.entry, whole] as const] : []
  })
}

/** An object has one part on a relation, whatever that is called. */
const place = ({ kind, id }: Entry, whole: Entry): string =>
  JSON.stringify([kind.name, id.schemaName, id.table, whole.key])

const inPlaces = (side: SchemaState): ReadonlyMap<string, Entry> =>
  new Map(wholes(side).map(([part, whole]) => [place(part, whole), part]))

/** The parts that both sides have and that differ. Texts do not count: parts have those of their wholes. */
export function changedParts(current: SchemaState, desired: SchemaState): readonly PartChange[] {
  if (desired.latent.length === 0) return []
  const before = inPlaces(current)
  return wholes(desired).flatMap(([to, whole]) => {
    const from = before.get(place(to, whole))
    if (!from) return []
    const changed = from.kind.differences(from.object, withTextsOf(to.object, from.object))
    return changed.length > 0 || (from.key !== to.key && from.kind.rename) ? [{ from, to, whole, changed }] : []
  })
}

/** What brings a part there under its own name; where there is no such way, the whole is made again. */
export const partOperations = ({ from, to, changed }: PartChange, side: SchemaState) =>
  changed.length === 0
    ? []
    : (to.kind.alter?.({ ...from.object, name: to.object.name }, to.object, changed, side) ?? 'recreate')

/** Of these, those that are not made again anyway. */
export const keptParts = (
  parts: readonly PartChange[],
  current: SchemaState,
  { creates, drops }: Changes,
): readonly PartChange[] =>
  parts.filter(({ to, whole }) => {
    const relation = current.named(relationOf(to))
    const goes = [whole, relation].some((one) => one === undefined || drops.has(one.key))
    return !goes && !creates.has(whole.key) && !creates.has(to.key)
  })

/** The renames among these. What is no part and bears the name that one is to have takes the part's name, where it is wanted so. */
export function withSwapped(
  parts: readonly PartChange[],
  current: SchemaState,
  target: SchemaState,
  { creates, drops }: Changes,
): readonly Rename[] {
  return parts.flatMap(({ from: part, to: named }) => {
    if (part.key === named.key) return []
    const [from, to] = [current.entries.get(named.key), creates.get(part.key)]
    if (!from || !to || target.entries.has(from.key) || to.kind.differences(from.object, to.object).length > 0)
      return [{ from: part, to: named }]
    creates.delete(to.key)
    drops.delete(from.key)
    return [
      { from: part, to: named },
      { from, to },
    ]
  })
}

const relationOf = ({ id }: Entry): Name => ({ space: 'relation', schemaName: id.schemaName, name: id.table ?? '' })

/** Parts of what is made: one that is there already is kept to be taken over, and one with a name of its own is made before. */
export function settleParts(
  current: SchemaState,
  target: SchemaState,
  changes: Changes,
  kept: ReadonlySet<string>,
): void {
  const { creates, drops } = changes
  const before = inPlaces(current)
  const inTheEnd = new Map(wholes(target).map(([part, whole]) => [part.key, whole]))
  for (const [{ entry }, whole] of fromAbove(target)) {
    const was = before.get(place(entry, inTheEnd.get(entry.key) ?? whole))
    if (kept.has(entry.key) || (!creates.has(whole.key) && (was || !given(whole)))) continue
    const there = current.entries.get(entry.key)
    const remade = creates.has(target.named(relationOf(entry))?.key ?? '')
    const asWanted = there && entry.kind.differences(there.object, entry.object).length === 0
    const stays = there && !(given(whole) && (remade || (drops.has(entry.key) && !asWanted)))
    if (stays && drops.get(entry.key)?.reason === 'removed') {
      if (asWanted) drops.delete(entry.key)
    } else if (!stays && (given(whole) || !usual(entry, whole)) && !madeWithRelation(whole, target, creates))
      creates.set(entry.key, entry)
  }
}

/** Parts with what they are of, parts of parts after those. */
function fromAbove(side: SchemaState): readonly (readonly [Latent, Entry])[] {
  const all = side.latent.flatMap((part) => {
    const whole = part.partOf && wholeOf(part, side)
    return whole ? [[part, whole] as const] : []
  })
  const depths = new Map<string, number>()
  const wholes = new Map(all.map(([part, whole]) => [part.entry.key, whole.key]))
  const depth = (key: string): number => {
    const known = depths.get(key)
    if (known !== undefined) return known
    const above = wholes.get(key)
    const found = above === undefined ? 0 : depth(above) + 1
    depths.set(key, found)
    return found
  }
  return all.sort(([a], [b]) => depth(a.entry.key) - depth(b.entry.key))
}

function madeWithRelation(whole: Entry, target: SchemaState, creates: ReadonlyMap<string, Entry>): boolean {
  const relation = whole.kind.bornWith?.(whole.object)
  return relation !== undefined && creates.has(target.named(relation)?.key ?? '')
}

/** What stands for the parts of an object that are given to it: they are there before. */
export const partsGiven = (whole: Entry, side: SchemaState): readonly string[] =>
  given(whole)
    ? side.latent.flatMap((part) =>
        part.partOf && wholeOf(part, side)?.key === whole.key ? `part ${part.entry.key}` : [],
      )
    : []

/** For each object the names of its parts, for each relation the names of what it has from those that it is tied to; none of what is still to come to a relation. */
export function partNames(
  side: SchemaState,
  comes: (relation: string) => boolean,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  const note = (key: string | undefined, names: readonly string[]) => {
    if (key !== undefined) found.set(key, [...(found.get(key) ?? []), ...names])
  }
  for (const part of side.latent) {
    const { key, kind, id, object } = part.entry
    const whole = part.partOf && wholeOf(part, side)
    if (comes(relationKey(id.schemaName, id.table))) continue
    const names = (kind.names?.(object) ?? []).map((name: Name) => nameKey(name))
    if (id.table !== undefined)
      note(side.named({ space: 'relation', schemaName: id.schemaName, name: id.table })?.key, names)
    note(whole?.key, [`part ${key}`, ...names])
  }
  return found
}
