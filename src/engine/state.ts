// One side as a set of objects: looked up by identity, by name, by catalog address, by parent.
import { raw, type Sql } from '../sql/sql.js'
import type { TypeName } from '../sql/types.js'
import { keyOf, type Name, nameKey, type ObjectId } from './identity.js'
import type { AnyKind, BaseType, SchemaObject, Server, Side } from './kind.js'
import type { Registry } from './registry.js'

export interface Entry {
  readonly key: string
  readonly kind: AnyKind
  readonly id: ObjectId
  readonly object: SchemaObject
  /** Catalog addresses; empty for what comes from a model or a snapshot. */
  readonly addresses: readonly string[]
}

const none: readonly string[] = []

/** Something that an object has from what it is tied to: no object of its own before one of them lets go of it. */
export interface Latent {
  readonly entry: Entry
  /** The relations that it comes from, as `[schemaName, name]`. */
  readonly from: readonly (readonly [string, string])[]
  /** The relation has it by itself too. */
  readonly own?: true
  /** It is part of an object of the relation that it comes from, `[schemaName, name]` in the space of relations. */
  readonly partOf?: readonly [string, string]
}

export function entryOf(kind: AnyKind, object: SchemaObject, addresses: readonly string[] = none): Entry {
  const id = kind.identify(object)
  return { key: keyOf(id), kind, id, object, addresses }
}

/** Names that it occupies. */
export const namesOf = (entry: Entry): readonly Name[] => entry.kind.names?.(entry.object) ?? []
/** Keys of the names by which SQL text may mean it and others. */
export const sharedNamesOf = (entry: Entry): readonly string[] =>
  (entry.kind.mentionedAs?.(entry.object) ?? []).map(nameKey)

/** The name of the relation or schema that an id lies in. */
export function parentName(id: ObjectId): Name | undefined {
  if (id.table !== undefined) return { space: 'relation', schemaName: id.schemaName, name: id.table }
  return id.schemaName === undefined ? undefined : { space: 'schema', name: id.schemaName }
}

export class SchemaState implements Side {
  readonly entries: ReadonlyMap<string, Entry>
  #indexed:
    | {
        readonly names: Map<string, Entry>
        readonly mentioned: Map<string, Entry[]>
        readonly born: Map<string, Entry[]>
      }
    | undefined

  #byKind: Map<string, Entry[]> | undefined

  constructor(
    readonly registry: Registry,
    readonly server: Server,
    entries: Iterable<Entry>,
    readonly latent: readonly Latent[] = [],
  ) {
    this.entries = new Map(Array.from(entries, (entry) => [entry.key, entry]))
  }

  /** By name and by parent; made when somebody asks, which a database in step never does. */
  get #index() {
    if (this.#indexed) return this.#indexed
    const names = new Map<string, Entry>()
    const mentioned = new Map<string, Entry[]>()
    const born = new Map<string, Entry[]>()
    for (const entry of this.entries.values()) {
      for (const name of entry.kind.names?.(entry.object) ?? []) {
        const key = nameKey(name)
        if (!names.has(key)) names.set(key, entry)
      }
      for (const name of entry.kind.mentionedAs?.(entry.object) ?? []) push(mentioned, nameKey(name), entry)
      const parent = entry.kind.bornWith?.(entry.object)
      if (parent !== undefined) push(born, nameKey(parent), entry)
    }
    this.#indexed = { names, mentioned, born }
    return this.#indexed
  }

  entry(id: ObjectId): Entry | undefined {
    return this.entries.get(keyOf(id))
  }
  named(name: Name): Entry | undefined {
    return this.#index.names.get(nameKey(name))
  }
  /** All that SQL text may mean by a name. */
  meant(name: Name): readonly Entry[] {
    const key = nameKey(name)
    const { names, mentioned } = this.#index
    const own = names.get(key)
    return [...(own ? [own] : []), ...(mentioned.get(key) ?? [])]
  }
  find(name: Name): ObjectId | undefined {
    return this.named(name)?.id
  }
  get<O>(id: ObjectId): O | undefined {
    return this.entry(id)?.object as O | undefined
  }
  born(of: ObjectId): readonly Entry[] {
    const entry = this.entry(of)
    return entry
      ? (entry.kind.names?.(entry.object) ?? []).flatMap((name) => this.#index.born.get(nameKey(name)) ?? [])
      : []
  }
  all(kind: string): readonly SchemaObject[] {
    if (!this.#byKind) {
      this.#byKind = new Map()
      for (const entry of this.entries.values()) push(this.#byKind, entry.kind.name, entry)
    }
    return (this.#byKind.get(kind) ?? []).map((entry) => entry.object)
  }
  base(type: TypeName): BaseType | undefined {
    const entry =
      type.schemaName === undefined
        ? undefined
        : this.named({ space: 'type', schemaName: type.schemaName, name: type.typeName })
    const found = entry?.kind.base?.(entry.object)
    if (!found || (found.type.dimensions && type.dimensions)) return undefined
    const its = type.dimensions ? { ...found.type, dimensions: type.dimensions } : found.type
    const below = this.base(its)
    return below ? { type: below.type, checked: below.checked || found.checked } : { type: its, checked: found.checked }
  }
  children(of: ObjectId): readonly { readonly id: ObjectId; readonly object: unknown }[] {
    return this.born(of)
  }
  address(id: ObjectId): Sql {
    const entry = this.entry(id)
    return (entry?.kind ?? this.registry.kind(id.kind)).address?.(id, entry?.object) ?? raw('')
  }
  /** The parent of an object: what it is attached to, else its relation, else its schema. */
  parent(entry: Entry): Entry | undefined {
    const { on } = entry.object
    const attached = on && this.entry(on)
    // Not every part of a relation is an object: the columns of a view are not.
    if (attached || (on && on.table === undefined)) return attached
    const name = parentName(on ?? entry.id)
    return name && this.named(name)
  }
  /** The same side with some entries replaced (by key), left out (null) or added. */
  with(changes: ReadonlyMap<string, Entry | null>): SchemaState {
    const entries: Entry[] = []
    for (const entry of this.entries.values()) {
      const change = changes.get(entry.key)
      if (change === undefined) entries.push(entry)
      else if (change !== null) entries.push(change)
    }
    for (const [key, entry] of changes) if (entry !== null && !this.entries.has(key)) entries.push(entry)
    return new SchemaState(this.registry, this.server, entries, this.latent)
  }
}

function push(map: Map<string, Entry[]>, key: string, entry: Entry): void {
  const list = map.get(key)
  if (list) list.push(entry)
  else map.set(key, [entry])
}
