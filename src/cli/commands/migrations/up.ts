// lockstep migration:up: pending files, in order.
import type { MigrationResult } from '../../../migrations/index.js'
import { count } from '../../../terminal/render.js'
import { renderRehearsal } from '../../../terminal/render-migrations.js'
import { examples, type Register } from '../../command.js'
import { type ExitCode, exitCodes } from '../../exit-codes.js'
import { migrationResultDocument } from '../../migrations/documents.js'
import { migrationCommand, type RunMigrationFlags, whole, withRun } from '../../migrations/flags.js'
import { inMigrations } from '../../migrations/workspace.js'
import { withCommon } from '../../options.js'
import type { Output } from '../../output.js'

export const registerMigrationUp: Register = (program, act) => {
  const command = migrationCommand(
    program,
    ['up'],
    ' [name]',
    'run pending migrations',
    'Runs pending migrations in order, each in its own transaction. With a name (or version) only that one.',
  )
    .option('--to <version>', 'up to and with this version')
    .option('--steps <n>', 'at most so many', whole)
    .option('--out-of-order', 'pending ones that are older than an applied one may run')
    .option('--strict', 'warnings of the validation are errors')
    .option('--no-validation', 'do not look for edited and missing files')
  withCommon(withRun(command))
  command
    .addHelpText(
      'after',
      examples(
        'lockstep migration:up',
        'lockstep migration:up --dry-run',
        'lockstep migration:up --to 20250122_001',
        'lockstep migration:up 003_add_phone',
        'lockstep migration:up --steps 1 --json',
      ),
    )
    .action(
      act<RunMigrationFlags>(({ flags, output, operands: [name] }) =>
        inMigrations(flags, output, async ({ manager, signal }) => {
          const result = await manager.migrate({
            name,
            to: flags.to,
            steps: flags.steps,
            outOfOrder: flags.outOfOrder,
            continueOnError: flags.continueOnError,
            dryRun: flags.dryRun,
            timeout: flags.runTimeout,
            signal,
          })
          return showRun(result, 'up', flags, output)
        }),
      ),
    )
}

/** What `up` and `down` end with. */
export function showRun(
  result: MigrationResult,
  direction: 'up' | 'down',
  flags: RunMigrationFlags,
  output: Output,
): ExitCode {
  output.result(migrationResultDocument(result, direction), (options) => {
    if (result.rehearsed) return renderRehearsal(result.rehearsed, flags.dryRun === 'execute', options)
    const [done, nothing] =
      direction === 'up' ? ['Applied', 'Nothing is pending.'] : ['Rolled back', 'Nothing to roll back.']
    const failed =
      result.failed.length === 0
        ? ''
        : `${count(result.failed.length, 'migration')} failed:\n${result.failed.map((one) => `  - ${one.file}: ${one.error.message}`).join('\n')}`
    const executed =
      result.executed.length === 0
        ? failed === ''
          ? nothing
          : ''
        : `${done} ${count(result.executed.length, 'migration')} in ${result.milliseconds} ms.`
    return [executed, failed].filter(Boolean).join('\n')
  })
  return result.success ? exitCodes.done : exitCodes.failed
}
