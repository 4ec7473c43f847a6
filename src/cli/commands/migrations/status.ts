// lockstep migration:status, :list, :history: what is applied, what is there, what has been attempted.
import type { HistoryRow } from '../../../migrations/index.js'
import { renderHistory, renderStatus } from '../../../terminal/render-migrations.js'
import { table } from '../../../terminal/tables.js'
import { examples, type Register } from '../../command.js'
import { Option } from '../../commander.js'
import { exitCodes } from '../../exit-codes.js'
import { type MigrationFlags, migrationCommand, whole } from '../../migrations/flags.js'
import { inMigrations } from '../../migrations/workspace.js'
import { withCommon } from '../../options.js'

export const registerMigrationStatus: Register = (program, act) => {
  withCommon(
    migrationCommand(
      program,
      ['status'],
      '',
      'applied, pending and failed migrations',
      'Shows applied, pending and failed migrations, who holds the lock, and what `migration:up` would complain about. Changes nothing.',
    ),
  )
    .addHelpText('after', examples('lockstep migration:status', 'lockstep migration:status --env production --json'))
    .action(
      act<MigrationFlags>(({ flags, output }) =>
        inMigrations(flags, output, async ({ manager }) => {
          const status = await manager.getStatus()
          output.result({ format: 1, ...status }, (options) => renderStatus(status, options))
          return exitCodes.done
        }),
      ),
    )
}

export const registerMigrationList: Register = (program, act) => {
  withCommon(
    migrationCommand(
      program,
      ['list'],
      '',
      'every migration, in the order in which they run',
      'Lists every migration, in order, with its state.',
    ),
  )
    .addHelpText('after', examples('lockstep migration:list', 'lockstep migration:list --json'))
    .action(
      act<MigrationFlags>(({ flags, output }) =>
        inMigrations(flags, output, async ({ manager }) => {
          const { applied, pending } = await manager.getStatus()
          const migrations = [
            ...applied.map(({ version, name, file, description }) => ({
              version,
              name,
              file,
              description,
              status: 'applied',
            })),
            ...pending.map(({ version, name, file, description, running }) => ({
              version,
              name,
              file,
              description,
              status: running ? 'running' : 'pending',
            })),
          ]
          output.result({ format: 1, migrations }, (options) =>
            migrations.length === 0
              ? 'There are no migrations.'
              : table(
                  ['file', 'name', 'status', 'description'],
                  migrations.map((one) => [one.file, one.name, one.status, one.description ?? '']),
                  options,
                ),
          )
          return exitCodes.done
        }),
      ),
    )
}

interface HistoryFlags extends MigrationFlags {
  readonly limit?: number
  readonly skip?: number
  readonly status?: HistoryRow['status']
}

export const registerMigrationHistory: Register = (program, act) => {
  const command = migrationCommand(
    program,
    ['history'],
    '',
    'every attempt, the latest first',
    'Shows every attempt, the latest first; nothing in it is ever changed.',
  )
    .option('--limit <n>', 'so many; default 50', whole)
    .option('--skip <n>', 'after so many', whole)
    .addOption(new Option('--status <status>', 'only these').choices(['completed', 'failed', 'rolled-back']))
  withCommon(command)
  command
    .addHelpText(
      'after',
      examples('lockstep migration:history', 'lockstep migration:history --status failed --limit 5'),
    )
    .action(
      act<HistoryFlags>(({ flags, output }) =>
        inMigrations(flags, output, async ({ manager }) => {
          const history = await manager.getHistory({ limit: flags.limit, skip: flags.skip, status: flags.status })
          output.result({ format: 1, history }, (options) =>
            renderHistory(history, flags.status !== undefined || (flags.skip ?? 0) > 0, options),
          )
          return exitCodes.done
        }),
      ),
    )
}
