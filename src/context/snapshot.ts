// A schema as JSON: what snapshots are made of and how they are read.
import { display, relationKey } from '../engine/identity.js'
import type { SchemaObject, Server } from '../engine/kind.js'
import type { Registry } from '../engine/registry.js'
import { type Entry, entryOf, type Latent, SchemaState } from '../engine/state.js'
import { LockstepError, UsageError } from '../errors.js'

interface Item {
  readonly kind: string
  readonly object: SchemaObject
}

/** What a relation has from others that it is tied to. */
interface TiedItem extends Item, Omit<Latent, 'entry'> {}

export interface Snapshot {
  readonly format: 1
  readonly serverVersion: number
  readonly objects: readonly Item[]
  /** Absent where nothing is tied to anything. */
  readonly tied?: readonly TiedItem[]
}

const itemOf = ({ kind, object: { source: _source, ...object } }: Entry): Item => ({ kind: kind.name, object })

/** The managed objects of a state as plain JSON. */
export function snapshotOf(state: SchemaState, compared: (entry: Entry) => boolean = () => true): Snapshot {
  const kept = (entry: Entry) => !entry.kind.unmanaged && compared(entry)
  const tied = state.latent
    .filter(({ entry }) => kept(entry))
    .map(({ entry, ...how }) => ({ ...itemOf(entry), ...how }))
  return {
    format: 1,
    serverVersion: state.server.version,
    objects: [...state.entries.values()].filter(kept).map(itemOf),
    ...(tied.length > 0 ? { tied } : {}),
  }
}

/** @throws UsageError SNAPSHOT_INVALID */
export function fromSnapshot(snapshot: unknown, label: string, registry: Registry, server: Server): SchemaState {
  const wrong = (why: string) =>
    new UsageError('SNAPSHOT_INVALID', `${label} is not a snapshot that this version can read: ${why}.`, {
      hint: 'Make one with `lockstep snapshot <source> --out schema.json`.',
    })
  const data = snapshot as { format?: unknown; objects?: unknown; tied?: unknown }
  if (data === null || typeof data !== 'object' || data.format !== 1) throw wrong('its "format" is not 1')
  if (!Array.isArray(data.objects)) throw wrong('it has no list of "objects"')
  if (data.tied !== undefined && !Array.isArray(data.tied)) throw wrong('"tied" is no list')
  const known = new Map(registry.kinds.map((kind) => [kind.name, kind]))
  const read = (item: Partial<Item> | null, what: string): Entry => {
    const kind = known.get(item?.kind ?? '')
    if (!kind || typeof item?.object?.name !== 'string') throw wrong(`${what} has no known kind or no name`)
    try {
      return entryOf(kind, item.object)
    } catch {
      throw wrong(`${what}, ${kind.name} '${item.object.name}', is not whole`)
    }
  }
  const isPair = (one: unknown): one is readonly [string, string] =>
    Array.isArray(one) && one.length === 2 && one.every((part) => typeof part === 'string')
  const latent = (data.tied ?? []).map((item: TiedItem | null, index: number): Latent => {
    const what = `tied object ${index + 1}`
    const entry = read(item, what)
    const { from, own, partOf } = item as TiedItem
    if (!Array.isArray(from) || !from.every(isPair) || (partOf !== undefined && !isPair(partOf)))
      throw wrong(`${what} does not say what it is tied to`)
    return { entry, from, ...(own ? { own } : {}), ...(partOf ? { partOf } : {}) }
  })
  if (inCircles(latent)) throw wrong('"tied" objects lead back to themselves')
  const entries = data.objects.map((item: Item | null, index: number) => read(item, `object ${index + 1}`))
  const state = new SchemaState(registry, server, entries, latent)
  const broken = [...entries, ...latent.map(({ entry }) => entry)].find((entry) => !isWhole(entry, state))
  if (broken) throw wrong(`${broken.id.kind} '${display(broken.id)}' is not whole`)
  return state
}

/** Could it be compared and made? What a version of PostgreSQL lacks is said later. */
function isWhole({ kind, object }: Entry, state: SchemaState): boolean {
  try {
    kind.names?.(object)
    kind.dependsOn?.(object)
    kind.madeAfter?.(object)
    kind.differences(object, object)
    for (const operation of kind.create(object, state)) {
      const { describe, sql } = state.registry.spec(operation.type)
      describe(operation)
      sql(operation, state.server)
    }
    return true
  } catch (error) {
    return error instanceof LockstepError
  }
}

/** Relations that come from themselves, or parts of themselves: no database has them, and whoever follows them would not come to an end. */
function inCircles(latent: readonly Latent[]): boolean {
  const next = new Map<string, string[]>()
  for (const { entry, from, partOf } of latent) {
    const { schemaName, table, name } = entry.id
    const lead = (child: string, parents: readonly string[]) =>
      next.set(child, [...(next.get(child) ?? []), ...parents])
    lead(
      `relation ${relationKey(schemaName, table)}`,
      from.map(([schema, one]) => `relation ${relationKey(schema, one)}`),
    )
    if (partOf) lead(`part ${relationKey(schemaName, name)}`, [`part ${relationKey(...partOf)}`])
  }
  const seen = new Map<string, 'open' | 'done'>()
  const circles = (at: string): boolean => {
    if (seen.has(at)) return seen.get(at) === 'open'
    seen.set(at, 'open')
    const found = (next.get(at) ?? []).some(circles)
    seen.set(at, 'done')
    return found
  }
  return [...next.keys()].some(circles)
}
