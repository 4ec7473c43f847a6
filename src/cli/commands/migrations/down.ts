// lockstep migration:down: the last batch back, or what options mean.
import { RefusedError } from '../../../errors.js'
import { examples, type Register } from '../../command.js'
import { migrationCommand, type RunMigrationFlags, whole, withRun } from '../../migrations/flags.js'
import { inMigrations } from '../../migrations/workspace.js'
import { withCommon } from '../../options.js'
import { showRun } from './up.js'

export const registerMigrationDown: Register = (program, act) => {
  const command = migrationCommand(
    program,
    ['down'],
    ' [name]',
    'roll migrations back: the last batch, or what options say',
    'Rolls back the last batch, the latest first. With a name (or version) only that one. Before anything runs it is known that each can be rolled back.',
  )
    .option('--to <version>', 'this version stays, what was applied after it goes; 0: everything goes')
    .option('--steps <n>', 'the last so many', whole)
    .option('--batch <n>', 'that batch', whole)
    .option('--all', 'everything')
    .option('--confirm', 'yes, in a protected environment too')
  withCommon(withRun(command))
  command
    .addHelpText(
      'after',
      examples(
        'lockstep migration:down',
        'lockstep migration:down --steps 1',
        'lockstep migration:down --to 20250122_001',
        'lockstep migration:down --all --dry-run',
      ),
    )
    .action(
      act<RunMigrationFlags>(({ flags, output, operands: [name] }) =>
        inMigrations(flags, output, async ({ manager, workspace, signal }) => {
          if (workspace.settings.protected && !flags.confirm && !flags.dryRun) {
            throw new RefusedError(
              'FORBIDDEN_HERE',
              `Nothing was rolled back: the environment '${workspace.settings.environment}' is protected.`,
              {
                hint: 'A way down drops what the way up made. If that is what you want, add --confirm.',
              },
            )
          }
          const result = await manager.rollback({
            name,
            to: flags.to,
            steps: flags.steps,
            batch: flags.batch,
            all: flags.all,
            continueOnError: flags.continueOnError,
            dryRun: flags.dryRun,
            timeout: flags.runTimeout,
            signal,
          })
          return showRun(result, 'down', flags, output)
        }),
      ),
    )
}
