// A MigrationManager as the command line makes it: target, configuration, TypeScript files, progress on stderr, Ctrl-C.
import { resolve } from 'node:path'
import { MigrationManager, type MigrationManagerOptions } from '../../migrations/index.js'
import { migrationLines } from '../../terminal/migration-lines.js'
import { importProjectModule } from '../load/import-module.js'
import type { Output } from '../output.js'
import type { Settings } from '../settings.js'
import { inWorkspace, type Workspace } from '../workspace.js'
import type { MigrationFlags } from './flags.js'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** The options of a manager that flags and configuration give; without a client. */
export function managerOptions(flags: MigrationFlags, settings: Settings): MigrationManagerOptions {
  const configured = settings.migrations ?? {}
  const { validation } = configured
  return {
    ...configured,
    directory: flags.directory ?? directories(configured.directory, settings.root),
    ...(flags.timeout === undefined ? {} : { timeout: flags.timeout }),
    ...(flags.strict ? { validation: { ...validation, strictMode: true } } : {}),
    ownSchema: settings.schema.ownSchema,
    lockTimeout: settings.schema.lockTimeout,
    statementTimeout: settings.schema.statementTimeout,
    wait: settings.schema.wait,
    protected: settings.protected,
    importFile: importProjectModule,
    lazy: true,
  }
}

/** Relative to the configuration file. */
function directories(directory: string | readonly string[] | undefined, root: string): readonly string[] {
  const list = directory === undefined ? ['./migrations'] : typeof directory === 'string' ? [directory] : directory
  return list.map((one) => resolve(root, one))
}

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
