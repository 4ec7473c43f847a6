// The operations that turn one source into another. No database that somebody uses is changed.
import type { DatabaseClient } from '../client/database-client.js'
import type { Plan } from '../engine/plan.js'
import { allow } from '../execute/confirm.js'
import type { SchemaOptions } from './options.js'
import { DbSchemaManager } from './schema-manager.js'
import { buildScratchDatabase } from './scratch-database.js'
import type { DesiredSource } from './sources.js'

export interface DiffOptions extends SchemaOptions {
  /** A server on which scratch databases may be made; without one, PGlite is used. */
  readonly client?: DatabaseClient | undefined
}

/**
 * The plan from one source to another. A `from` that is no database is first built in a scratch one, so that PostgreSQL's own
 * dependencies and spellings decide, as they would in `migrate`.
 * @example await diffSources({ type: 'empty' }, { type: 'model', model: () => db.model })
 */
export async function diffSources(
  from: DesiredSource,
  to: DesiredSource,
  { client, ...options }: DiffOptions = {},
): Promise<Plan> {
  const all: SchemaOptions = { schemas: 'all', ...options }
  if (from.type === 'database') return new DbSchemaManager(from.client, to, all).plan()
  const scratch = await buildScratchDatabase({ target: client, files: [] })
  try {
    if (from.type !== 'empty')
      await new DbSchemaManager(scratch.client, withoutHook(from)).migrate({ confirm: allow('data-loss') })
    return await new DbSchemaManager(scratch.client, to, all).plan()
  } finally {
    await scratch.dispose()
  }
}

const withoutHook = (source: DesiredSource): DesiredSource =>
  source.type === 'model' ? { type: 'model', model: source.model } : source
