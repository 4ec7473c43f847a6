// The desired side, wherever it comes from, as a state with what planning needs to know about it.

import { createHash, hash as hashOnce } from 'node:crypto'
import { readDependencies } from '../catalog/dependencies.js'
import { SchemaIntrospector } from '../catalog/introspector.js'
import type { DatabaseClient, Server } from '../client/database-client.js'
import type { ObjectId } from '../engine/identity.js'
import type { AnyKind, SchemaObject } from '../engine/kind.js'
import type { Blocked } from '../engine/plan.js'
import type { Registry } from '../engine/registry.js'
import { type Entry, entryOf, SchemaState } from '../engine/state.js'
import { canonical, canonicalObject } from '../engine/walk.js'
import type { ModelConfig } from '../model/model-config.js'
import type { TableName } from '../objects/relations.js'
import { raw } from '../sql/sql.js'
import type { SchemaOptions } from './options.js'
import { release } from './release.js'
import { fromSnapshot } from './snapshot.js'
import type { DesiredSource } from './sources.js'

export interface Desired {
  readonly state: SchemaState
  /** Hash of everything declared and of the options that decide what is ours. */
  readonly hash: string
  /** Known but not managed: `managed: false`, ignored columns. */
  readonly external: readonly ObjectId[]
  /** Tables whose undeclared partitions are left alone. */
  readonly partitionedElsewhere: readonly TableName[]
  /** Schemas that the desired side names. */
  readonly schemas: readonly string[]
  readonly defaultSchema: string
  /** The name under which the ledger keeps what is ours. */
  readonly context: string
  /** Objects that need unmanaged ones, by the key of what they need; decided against each target. */
  readonly needsUnmanaged: ReadonlyMap<string, ReadonlyMap<string, ObjectId>>
  readonly isModel: boolean
  /** Its texts are as PostgreSQL spells them. */
  readonly spelled?: true
  /** Objects of kinds that are not managed, where the desired side is a database. */
  readonly unmanaged: readonly ObjectId[]
}

/** Reads or declares the desired side once; the result does not depend on the target. */
export async function loadDesired(
  source: DesiredSource,
  registry: Registry,
  target: Server,
  options: SchemaOptions,
): Promise<Desired> {
  switch (source.type) {
    case 'model':
      return fromModel(source.model(), registry, target, options)
    case 'empty':
      return plain(new SchemaState(registry, target, []), options)
    case 'snapshot':
      return plain(fromSnapshot(source.snapshot, source.label, registry, target), options)
    case 'database':
      return fromDatabase(source, registry, target, options)
  }
}

/** What the database is asked does not depend on the model's objects: they are made, and hashed, when somebody wants them. */
function fromModel(model: ModelConfig, registry: Registry, server: Server, options: SchemaOptions): Desired {
  const further = furtherOf(model, registry, server)
  const unmanaged = model.tables
    .filter((table) => !table.managed)
    .map((table) => ({ kind: 'table', schemaName: table.schemaName, name: table.name }))
  const ignored = model.tables.flatMap((table) =>
    table.columns
      .filter((column) => column.ignore.includes('*'))
      .map((column) => ({ kind: 'column', schemaName: table.schemaName, table: table.name, name: column.name })),
  )
  let state: SchemaState | undefined
  let hash: string | undefined
  return {
    get state() {
      state ??= declaredBy(model, further, registry, server)
      return state
    },
    get hash() {
      hash ??= hashOfModel(model, options)
      return hash
    },
    external: [...unmanaged, ...ignored],
    partitionedElsewhere: model.tables
      .filter((table) => table.externalPartitions)
      .map(({ schemaName, name }) => ({ schemaName, table: name })),
    schemas: [
      ...new Set([
        model.defaultSchema,
        ...model.schemas.map((schema) => schema.name),
        ...schemasOf(further.map(({ entry }) => entry)),
        ...renamedSchemas(model),
      ]),
    ],
    defaultSchema: model.defaultSchema,
    context: model.contextName,
    needsUnmanaged: new Map(),
    isModel: true,
    unmanaged: [],
  }
}

interface FurtherEntry {
  readonly entry: Entry
  readonly comment?: string | null | undefined
}

/** What factories made; of some kinds several speak of one object. */
function furtherOf(model: ModelConfig, registry: Registry, server: Server): readonly FurtherEntry[] {
  const address = (id: ObjectId) => registry.kind(id.kind).address?.(id) ?? raw('')
  const single = model.further.filter(({ kind }) => !registry.kind(kind).gathered)
  const gathered = registry.kinds.flatMap((kind) => {
    const given = model.further.filter((one) => one.kind === kind.name).map(({ object }) => object as SchemaObject)
    const objects: readonly SchemaObject[] =
      kind.gathered && given.length > 0 ? kind.gathered(given, server, address) : []
    return objects.map((object) => ({ entry: entryOf(kind, object) }))
  })
  return [
    ...single.map(({ kind, object, comment }) => ({
      entry: entryOf(registry.kind(kind), object as SchemaObject),
      comment,
    })),
    ...gathered,
  ]
}

function declaredBy(
  model: ModelConfig,
  further: readonly FurtherEntry[],
  registry: Registry,
  server: Server,
): SchemaState {
  const about = further.map(({ entry, comment }) => ({ id: entry.id, comment }))
  const declared = registry.kinds.flatMap((kind) =>
    kind.declare(model, about).map((object) => entryOf(kind, object as SchemaObject)),
  )
  const tied = registry.kinds.flatMap((kind) =>
    (kind.declareTied?.(model) ?? []).map(({ object, from }) => ({
      entry: entryOf(kind, object as SchemaObject),
      from,
    })),
  )
  return new SchemaState(registry, server, [...declared, ...further.map(({ entry }) => entry)], tied)
}

/** A schema that was renamed has to be read under its old name too. */
const renamedSchemas = (model: ModelConfig): readonly string[] =>
  model.schemas.flatMap((schema) => schema.renamedFrom ?? [])

/** Those that objects lie in, and those that are objects themselves. */
const schemasOf = (entries: Iterable<Entry>): readonly string[] =>
  [...new Set(Array.from(entries).flatMap(({ id, kind, object }) => id.schemaName ?? named(kind, object)))].sort()

const named = (kind: AnyKind, object: SchemaObject): readonly string[] =>
  (kind.names?.(object) ?? []).flatMap((name) => (name.space === 'schema' ? [name.name] : []))

/** Schemas that something is said about: whose they are. */
const schemasSaid = ({ entries, registry }: SchemaState): readonly string[] =>
  [...entries.values()].flatMap(({ object: { on } }) =>
    on && on.schemaName === undefined && on.table === undefined ? named(registry.kind(on.kind), { name: on.name }) : [],
  )

/** A state that is wanted as it is, without a model behind it. */
export function plain(state: SchemaState, options: SchemaOptions): Desired {
  return {
    state,
    hash: hashOf(state, options),
    external: [],
    partitionedElsewhere: [],
    schemas: [...new Set([...schemasOf(state.entries.values()), ...schemasSaid(state)])].sort(),
    defaultSchema: 'public',
    context: 'schema',
    needsUnmanaged: new Map(),
    isModel: false,
    unmanaged: [],
  }
}

const chosen = ({ schemas, filter, undeclared }: SchemaOptions) => ({ schemas, filter, undeclared })

/** Of the model as it is declared: what becomes of it is the release's business. Where things stand in the user's files is left out, for functions are. */
function hashOfModel(model: ModelConfig, options: SchemaOptions): string {
  const text = JSON.stringify([release(), chosen(options), model], (_key, value: unknown) =>
    typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value)) ? `${value}` : value,
  )
  return `sha256:${hashOnce('sha256', text, 'hex')}`
}

function hashOf(state: SchemaState, options: SchemaOptions): string {
  const hash = createHash('sha256').update(canonical(chosen(options)))
  for (const entry of state.entries.values())
    hash.update(`${entry.key}${entry.object.renamedFrom ?? ''}${canonicalObject(entry.object)}`)
  for (const { entry, partOf } of state.latent) if (partOf) hash.update(entry.key)
  return `sha256:${hash.digest('hex')}`
}

/** `public` is nobody's object: an empty one is a schema of the desired side all the same. */
async function withPublic(schemas: readonly string[], client: DatabaseClient): Promise<readonly string[]> {
  const { rows } = await client.query("select from pg_catalog.pg_namespace where nspname = 'public'")
  return rows.length > 0 ? [...new Set(['public', ...schemas])].sort() : schemas
}

async function fromDatabase(
  { client, ofMigrations }: Extract<DesiredSource, { type: 'database' }>,
  registry: Registry,
  target: Server,
  options: SchemaOptions,
): Promise<Desired> {
  const introspector = new SchemaIntrospector(registry, client)
  const listed = options.schemas === 'all' ? undefined : options.schemas
  const reading = await introspector.read({
    schemas: listed ?? [],
    allSchemas: listed === undefined,
    ownSchema: options.ownSchema ?? 'lockstep',
    context: '',
  })
  const read = reading.state()
  const managed = [...read.entries.values()]
    .filter((entry) => !entry.kind.unmanaged && isCompared(entry, options))
    .map((entry) => ({ ...entry, addresses: [] }))
  const state = new SchemaState(registry, target, managed, read.latent)
  const unmanaged = [...read.entries.values()].filter((entry) => entry.kind.unmanaged)
  const own = plain(state, options)
  const schemas = managed.length > 0 && !ofMigrations ? await withPublic(own.schemas, client) : own.schemas
  const found: Desired = { ...own, schemas, spelled: true }
  if (unmanaged.length === 0) return found
  const dependencies = await readDependencies(client, read)
  const needs = new Map<string, Map<string, ObjectId>>()
  for (const needed of unmanaged) {
    const seen = new Set<string>()
    const queue = [needed.key]
    for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
      for (const dependent of dependencies.of(key).flatMap((one) => one.key ?? [])) {
        if (seen.has(dependent)) continue
        seen.add(dependent)
        queue.push(dependent)
        needs.set(dependent, (needs.get(dependent) ?? new Map<string, ObjectId>()).set(needed.key, needed.id))
      }
    }
  }
  return { ...found, needsUnmanaged: needs, unmanaged: unmanaged.map((entry) => entry.id) }
}

/** The desired state for one target: without what needs unmanaged objects that the target lacks, and all that depends on it. */
export function unblocked(
  desired: Desired,
  current: SchemaState,
): { readonly state: SchemaState; readonly blocked: readonly Blocked[] } {
  if (desired.needsUnmanaged.size === 0) return { state: desired.state, blocked: [] }
  const blocked: Blocked[] = []
  const without = new Map<string, null>()
  for (const entry of desired.state.entries.values()) {
    const needed = [
      ...(desired.needsUnmanaged.get(entry.key) ?? []),
      ...(entry.object.on ? (desired.needsUnmanaged.get(desired.state.entry(entry.object.on)?.key ?? '') ?? []) : []),
    ]
    const missing = needed.find(([key]) => !current.entries.has(key))
    if (!missing) continue
    without.set(entry.key, null)
    blocked.push({ object: entry.id, by: missing[1] })
  }
  return { state: without.size === 0 ? desired.state : desired.state.with(without), blocked }
}

/** Some kinds are compared only on demand. */
export const isCompared = ({ kind }: Entry, { filter }: SchemaOptions): boolean =>
  !kind.optional || filter?.alsoKinds?.includes(kind.name) === true
