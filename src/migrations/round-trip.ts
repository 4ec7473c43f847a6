// Every migration up, down and up again in a scratch database: the schema has to be the same each time.
import type { DatabaseClient } from '../client/database-client.js'
import { buildScratchDatabase } from '../context/scratch-database.js'
import { MigrationError } from '../errors.js'
import { findFiles } from './files.js'
import { stateText } from './reading.js'
import { type MigrationManagerOptions, resolveSettings } from './settings.js'

export interface RoundTripReport {
  /** How many went up, down and up again. */
  readonly checked: number
  /** Those that cannot be rolled back: only their way up was tried. */
  readonly irreversible: readonly string[]
}

/** What of a manager it uses. */
interface Roller {
  migrate(options: { readonly steps: number }): Promise<{
    readonly appliedMigrations: readonly { readonly reversible: boolean }[]
  }>
  rollback(options: { readonly steps: number }): Promise<unknown>
}

/** @throws MIGRATION_ROUND_TRIP naming the migration and what differs; what a migration itself throws */
export async function roundTrip(
  options: MigrationManagerOptions,
  target: DatabaseClient | undefined,
  managerOf: (options: MigrationManagerOptions) => Roller,
): Promise<RoundTripReport> {
  const { files } = await findFiles(resolveSettings(options))
  const scratch = await buildScratchDatabase({ target, files: [] })
  try {
    const { connection: _connection, ...rest } = options
    const manager = managerOf({ ...rest, client: scratch.client, lazy: true, timeout: 0 })
    const irreversible: string[] = []
    let before = await stateText(scratch.client)
    for (const file of files) {
      const { appliedMigrations } = await manager.migrate({ steps: 1 })
      const after = await stateText(scratch.client)
      if (appliedMigrations[0]?.reversible === false) irreversible.push(file.stem)
      else {
        await manager.rollback({ steps: 1 })
        compare(file.stem, 'down leaves another schema than before it', before, await stateText(scratch.client))
        await manager.migrate({ steps: 1 })
        compare(file.stem, 'up a second time leads to another schema', after, await stateText(scratch.client))
      }
      before = after
    }
    return { checked: files.length - irreversible.length, irreversible }
  } finally {
    await scratch.dispose()
  }
}

function compare(stem: string, what: string, wanted: string, found: string): void {
  if (wanted === found) return
  const [left, right] = [wanted.split('\n'), found.split('\n')]
  const lines = [
    ...left.filter((line) => !right.includes(line)).map((line) => `  wanted ${line}`),
    ...right.filter((line) => !left.includes(line)).map((line) => `  found  ${line}`),
  ]
  throw new MigrationError('MIGRATION_ROUND_TRIP', `Migration ${stem}: ${what}:\n${lines.slice(0, 20).join('\n')}`, {
    hint: 'Correct its `down`, so that it undoes everything that `up` does.',
    details: { migration: stem, differences: lines },
  })
}
