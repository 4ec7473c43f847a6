// What flags and configuration tell a MigrationManager.
import { resolve } from 'node:path'
import type { MigrationManagerOptions } from '../../migrations/index.js'
import { importProjectModule } from '../load/import-module.js'
import type { Settings } from '../settings.js'
import type { MigrationFlags } from './flags.js'

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
