// Databases for tests: fresh ones with random names on the run's server, and PGlite in this process.
import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeEach, inject } from 'vitest'
import type { DatabaseClient } from '../../src/client/database-client.js'
import { PgClient } from '../../src/client/pg-client.js'
import { PgliteClient } from '../../src/client/pglite-client.js'
import type {} from './global-setup.js'

export interface TestDatabase {
  readonly name: string
  readonly url: string
  readonly client: PgClient
  /** Ends the client and drops the database, other sessions in it cut off. May be called twice. */
  drop(): Promise<void>
}

/** The run's server, as a superuser: the URL of its database `postgres`. */
export function serverUrl(): string {
  return inject('serverUrl')
}

/** The same server, another database. */
export function urlOf(database: string, server: string = serverUrl()): string {
  const url = new URL(server)
  url.pathname = `/${encodeURIComponent(database)}`
  return url.href
}

/** Of the run's server, as PostgreSQL numbers it: 170005. */
export async function serverVersion(): Promise<number> {
  const client = new PgClient(serverUrl())
  try {
    return (await client.server()).version
  } finally {
    await client.end()
  }
}

/** An empty database; whoever asks for it drops it. `server` is another server than the run's, by URL. */
export async function freshDatabase(server: string = serverUrl()): Promise<TestDatabase> {
  const name = `lockstep_test_${randomBytes(6).toString('hex')}`
  await onServer(server, `create database ${name} template template0`)
  const url = urlOf(name, server)
  const client = new PgClient(url)
  let dropping: Promise<void> | undefined
  const drop = async () => {
    await client.end()
    await onServer(server, `drop database if exists ${name} with (force)`)
  }
  return { name, url, client, drop: () => (dropping ??= drop()) }
}

/** Makes roles that the server does not have yet. */
export async function makeRoles(client: DatabaseClient, names: readonly string[]): Promise<void> {
  for (const name of names)
    await client.script(
      `do $$ begin create role ${name}; exception when duplicate_object or unique_violation then null; end $$`,
    )
}

/** Drops them again, once no database of this run needs them. */
export async function dropRoles(names: readonly string[], server: string = serverUrl()): Promise<void> {
  if (names.length > 0) await onServer(server, `drop role if exists ${names.join(', ')}`)
}

/**
 * Call it at the top of a file or of a `describe`. Each call of the function that it returns makes a fresh database:
 * one made in a test is dropped after that test, one made in `beforeAll` after the last test. Not for `test.concurrent`.
 * @example
 * const database = withDatabase()
 * test('…', async () => {
 *   const { client, url } = await database()
 * })
 */
export function withDatabase(): () => Promise<TestDatabase> {
  return cleaned(freshDatabase, (database) => database.drop())
}

/** A PGlite of its own, in memory; whoever asks for it ends it. */
export function pgliteClient(): PgliteClient {
  return new PgliteClient({})
}

/** Like `withDatabase`, with PGlite. */
export function withPglite(): () => Promise<PgliteClient> {
  return cleaned(
    async () => pgliteClient(),
    (client) => client.end(),
  )
}

function cleaned<T>(make: () => Promise<T>, end: (made: T) => Promise<void>): () => Promise<T> {
  const made: T[] = []
  let before = 0
  const endSince = async (start: number) => {
    const results = await Promise.allSettled(made.splice(start).map(end))
    const failed = results.find((result) => result.status === 'rejected')
    if (failed) throw failed.reason
  }
  beforeEach(() => {
    before = made.length
  })
  afterEach(() => endSince(before))
  afterAll(() => endSince(0))
  return async () => {
    const one = await make()
    made.push(one)
    return one
  }
}

async function onServer(server: string, text: string): Promise<void> {
  const client = new PgClient(server)
  try {
    await client.query(text)
  } finally {
    await client.end()
  }
}
