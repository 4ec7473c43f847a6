// The scratch schemas of one message: copies of what is to be spelled and of what it needs, and the way back from their names.
import { randomBytes } from 'node:crypto'
import type { DatabaseClient } from '../client/database-client.js'
import { keyOf } from '../engine/identity.js'
import type { SchemaObject, Side } from '../engine/kind.js'
import type { ExpressionTools } from '../engine/ports.js'
import { type Resolved, references, type SearchPath } from '../engine/references.js'
import { type Entry, entryOf, parentName, type SchemaState } from '../engine/state.js'
import { mapExpressions, mapRecords } from '../engine/walk.js'
import { id } from '../sql/sql.js'
import type { SchemaIntrospector } from './introspector.js'
import { setSearchPath } from './session-settings.js'

export interface SpellerOptions {
  readonly introspector: SchemaIntrospector
  readonly client: DatabaseClient
  /** The session is inside a transaction: a savepoint is used instead of a transaction. */
  readonly within: boolean
  readonly desired: SchemaState
  /** Keys of objects that this plan creates or changes: what depends on them needs copies of them. */
  readonly changed: ReadonlySet<string>
  readonly path: SearchPath
  readonly tools: ExpressionTools
}

interface Copy {
  readonly entry: Entry
  readonly members: readonly Entry[]
}

/** The scratch schemas of one message: which copies are where, and how names lead back. */
export class Scratch {
  readonly #name = `lockstep_scratch_${randomBytes(6).toString('hex')}`
  /** scratch schema → the schema it stands for */
  readonly origin = new Map<string, string>()
  /** one layer per repetition of a key; per layer, schema → scratch schema */
  readonly #layers: {
    readonly schemas: Map<string, string>
    readonly copies: Map<string, Entry>
    readonly asked: Set<string>
  }[] = []
  readonly #resolved = new WeakMap<object, readonly Resolved[]>()
  readonly #changes = new Map<string, boolean>()
  /** what add() returned → the key of the copy: its arguments' types may be copies too */
  readonly #read = new Map<string, string>()
  constructor(readonly options: SpellerOptions) {}

  /** Puts a copy of the entry, and of what it needs, into the first layer that has no such key yet; what `readAs` knows it by. */
  add(entry: Entry): string {
    let layer = this.#layers.find((one) => !one.asked.has(entry.key))
    if (!layer) {
      layer = { schemas: new Map(), copies: new Map(), asked: new Set() }
      this.#layers.push(layer)
    }
    layer.asked.add(entry.key)
    this.#surroundings(entry, layer.copies)
    layer.copies.set(entry.key, { ...entry, object: entry.kind.inScratch?.(entry.object) ?? entry.object })
    this.#scratchOf(layer.schemas, entry.id.schemaName ?? '')
    return keyOf({ ...entry.id, schemaName: layer.schemas.get(entry.id.schemaName ?? '') })
  }

  /** The key under which it will be read; known once the statements are written. */
  readAs(place: string): string {
    return this.#read.get(place) ?? place
  }

  #scratchOf(schemas: Map<string, string>, schemaName: string): void {
    if (schemas.has(schemaName)) return
    const name = `${this.#name}_${this.origin.size}`
    schemas.set(schemaName, name)
    this.origin.set(name, schemaName)
  }

  /** The relation that it is on, with its bare children, and copies of what any of these need and this plan changes. */
  #surroundings(entry: Entry, copies: Map<string, Entry>): void {
    const { desired } = this.options
    const needed = (copy: Entry) => {
      for (const { entry: target } of this.#needs(copy)) if (this.#touched(target)) whole(target)
    }
    const put = (found: Entry, object: SchemaObject) => {
      if (copies.has(found.key)) return
      const copy = { ...found, object }
      copies.set(found.key, copy)
      needed(copy)
    }
    const children = (found: Entry, wanted: (child: Entry) => boolean) => {
      if (found.kind.bare)
        for (const child of desired.born(found.id))
          if (wanted(child)) put(child, child.kind.bare?.(child.object) ?? child.object)
    }
    const relation = (found: Entry, wanted: (child: Entry) => boolean) => {
      put(found, formOf(found))
      children(found, wanted)
    }
    /** Queries over a relation may speak of any column, and rest on its key. */
    const whole = (target: Entry) => {
      const name = target.id.table === undefined ? undefined : parentName(target.id)
      const found = name === undefined ? target : desired.named(name)
      if (found && !copies.has(found.key)) relation(found, copied)
    }
    const name = entry.id.table === undefined ? undefined : parentName(entry.id)
    const own = name && desired.named(name)
    const bare = (child: Entry) => child.kind.bare !== undefined
    if (own) relation(own, bare)
    else children(entry, bare)
    needed(entry)
  }

  #needs(entry: Entry): readonly Resolved[] {
    const known = this.#resolved.get(entry.object)
    if (known) return known
    const { desired, path, tools } = this.options
    const found = references(entry, desired, path, tools)
    this.#resolved.set(entry.object, found)
    return found
  }

  /** Does the plan change it, or anything that its copy would be made of? */
  #touched(entry: Entry): boolean {
    const { desired, changed } = this.options
    const known = this.#changes.get(entry.key)
    if (known !== undefined) return known
    this.#changes.set(entry.key, false)
    const parts = [entry, ...(entry.kind.bare ? desired.born(entry.id).filter(copied) : [])]
    const is =
      parts.some((part) => changed.has(part.key)) ||
      parts.some((part) =>
        this.#needs({ ...part, object: formOf(part) }).some(({ entry: needed }) => this.#touched(needed)),
      )
    this.#changes.set(entry.key, is)
    return is
  }

  statements(): readonly string[] {
    const { desired, path } = this.options
    for (const { schemas, copies } of this.#layers)
      for (const copy of copies.values()) this.#scratchOf(schemas, copy.id.schemaName ?? '')
    const out = [...this.origin.keys()].map((name) => `create schema ${id(name).text}`)
    for (const layer of this.#layers) {
      const named = namedIn(layer.copies)
      const relocated = new Map([...layer.copies].map(([key, entry]) => [key, this.#relocate(entry, layer, named)]))
      for (const key of layer.asked) {
        const { id: of } = layer.copies.get(key)!
        this.#read.set(keyOf({ ...of, schemaName: layer.schemas.get(of.schemaName ?? '') }), relocated.get(key)!.key)
      }
      for (const { entry, members } of this.#units(layer.copies, relocated)) {
        const side: Side = {
          server: desired.server,
          find: () => undefined,
          meant: () => [],
          get: () => undefined,
          children: () => members,
          address: (of) => desired.address(of),
          all: () => [],
          base: () => undefined,
        }
        out.push(
          setSearchPath([
            entry.id.schemaName,
            ...layer.schemas.values(),
            this.origin.get(entry.id.schemaName ?? ''),
            ...path.schemas,
          ]).text,
        )
        for (const operation of entry.kind.create(entry.object, side)) {
          const text = desired.registry.spec(operation.type).sql(operation, desired.server)
          for (const part of Array.isArray(text) ? text : [text]) out.push(part.text)
        }
      }
    }
    return out
  }

  /** What is made by itself, with what is made along with it: what is needed first, else in the registry's order. */
  #units(copies: ReadonlyMap<string, Entry>, relocated: ReadonlyMap<string, Entry>): readonly Copy[] {
    const { desired } = this.options
    const unitOf = (entry: Entry): string => {
      const name = entry.kind.bornWith?.(entry.object)
      const parent = name && desired.named(name)
      return parent && copies.has(parent.key) ? parent.key : entry.key
    }
    const members = new Map<string, Entry[]>()
    for (const copy of copies.values()) {
      const unit = unitOf(copy)
      const parts = members.get(unit)
      if (parts) parts.push(copy)
      else members.set(unit, [copy])
    }
    const order = (key: string) => desired.registry.order(copies.get(key)!.kind.name)
    const out: Copy[] = []
    const seen = new Set<string>()
    const visit = (unit: string) => {
      if (seen.has(unit)) return
      seen.add(unit)
      const parts = members.get(unit) ?? []
      for (const { entry } of parts.flatMap((part) => this.#needs(part)))
        if (copies.has(entry.key)) visit(unitOf(copies.get(entry.key)!))
      const others = parts.filter((part) => part.key !== unit).map((part) => relocated.get(part.key)!)
      out.push({ entry: relocated.get(unit)!, members: others })
    }
    for (const unit of [...members.keys()].sort((a, b) => order(a) - order(b))) visit(unit)
    return out
  }

  #relocate(
    entry: Entry,
    layer: { readonly schemas: ReadonlyMap<string, string>; readonly copies: ReadonlyMap<string, Entry> },
    named: ReadonlyMap<string, readonly Entry[]>,
  ): Entry {
    const { desired, tools } = this.options
    const copied = (space: string, schemaName: unknown, name: unknown): boolean => {
      const targets = desired.meant({ space, schemaName: String(schemaName), name: String(name) })
      return targets.some((target) => layer.copies.has(target.key))
    }
    const own = entry.object as unknown as Readonly<Record<string, unknown>>
    const object = mapRecords(own, (record) => {
      if (typeof record.schemaName !== 'string') return record
      const to = layer.schemas.get(record.schemaName)
      const moves =
        record === own ||
        (typeof record.typeName === 'string'
          ? copied('type', record.schemaName, record.typeName)
          : typeof record.routineName === 'string'
            ? copied('routine', record.schemaName, record.routineName)
            : copied('relation', record.schemaName, record.table))
      return to !== undefined && moves ? { ...record, schemaName: to } : record
    }) as unknown as SchemaObject
    const texts = mapExpressions(object, (expression) => {
      let text = expression
      for (const [schemaName, copies] of named) {
        if (!expression.includes(schemaName)) continue
        const scratch = layer.schemas.get(schemaName)!
        for (const copy of copies) if (text.includes(copy.id.name)) text = requalified(text, copy, scratch, tools)
      }
      return text
    })
    return entryOf(entry.kind, texts)
  }

  /** The object as read, with the schemas' real names. */
  restore(object: SchemaObject): SchemaObject {
    const records = mapRecords(object as unknown as Readonly<Record<string, unknown>>, (record) => {
      const real = typeof record.schemaName === 'string' ? this.origin.get(record.schemaName) : undefined
      return real === undefined ? record : { ...record, schemaName: real }
    })
    return mapExpressions(records, (expression) => {
      if (!expression.includes(this.#name)) return expression
      return expression.replace(new RegExp(`${this.#name}_(\\d+)\\.`, 'g'), (whole) => {
        const real = this.origin.get(whole.slice(0, -1)) ?? ''
        return `${/^[a-z_][a-z0-9_$]*$/.test(real) ? real : id(real).text}.`
      })
    }) as unknown as SchemaObject
  }
}

/** What a copy that others need is made of. */
const formOf = ({ kind, object }: Entry): SchemaObject =>
  kind.bare?.(object) ?? kind.stub?.(object, []) ?? kind.inScratch?.(object) ?? object

/** Parts of a relation that queries over it may need. */
const copied = (child: Entry): boolean =>
  child.kind.bare !== undefined || child.kind.carriesQueries?.(child.object) === true

/** What SQL text can name with a schema, by that schema: not what lies in a relation. */
function namedIn(copies: ReadonlyMap<string, Entry>): ReadonlyMap<string, readonly Entry[]> {
  const named = new Map<string, Entry[]>()
  for (const copy of copies.values()) {
    const { schemaName, table } = copy.id
    if (schemaName === undefined || table !== undefined) continue
    const alike = named.get(schemaName)
    if (alike) alike.push(copy)
    else named.set(schemaName, [copy])
  }
  return named
}

/** A qualified mention of something copied, led to the copy. */
function requalified(text: string, copy: Entry, scratch: string, tools: ExpressionTools): string {
  const real = copy.id.schemaName!
  const said = tools.mentions(text)
  const mentioned = [...said.types, ...said.relations, ...said.functions].some(
    (name) => name.schemaName === real && name.name === copy.id.name,
  )
  if (!mentioned) return text
  const either = (name: string) => {
    const written = [id(name).text, ...(/^[a-z_][a-z0-9_$]*$/.test(name) ? [name] : [])]
    return `(?:${written.map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`
  }
  const place = new RegExp(`(?<![\\w$".])${either(real)}\\.(${either(copy.id.name)})(?![\\w$"])`, 'g')
  return text.replace(place, (_whole, name: string) => `${scratch}.${name}`)
}
