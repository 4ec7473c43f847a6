// The model against what the files build, and what the applied files build against the database: each difference under its own name.
import { DbSchemaManager } from '../../context/schema-manager.js'
import type { DesiredSource } from '../../context/sources.js'
import type { Plan } from '../../engine/plan.js'
import { buildFromFiles, readSnapshot } from '../../migrations/generate/scratch.js'
import { MigrationManager } from '../../migrations/index.js'
import { planTowards } from '../../migrations/operations.js'
import type { Workspace } from '../workspace.js'
import { managerOptions } from './manager-options.js'

export interface MigrationComparison {
  /** What `migration:generate` would write. */
  readonly model: Plan
  /** What would bring the database back to what its applied migrations build. */
  readonly database: Plan
  /** Files that are not applied. */
  readonly pending: readonly string[]
}

export async function compareMigrations(workspace: Workspace): Promise<MigrationComparison> {
  const { settings } = workspace
  const options = managerOptions({}, settings)
  const client = workspace.target()
  const status = await new MigrationManager({ ...options, client }).getStatus()
  const all = await buildFromFiles({ options, target: client })
  try {
    const [desired] = (await workspace.sources('model')) as readonly [DesiredSource]
    const known = await readSnapshot(options)
    const { plan: model } = await planTowards(all.client, desired, settings.schema, new Set(known?.declared))
    const scratch =
      status.pending.length === 0
        ? all
        : await buildFromFiles({ options, target: client, only: status.applied.map((one) => one.version) })
    try {
      const source = { type: 'database', client: scratch.client, label: 'migrations', ofMigrations: true } as const
      const schema = { ...settings.schema, undeclared: 'drop' as const }
      const database = await new DbSchemaManager(client, source, schema).plan()
      return { model, database, pending: status.pending.map((one) => one.file) }
    } finally {
      if (scratch !== all) await scratch.dispose()
    }
  } finally {
    await all.dispose()
  }
}
