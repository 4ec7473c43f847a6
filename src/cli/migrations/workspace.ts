// A MigrationManager at work on the command line: over the target, with progress on stderr and Ctrl-C.
import { MigrationManager } from '../../migrations/index.js'
import { migrationLines } from '../../terminal/migration-lines.js'
import type { Output } from '../output.js'
import { inWorkspace, type Workspace } from '../workspace.js'
import type { MigrationFlags } from './flags.js'
import { managerOptions } from './manager-options.js'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export interface InMigrations {
  readonly manager: MigrationManager
  readonly workspace: Workspace
  /** Fires at Ctrl-C. */
  readonly signal: AbortSignal
}

/** Runs `work` with a manager over the target database, and closes everything afterwards. */
export function inMigrations<T>(
  flags: MigrationFlags,
  output: Output,
  work: (parts: InMigrations) => Promise<T>,
): Promise<T> {
  return inWorkspace(flags, async (workspace) => {
    const manager = new MigrationManager({ ...managerOptions(flags, workspace.settings), client: workspace.target() })
    migrationLines(manager.events, (line) => output.note(line), output.forNotes, output.live)
    const cancel = new AbortController()
    const onSignal = () => {
      for (const signal of signals) process.off(signal, onSignal)
      output.note('Cancelling: rolling back. The same key again ends the program at once.')
      cancel.abort()
    }
    for (const signal of signals) process.on(signal, onSignal)
    try {
      return await work({ manager, workspace, signal: cancel.signal })
    } finally {
      for (const signal of signals) process.off(signal, onSignal)
      await manager.shutdown()
    }
  })
}
