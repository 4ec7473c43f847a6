// The proof of sensitivity, written once: one field is changed by hand on the server, and the plan is exactly what puts it back.
import { afterAll, expect, test } from 'vitest'
import { SchemaIntrospector } from '../../src/catalog/introspector.js'
import type { Entry } from '../../src/engine/state.js'
import { allow, type DatabaseClient, DbSchemaManager } from '../../src/index.js'
import { registry } from '../../src/objects/registry.js'
import { witnessed } from '../support/case-runner.js'
import { freshDatabase, makeRoles, type TestDatabase } from '../support/database.js'

/** The object is gone from the server, or the server has one more. */
export type Existence = '(missing)' | '(undeclared)'

export interface Drift {
  /** The fields of the kind's object that `change` changes, and no others: `default.expression`, `keys.opclass`. */
  readonly fields: readonly (Existence | (string & {}))[]
  readonly change: string
  /** `type: description` of each operation that puts it back; `{me}` is who runs the tests. */
  readonly plan: readonly string[]
  /** What cannot but change along with it in objects of other kinds: `column.notNull`. */
  readonly along?: readonly string[] | ((version: number) => readonly string[])
  /** Why the change itself cannot be reached by a migration. */
  readonly oneWay?: string
  /** The first server version that has the field. */
  readonly since?: number
  /** The first server version that goes another way. */
  readonly before?: number
}

export interface KindDrifts {
  readonly kind: string
  /** Where a version lacks part of it, by the version. */
  readonly setup: string | ((version: number) => string)
  /** It is compared only on demand. */
  readonly optional?: true
  /** Roles that the server has to have. */
  readonly roles?: readonly string[]
  readonly drifts: readonly Drift[]
  /** Fields that cannot change alone, with the reason. */
  readonly never?: Readonly<Record<string, string>>
}

/** Makes the set-up, as far as the server has what it needs. */
export async function setUp({ setup, roles = [] }: KindDrifts, client: DatabaseClient): Promise<void> {
  await makeRoles(client, roles)
  await client.script(typeof setup === 'string' ? setup : setup((await client.server()).version))
}

export async function objectsOf(client: DatabaseClient): Promise<ReadonlyMap<string, Entry>> {
  const reading = await new SchemaIntrospector(registry, client).read({
    schemas: [],
    allSchemas: true,
    ownSchema: 'lockstep',
    context: '',
  })
  return reading.state().entries
}

const isList = (value: unknown): value is readonly unknown[] =>
  Array.isArray(value) && value.some((item) => typeof item === 'object')
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const under = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`)

/** What an index key has without saying so is read beside it, to understand a model that says it. */
const isCompared = (key: string): boolean => key !== 'usual'

/** Every field, those of nested records and of records in lists too. A record that may be null is a field besides its own. */
function pathsOf(value: unknown, path = ''): readonly string[] {
  if (isList(value)) return value.flatMap((item) => pathsOf(item, path))
  if (isRecord(value))
    return Object.entries(value).flatMap(([key, item]) => (isCompared(key) ? pathsOf(item, under(path, key)) : []))
  return value === undefined ? [] : [path]
}

/** The fields in which two values differ; where one has a record and the other none, the record as such. */
function differing(a: unknown, b: unknown, path = ''): readonly string[] {
  if (isList(a) && isList(b) && a.length === b.length) return a.flatMap((item, at) => differing(item, b[at], path))
  if (isRecord(a) && isRecord(b))
    return [...new Set([...Object.keys(a), ...Object.keys(b)])]
      .filter(isCompared)
      .flatMap((key) => differing(a[key], b[key], under(path, key)))
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null) ? [] : [path]
}

/** The fields of an object besides its identity. */
export function fieldsOf({ id, object }: Entry): readonly string[] {
  const identity: ReadonlyMap<string, unknown> = new Map(Object.entries(id))
  const own = Object.entries(object).filter(
    ([key, value]) => key !== 'on' && (value === undefined || identity.get(key) !== value),
  )
  return pathsOf(Object.fromEntries(own))
}

/** `kind.field` of everything in which two databases differ. */
function differences(
  before: ReadonlyMap<string, Entry>,
  now: ReadonlyMap<string, Entry>,
  also: readonly string[],
): readonly string[] {
  const after = new Map([...now].filter(([, { kind }]) => !kind.optional || also.includes(kind.name)))
  const found = new Set<string>()
  for (const [key, { kind, object }] of before) {
    if (kind.optional && !also.includes(kind.name)) continue
    const other = after.get(key)
    const fields = other ? differing(object, other.object) : ['(missing)']
    for (const field of fields) found.add(`${kind.name}.${field}`)
  }
  for (const [key, { kind }] of after) if (!before.has(key)) found.add(`${kind.name}.(undeclared)`)
  return [...found].sort()
}

const toward = (client: DatabaseClient, other: DatabaseClient, alsoKinds: readonly string[]): DbSchemaManager =>
  new DbSchemaManager(
    client,
    { type: 'database', client: other, label: 'the other database' },
    { schemas: 'all', filter: { alsoKinds } },
  )

interface Databases {
  readonly reference: TestDatabase
  readonly drifted: TestDatabase
  readonly follower: TestDatabase
  /** What the witness says of `reference`, and its objects: it stays as it is. */
  readonly first: string
  readonly before: ReadonlyMap<string, Entry>
  /** Leads `drifted` to `reference`, which it reads once. */
  readonly back: DbSchemaManager
}

/**
 * Three databases of one set-up: `reference` stays, `drifted` is changed by hand and put back, `follower` migrates to what `drifted` has
 * become and goes on from there, so that each field is proven in both directions.
 */
export function proveDrifts(kindDrifts: KindDrifts): void {
  const { kind, drifts, optional } = kindDrifts
  const also = optional ? [kind] : []
  let databases: Promise<Databases> | undefined
  const make = async () => {
    const database = await freshDatabase()
    await setUp(kindDrifts, database.client)
    return database
  }
  const start = () => (databases ??= begin())
  const begin = async (): Promise<Databases> => {
    const [reference, drifted, follower] = await Promise.all([make(), make(), make()])
    return {
      reference,
      drifted,
      follower,
      first: await witnessed(reference.client),
      before: await objectsOf(reference.client),
      back: toward(drifted.client, reference.client, also),
    }
  }
  const end = async () => {
    const made = await databases
    databases = undefined
    if (made) for (const database of [made.reference, made.drifted, made.follower]) await database.drop()
  }
  afterAll(end)
  for (const drift of drifts) {
    test(`${kind}: ${drift.fields.join(', ')}: ${drift.change.replace(/\s+/g, ' ')}`, async ({ skip }) => {
      try {
        const made = await start()
        const { version } = await made.reference.client.server()
        if (version < (drift.since ?? 0) || version >= (drift.before ?? Number.POSITIVE_INFINITY)) skip()
        await prove(kind, also, drift, made)
      } catch (error) {
        await end()
        throw error
      }
    })
  }
}

async function prove(kind: string, also: readonly string[], drift: Drift, made: Databases): Promise<void> {
  const { first, before, back } = made
  const [reference, drifted, follower] = [made.reference.client, made.drifted.client, made.follower.client]
  const { version } = await reference.server()
  const along = typeof drift.along === 'function' ? drift.along(version) : (drift.along ?? [])
  await drifted.script(drift.change)
  const changed = await witnessed(drifted)

  // the change is the one that it says it is
  expect(differences(before, await objectsOf(drifted), also)).toEqual(
    [...drift.fields.map((field) => `${kind}.${field}`), ...along].sort(),
  )

  // another database follows it, from wherever it is
  if (drift.oneWay === undefined) {
    await toward(follower, drifted, also).migrate({ confirm: allow('data-loss') })
    expect(await witnessed(follower)).toBe(changed)
  }

  // the plan puts it back
  const { plan, verified } = await back.migrate({ confirm: allow('data-loss') })
  const lines = plan.steps.map(
    ({ operation }) => `${operation.type}: ${registry.spec(operation.type).describe(operation)}`,
  )
  const me = (await reference.server()).user ?? ''
  expect(lines).toEqual(drift.plan.map((line) => line.replaceAll('{me}', me)))
  expect(verified).toBe(true)
  expect(await witnessed(drifted)).toBe(first)
}
