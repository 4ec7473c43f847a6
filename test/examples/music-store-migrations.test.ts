// The example's migrations: up to every version and back, the schema at each version the same both ways, and all of it a second time.
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { MigrationManager } from '../../src/migrations/index.js'
import { stateText } from '../../src/migrations/reading.js'
import { withDatabase } from '../support/database.js'

const database = withDatabase()
const directory = fileURLToPath(new URL('../../examples/music-store/migrations', import.meta.url))

test('every version, both ways', async () => {
  const { client } = await database()
  const manager = new MigrationManager({ client, directory })
  await manager.initialize()
  expect(await manager.validate()).toMatchObject({ valid: true, warnings: [{ code: 'MIGRATION_NO_DOWN' }] })
  const pending = await manager.getPendingMigrations()
  expect(pending.length).toBeGreaterThan(40)
  const states = [await stateText(client)]
  const irreversible: string[] = []
  for (const { version } of pending) {
    const { appliedMigrations } = await manager.migrate({ steps: 1 })
    expect(appliedMigrations).toMatchObject([{ version }])
    if (appliedMigrations[0]?.reversible === false) irreversible.push(version)
    states.push(await stateText(client))
  }
  expect(irreversible).toEqual(['029'])
  for (const [index, { version }] of [...pending.entries()].reverse()) {
    if (irreversible.includes(version)) {
      await expect(manager.rollback({ all: true })).rejects.toMatchObject({ code: 'MIGRATION_IRREVERSIBLE' })
      await client.query('delete from lockstep.migration where version = $1', [version])
    } else {
      const { rolledBackMigrations } = await manager.rollback({ steps: 1 })
      expect(rolledBackMigrations).toMatchObject([{ version }])
      expect(await stateText(client), version).toBe(states[index])
    }
  }
  expect(await manager.migrateToLatest()).toMatchObject({ success: true })
  expect(await stateText(client)).toBe(states.at(-1))
}, 180_000)
