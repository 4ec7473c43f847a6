// What a partition has from its parent becomes its own when it is detached, and the other way round: shown on a side as soon as the other side unties it.
import { keyOf, relationKey } from './identity.js'
import { withOwnParts } from './parts.js'
import type { Entry, Latent, SchemaState } from './state.js'

/** The side with what its relations would keep if they were tied as on the other side, where those are there too. */
export function untied(side: SchemaState, other: SchemaState): SchemaState {
  if (side.latent.length === 0) return side
  const shown = new Map<string, Entry>()
  const ties = tiesOf(other.entries.values())
  const apart = tiesOf(filter(side.entries.values(), (entry) => madeApart(entry, side)))
  const owned = new Set([...other.entries.keys(), ...other.latent.flatMap((one) => (one.own ? one.entry.key : []))])
  for (const latent of side.latent) {
    const { entry, from, own } = latent
    const { schemaName, table } = entry.id
    if (table === undefined) continue
    const there = other.named({ space: 'relation', schemaName, name: table }) !== undefined
    const alone =
      !there && !entry.kind.passedOn && from.some((parent) => apart.has(tie([schemaName ?? '', table], parent)))
    if (!there && !own && !alone) continue
    const holders = giversOf(latent, side).filter((parent) => ties.has(tie([schemaName ?? '', table], parent)))
    const held = own
      ? there && !owned.has(entry.key) && holders.some((parent) => alike(keyAt(entry, parent), side, other))
      : holders.length > 0
    if (!held) shown.set(entry.key, entry)
  }
  return shown.size === 0 ? side : side.with(shown)
}

/** Of several parents those that have it. */
function giversOf({ entry, from }: Latent, side: SchemaState): Latent['from'] {
  if (from.length < 2) return from
  const has = (key: string) => side.entries.has(key) || side.latent.some((one) => one.entry.key === key)
  const givers = from.filter((parent) => has(keyAt(entry, parent)))
  return givers.length === 0 ? from : givers
}

function alike(key: string, side: SchemaState, other: SchemaState): boolean {
  const [one, another] = [side.entries.get(key), other.entries.get(key)]
  return one !== undefined && another !== undefined && one.kind.differences(one.object, another.object).length === 0
}

/** What a parent has by the same name. */
const keyAt = ({ kind, object }: Entry, [schemaName, table]: readonly [string, string]): string =>
  keyOf(kind.identify({ ...object, schemaName, table }))

/** What comes and goes along with `entry` at those that are tied to its relation. */
export function heirsOf(entry: Entry, side: SchemaState): readonly Entry[] {
  if (entry.id.table === undefined || side.latent.length === 0) return []
  const { schemaName, table } = entry.id
  return side.latent.flatMap(({ entry: heir, from }) =>
    heir.kind === entry.kind &&
    from.some((parent) => schemaName === parent[0] && table === parent[1]) &&
    // A key or an index may bear another name there.
    (heir.id.name === entry.id.name ||
      heir.kind.differences({ ...heir.object, schemaName, table }, entry.object).length === 0)
      ? [heir, ...heirsOf(heir, side)]
      : [],
  )
}

/** Of what is dropped, what goes along with the same of a parent, which goes before its partitions do. */
export function takenAlong(
  current: SchemaState,
  drops: ReadonlyMap<string, { readonly entry: Entry }>,
): readonly string[] {
  const tied = fromTies(current)
  const passed = [...drops.values()].flatMap(({ entry }) => (entry.kind.passedOn ? heirsOf(entry, current) : []))
  return passed.flatMap(({ key }) => (tied.has(key) ? [key] : []))
}

/** What relations have from their ties alone. */
export const fromTies = (side: SchemaState): ReadonlySet<string> =>
  new Set(side.latent.flatMap(({ entry, own }) => (own ? [] : entry.key)))

/** Does the relation have it from others too? */
export const isHeir = (entry: Entry, side: SchemaState): boolean =>
  side.latent.some(({ entry: heir, own }) => own === true && heir.key === entry.key)

/** Of what is made, what comes along with a relation that is made tied. */
export const broughtAlong = (side: SchemaState, creates: ReadonlyMap<string, Entry>): readonly string[] => {
  if (side.latent.length === 0 || creates.size === 0) return []
  const ties = tiesOf(filter(creates.values(), (entry) => !madeApart(entry, side)))
  // A parent may have it from its own parent.
  const had = new Set([...side.entries.keys(), ...side.latent.map(({ entry }) => entry.key)])
  return side.latent.flatMap(({ entry, from, own }) => {
    const { key, id, kind } = entry
    if (!own && kind.passedOn && from.some((parent) => had.has(keyAt(entry, parent)))) return [key]
    const child = [id.schemaName ?? '', id.table ?? ''] as const
    const relation = side.named({ space: 'relation', schemaName: child[0], name: child[1] })
    const made = !own && creates.has(key) && relation !== undefined && creates.has(relation.key)
    return made && from.some((parent) => ties.has(tie(child, parent))) ? [key] : []
  })
}

/** What each side has from ties that let go and are tied again: in between it is the relation's own, and has to become what the other side has. */
export function heldThrough(
  current: SchemaState,
  target: SchemaState,
  drops: ReadonlyMap<string, { readonly entry: Entry }>,
): { readonly gone: readonly Entry[]; readonly come: readonly Entry[]; readonly kept: ReadonlySet<string> } {
  const again = tiesOf([...drops.values()].flatMap(({ entry }) => (target.entries.has(entry.key) ? [entry] : [])))
  if (again.size === 0) return { gone: [], come: [], kept: new Set() }
  const parts = (side: SchemaState) =>
    new Map(
      side.latent.flatMap(({ entry, from, own }) => {
        const { schemaName, table } = entry.id
        const relation = current.named({ space: 'relation', schemaName, name: table ?? '' })
        const held = !own && from.some((parent) => again.has(tie([schemaName ?? '', table ?? ''], parent)))
        return held && relation && !drops.has(relation.key) ? [[entry.key, entry] as const] : []
      }),
    )
  const apart = tiesOf(
    filter(target.entries.values(), (entry) => again.has(tieIn(entry) ?? '') && madeApart(entry, target)),
  )
  /** Of a relation that is made again, and tied only then. */
  const alone = ({ entry, from, own }: Latent): boolean => {
    const child = [entry.id.schemaName ?? '', entry.id.table ?? ''] as const
    const relation = target.named({ space: 'relation', schemaName: child[0], name: child[1] })
    return (
      !own && relation !== undefined && drops.has(relation.key) && from.some((parent) => apart.has(tie(child, parent)))
    )
  }
  const [before, after] = [parts(current), parts(target)]
  const stays = (entry: Entry, other: Entry | undefined): boolean =>
    other !== undefined && entry.kind.differences(entry.object, other.object).length === 0
  const kept = [...before.values()].filter((entry) => stays(entry, after.get(entry.key)))
  return {
    kept: new Set(kept.map(({ key }) => key)),
    gone: [...before.values()].filter((entry) => !stays(entry, after.get(entry.key))),
    // What is passed on comes with the tie, or later with that of the parent.
    come: [
      ...[...after.values()].filter((entry) => !stays(entry, before.get(entry.key))),
      ...target.latent.filter(alone).map(({ entry }) => entry),
    ].filter((entry) => !entry.kind.passedOn),
  }
}

/** For each relation those that are tied to it, through others too. */
export function tiedBelow(side: SchemaState): ReadonlyMap<string, readonly string[]> {
  const above = new Map<string, string[]>()
  for (const { kind, id, object } of side.entries.values()) {
    if (!kind.ties || !object.on) continue
    const child = relationKey(id.schemaName, id.table)
    above.set(child, [...(above.get(child) ?? []), relationKey(object.on.schemaName, object.on.name)])
  }
  const below = new Map<string, string[]>()
  const climb = (child: string, at: string, seen: ReadonlySet<string>) => {
    for (const parent of above.get(at) ?? []) {
      if (seen.has(parent)) continue
      below.set(parent, [...(below.get(parent) ?? []), child])
      climb(child, parent, new Set([...seen, parent]))
    }
  }
  for (const child of above.keys()) climb(child, child, new Set([child]))
  return below
}

/** The relations that these ties tie to others. */
export const tiesIn = (entries: Iterable<Entry>): ReadonlySet<string> =>
  new Set([...entries].flatMap(({ kind, id }) => (kind.ties ? relationKey(id.schemaName, id.table) : [])))

const tie = (child: readonly [string, string], parent: readonly [string, string]): string =>
  JSON.stringify([child, parent])

/** A tie whose relation has something of its own to show beforehand: what comes along with the tie would not be the same. */
export const madeApart = ({ kind, id, object }: Entry, side: SchemaState): boolean =>
  kind.ties === true &&
  (kind.madeApart?.(object) === true || withOwnParts(side).has(relationKey(id.schemaName, id.table)))

function* filter(entries: Iterable<Entry>, wanted: (entry: Entry) => boolean): Iterable<Entry> {
  for (const entry of entries) if (wanted(entry)) yield entry
}

const tieIn = ({ kind, id, object }: Entry): string | undefined =>
  kind.ties && object.on
    ? tie([id.schemaName ?? '', id.table ?? ''], [object.on.schemaName ?? '', object.on.name])
    : undefined

const tiesOf = (entries: Iterable<Entry>): ReadonlySet<string> =>
  new Set([...entries].flatMap((entry) => tieIn(entry) ?? []))
