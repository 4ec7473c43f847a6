// The scratch schemas of one message: copies of what is to be spelled and of what it needs, and the way back from their names.
import { randomBytes } from 'node:crypto'
import type { DatabaseClient } from '../client/database-client.js'
import { keyOf } from '../engine/identity.js'
import type { AnyKind, SchemaObject, Side } from '../engine/kind.js'
import type { ExpressionTools } from '../engine/ports.js'
import { references, type SearchPath } from '../engine/references.js'
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
  constructor(readonly options: SpellerOptions) {}

  /** Puts a copy of the entry, and of what it needs, into the first layer that has no such key yet; the key under which it will be read. */
  add(entry: Entry): string {
    let layer = this.#layers.find((one) => !one.asked.has(entry.key))
    if (!layer) {
      layer = { schemas: new Map(), copies: new Map(), asked: new Set() }
      this.#layers.push(layer)
    }
    layer.asked.add(entry.key)
    this.#surroundings(entry, layer.copies)
    layer.copies.set(entry.key, entry)
    for (const copy of layer.copies.values()) this.#scratchOf(layer.schemas, copy.id.schemaName ?? '')
    return keyOf({ ...entry.id, schemaName: layer.schemas.get(entry.id.schemaName ?? '') })
  }

  #scratchOf(schemas: Map<string, string>, schemaName: string): void {
    if (schemas.has(schemaName)) return
    const name = `${this.#name}_${this.origin.size}`
    schemas.set(schemaName, name)
    this.origin.set(name, schemaName)
  }

  /** The relation with its bare children, and copies of changed objects that any of these need. */
  #surroundings(entry: Entry, copies: Map<string, Entry>): void {
    const { desired, changed, path, tools } = this.options
    const put = (found: Entry, object: SchemaObject) => {
      if (copies.has(found.key)) return
      copies.set(found.key, { ...found, object })
      for (const { entry: needed } of references({ ...found, object }, desired, path, tools)) {
        if (changed.has(needed.key) && needed.id.table === undefined && !needed.kind.bare)
          put(needed, needed.kind.stub?.(needed.object, []) ?? needed.object)
      }
    }
    const name = parentName(entry.id)
    const relation = name && desired.named(name)
    if (relation?.kind.bare && entry.id.table !== undefined) {
      put(relation, relation.kind.bare(relation.object))
      for (const child of desired.born(relation.id)) if (child.kind.bare) put(child, child.kind.bare(child.object))
    }
    put({ ...entry, key: `${entry.key} itself` }, entry.object)
    copies.delete(`${entry.key} itself`)
  }

  statements(): readonly string[] {
    const { desired, path } = this.options
    const out = [...this.origin.keys()].map((name) => `create schema ${id(name).text}`)
    for (const layer of this.#layers) {
      const relocated = new Map([...layer.copies].map(([key, entry]) => [key, this.#relocate(entry, layer)]))
      for (const { entry, members } of this.#units(layer.copies, relocated)) {
        const side: Side = {
          server: desired.server,
          find: () => undefined,
          get: () => undefined,
          children: () => members,
          address: (of) => desired.address(of),
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

  /** What is made by itself, with what is made along with it, in the registry's order. */
  #units(copies: ReadonlyMap<string, Entry>, relocated: ReadonlyMap<string, Entry>): readonly Copy[] {
    const { desired } = this.options
    const members = new Map<string, Entry[]>()
    const units: Entry[] = []
    for (const [key, entry] of copies) {
      const name = entry.kind.bornWith?.(entry.object)
      const parent = name && desired.named(name)
      if (parent && copies.has(parent.key))
        members.set(parent.key, [...(members.get(parent.key) ?? []), relocated.get(key)!])
      else units.push(entry)
    }
    const order = (kind: AnyKind) => desired.registry.order(kind.name)
    return units
      .sort((a, b) => order(a.kind) - order(b.kind))
      .map((entry) => ({ entry: relocated.get(entry.key)!, members: members.get(entry.key) ?? [] }))
  }

  #relocate(
    entry: Entry,
    layer: { readonly schemas: ReadonlyMap<string, string>; readonly copies: ReadonlyMap<string, Entry> },
  ): Entry {
    const { desired, tools } = this.options
    const copied = (space: string, schemaName: unknown, name: unknown): boolean => {
      const target = desired.named({ space, schemaName: String(schemaName), name: String(name) })
      return target !== undefined && layer.copies.has(target.key)
    }
    const own = entry.object as unknown as Readonly<Record<string, unknown>>
    const object = mapRecords(own, (record) => {
      if (typeof record.schemaName !== 'string') return record
      const to = layer.schemas.get(record.schemaName)
      const moves =
        record === own ||
        (typeof record.typeName === 'string'
          ? copied('type', record.schemaName, record.typeName)
          : copied('relation', record.schemaName, record.table))
      return to !== undefined && moves ? { ...record, schemaName: to } : record
    }) as unknown as SchemaObject
    const named = [...layer.copies.values()].filter(
      (copy) => copy.id.table === undefined && copy.id.schemaName !== undefined,
    )
    const texts = mapExpressions(object, (expression) =>
      named.reduce(
        (text, copy) =>
          text.includes(copy.id.name) && text.includes(copy.id.schemaName!)
            ? requalified(text, copy, layer.schemas.get(copy.id.schemaName!)!, tools)
            : text,
        expression,
      ),
    )
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

/** A qualified mention of a copied type or relation, led to the copy. */
function requalified(text: string, copy: Entry, scratch: string, tools: ExpressionTools): string {
  const real = copy.id.schemaName!
  const quoted = /^[a-z_][a-z0-9_$]*$/.test(copy.id.name) ? copy.id.name : id(copy.id.name).text
  const said = tools.mentions(text)
  const mentioned = [...said.types, ...said.relations].some(
    (name) => name.schemaName === real && name.name === copy.id.name,
  )
  if (!mentioned) return text
  return [real, id(real).text].reduce(
    (result, schema) =>
      [quoted, id(copy.id.name).text].reduce(
        (inner, name) => inner.replaceAll(`${schema}.${name}`, `${scratch}.${name}`),
        result,
      ),
    text,
  )
}
