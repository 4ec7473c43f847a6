// Reads the database: every kind's query and the ledger in one message, then rows into objects.
import { createHash } from 'node:crypto'
import { setImmediate as immediate } from 'node:timers/promises'
import type { DatabaseClient, ScriptResult } from '../client/database-client.js'
import type { ObjectId } from '../engine/identity.js'
import type { AnyKind, Server } from '../engine/kind.js'
import type { Registry } from '../engine/registry.js'
import { type Entry, entryOf, type Latent, SchemaState } from '../engine/state.js'
import { IntrospectionError } from '../errors.js'
import { join, literal, sql } from '../sql/sql.js'
import { type LedgerReading, notedSchemas, openLedger, readLedger } from './ledger.js'
import { withoutOwnTables } from './own-tables.js'
import { askKinds } from './questions.js'
import { pins } from './session-settings.js'

export interface ReadRequest {
  /** The schemas to read, besides those of the ledger. */
  readonly schemas: readonly string[]
  /** Every schema that is not the system's, an extension's or Lockstep's. */
  readonly allSchemas: boolean
  readonly ownSchema: string
  readonly context: string
}

/** The rows of one reading, kept as text until somebody needs objects. */
export interface Reading extends LedgerReading {
  readonly server: Server
  /** `sha256:…` over all rows: equal again means that nothing in the managed schemas has changed. */
  readonly fingerprint: string
  state(): SchemaState
  /** Which object a catalog address is. */
  resolve(address: string): ObjectId | undefined
}

export class SchemaIntrospector {
  constructor(
    readonly registry: Registry,
    readonly client: DatabaseClient,
  ) {}

  /** In a READ ONLY transaction of its own: one round trip on an open connection. `meanwhile` is done while the server answers. */
  async read(request: ReadRequest, meanwhile?: () => void): Promise<Reading> {
    const server = await this.client.server()
    const queries = this.#queries(server, request)
    const answer = this.client.script(
      `begin transaction isolation level repeatable read read only;\n${queries}\ncommit`,
    )
    if (meanwhile) {
      // Once the message is on its way; a failure is reported below.
      answer.catch(() => undefined)
      await immediate()
      meanwhile()
    }
    return this.#reading(server, await answer, request.context)
  }

  /** Objects of some kinds in one set of schemas after statements of the caller, all in one message: what the speller builds and reads back. */
  async readAfter(
    session: DatabaseClient,
    before: string,
    { schemas, kinds }: { readonly schemas: readonly string[]; readonly kinds: readonly AnyKind[] },
    after: string,
  ): Promise<SchemaState> {
    const server = await this.client.server()
    const names = literal(JSON.stringify(schemas)).text
    const noted = `select set_config('lockstep.schemas', array(select json_array_elements_text(${names}::json))::text, true)`
    const queries = kinds.map((kind) => kind.catalog.query(server, sql`(${notedSchemas})`))
    const text = `${before}${pins.text};\n${noted};\n${join(queries, ';\n').text};\n${after}`
    const results = await session.script(text)
    const first = results.findIndex((result) => result.fields[0] === 'set_config')
    return build(this.registry, kinds, server, results.slice(first + 1, first + 1 + kinds.length)).state
  }

  /** On a session that is inside a transaction already. */
  async readWithin(session: DatabaseClient, request: ReadRequest): Promise<Reading> {
    const server = await this.client.server()
    const results = await session.script(this.#queries(server, request).replace(/;\s*$/, ''))
    return this.#reading(server, results, request.context)
  }

  #queries(server: Server, request: ReadRequest): string {
    const ledger = openLedger(request.ownSchema, request.context, request.schemas, request.allSchemas)
    return `${pins.text};\n${ledger.text};\n${askKinds(this.registry.kinds, server).text};`
  }

  #reading(server: Server, results: readonly ScriptResult[], context: string): Reading {
    const fetched = results.findIndex((result) => result.command === 'FETCH')
    const ledger = results[fetched]
    const rows = results.slice(fetched + 1).filter(({ command }) => command === 'SELECT' || command === 'FETCH')
    if (ledger === undefined || rows.length !== this.registry.kinds.length) {
      throw new IntrospectionError(
        'CATALOG_UNREADABLE',
        'The catalog could not be read: the server answered with fewer results than there were queries.',
        {
          hint: 'Check that no proxy between here and PostgreSQL rewrites multi-statement messages.',
        },
      )
    }
    const registry = this.registry
    let made: ReturnType<typeof build> | undefined
    const objects = () => (made ??= build(registry, registry.kinds, server, rows))
    return {
      ...readLedger(ledger, context),
      server,
      fingerprint: fingerprint(server, rows),
      state: () => objects().state,
      resolve: (address) => objects().addresses.part(address),
    }
  }
}

function fingerprint(server: Server, results: readonly ScriptResult[]): string {
  const hash = createHash('sha256').update(String(server.version))
  for (const result of results) {
    let text = '\u0002'
    for (const row of result.rows) text += `${row.join('\u001f')}\u001e`
    hash.update(text)
  }
  return `sha256:${hash.digest('hex')}`
}

function build(registry: Registry, kinds: readonly AnyKind[], server: Server, results: readonly ScriptResult[]) {
  const entries: Entry[] = []
  const latent: Latent[] = []
  const addresses = new Addresses(entries)
  kinds.forEach((kind, index) => {
    const result = results[index]
    if (result) readKind(kind, result, server, { entries, latent, addresses })
  })
  return { state: new SchemaState(registry, server, withoutOwnTables(entries), latent), addresses }
}

interface Found {
  readonly entries: Entry[]
  readonly latent: Latent[]
  readonly addresses: Addresses
}

/** Which object a catalog address is, among those read so far; looked up in an index that is made when somebody asks. */
class Addresses {
  /** By the first address of each object, by which others point to it. */
  readonly #own = new Map<string, ObjectId>()
  readonly #all = new Map<string, ObjectId>()
  #seen = 0

  constructor(private readonly entries: readonly Entry[]) {}

  /** Of what is no entry. */
  note(address: string, id: ObjectId): void {
    this.#own.set(address, id)
  }
  own(address: string): ObjectId | undefined {
    this.#catchUp()
    return this.#own.get(address)
  }
  /** Also by the addresses of what belongs to it. */
  part(address: string): ObjectId | undefined {
    this.#catchUp()
    return this.#all.get(address)
  }

  #catchUp(): void {
    for (; this.#seen < this.entries.length; this.#seen++) {
      const { id, addresses } = this.entries[this.#seen] as Entry
      const [first] = addresses
      if (first !== undefined) this.#own.set(first, id)
      for (const address of addresses) if (!this.#all.has(address)) this.#all.set(address, id)
    }
  }
}

function readKind(kind: AnyKind, result: ScriptResult, server: Server, { entries, latent, addresses }: Found): void {
  const { fields, rows } = result
  const at = fields.indexOf('addresses')
  const resolve = (address: string) => addresses.own(address)
  // One record for all rows, filled anew for each.
  const row: Record<string, string | null> = {}
  for (const values of rows) {
    for (let index = 0; index < fields.length; index++) row[fields[index] as string] = values[index] ?? null
    const list = listed(values[at])
    if (kind.unmanaged && list[0] !== undefined && addresses.own(list[0])) continue
    const object = kind.catalog.read(row, server, resolve)
    if (object === undefined) continue
    const entry = entryOf(kind, object, list)
    if (!row.tied_to) entries.push(entry)
    else {
      const own = row.tied_own === 't' ? { own: true as const } : {}
      const part = row.part_of ? { partOf: JSON.parse(row.part_of) as NonNullable<Latent['partOf']> } : {}
      latent.push({ entry, from: JSON.parse(row.tied_to) as Latent['from'], ...own, ...part })
      if (list[0] !== undefined) addresses.note(list[0], entry.id)
    }
  }
}

const none: readonly string[] = []

const listed = (text: string | null | undefined): readonly string[] =>
  text === null || text === undefined || text === ''
    ? none
    : text.includes(',')
      ? text.split(',').filter((address) => address !== '')
      : [text]
