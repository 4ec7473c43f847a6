// The JSON that scripts parse of file-migration commands.
import type { MigrationResult } from '../../migrations/index.js'
import { errorDocument } from '../../terminal/render-error.js'

/** Of `migration:up` and `migration:down`. */
export function migrationResultDocument(result: MigrationResult, direction: 'up' | 'down'): unknown {
  return {
    format: 1,
    direction,
    success: result.success,
    dryRun: result.rehearsed !== undefined,
    executed: result.executed,
    failed: result.failed.map(({ error, ...one }) => ({
      ...one,
      ...(errorDocument(error) as { readonly error: object }),
    })),
    milliseconds: result.milliseconds,
    ...(result.rehearsed ? { rehearsed: result.rehearsed } : {}),
  }
}
