// Reading a database as migration files left it.
import type { DatabaseClient } from '../client/database-client.js'
import type { SchemaState } from '../engine/state.js'
import { canonicalObject } from '../engine/walk.js'
import { readAll } from './operations.js'

/** Everything in a database as one text: equal texts, equal schemas. */
export async function stateText(client: DatabaseClient): Promise<string> {
  return inReading(client, async (state) =>
    [...state.entries.values()]
      .map((entry) => `${entry.key} ${entry.kind.unmanaged ? '' : canonicalObject(entry.object)}`)
      .sort()
      .join('\n'),
  )
}

/** Reads all of it, in a transaction that is rolled back. */
export function inReading<T>(client: DatabaseClient, work: (state: SchemaState) => Promise<T>): Promise<T> {
  return client.session(async (session) => {
    await session.script('begin')
    try {
      return await work((await readAll(session, 'lockstep')).state)
    } finally {
      await session.script('rollback')
    }
  })
}
