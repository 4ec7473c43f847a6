// The example's migrations: up to every version and back, the schema at each version the same both ways, and again in a round trip.
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { stateText } from '../../src/migrations/generate/scratch.js'
import { MigrationManager } from '../../src/migrations/index.js'
import { withDatabase } from '../support/database.js'

const database = withDatabase()
const directory = fileURLToPath(new URL('../../examples/music-store/migrations', import.meta.url))

test('every version, both ways', async () => {
  const { client } = await database()
  const manager = new MigrationManager({ client, directory })
  await manager.initialize()
  expect(await manager.validate()).toMatchObject({ valid: true, warnings: [{ code: 'MIGRATION_NO_DOWN' }] })
  const pending = await manager.getPendingMigrations()
  expect(pending.length).toBeGreaterThan(25)
  const states = new Map([['0', await stateText(client)]])
  for (const { version } of pending) {
    await manager.migrate({ steps: 1 })
    states.set(version, await stateText(client))
  }
  // The last one cannot be rolled back, and says so; the journal alone forgets it.
  await expect(manager.rollback({ steps: 1 })).rejects.toMatchObject({ code: 'MIGRATION_IRREVERSIBLE' })
  await client.query('delete from lockstep.migration where version = $1', [pending.at(-1)?.version])
  for (const { version } of pending.slice(0, -2).reverse()) {
    await manager.rollback({ to: version })
    expect(await stateText(client), version).toBe(states.get(version))
  }
  await manager.rollback({ all: true })
  expect(await stateText(client)).toBe(states.get('0'))
  expect(await manager.migrateToLatest()).toMatchObject({ success: true })
  expect(await stateText(client)).toBe([...states.values()].at(-1))
}, 120_000)
