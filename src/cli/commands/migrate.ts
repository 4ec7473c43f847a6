// lockstep migrate: plan, ask, apply, hooks.
import { UsageError } from '../../errors.js'
import { applying } from '../applying.js'
import { examples, type Register } from '../command.js'
import { exitCodes } from '../exit-codes.js'
import {
  type MigrateFlags,
  withAnswers,
  withCommon,
  withContext,
  withDesired,
  withFormats,
  withScope,
  withTarget,
  withTimeouts,
} from '../options.js'
import { showPlan } from '../plan-document.js'
import { showReport } from '../show-report.js'
import { inWorkspace } from '../workspace.js'

export const registerMigrate: Register = (program, act) => {
  const command = program
    .command('migrate')
    .summary('bring the database in step: plan, ask, apply, verify')
    .description(
      'Brings the database in step with the model: plans, asks once where data would be lost, applies in one transaction, runs the hook, reads back, commits. Without a terminal it refuses what destroys data unless --allow names it.',
    )
  for (const add of [withTarget, withContext, withScope, withDesired, withAnswers]) add(command)
  command.option('--dry-run', 'only show the plan; changes nothing')
  for (const add of [withFormats, withTimeouts, withCommon]) add(command)
  command
    .addHelpText(
      'after',
      examples(
        'lockstep migrate',
        'lockstep migrate --yes',
        'lockstep migrate --yes --allow DROPS_COLUMN:users.old',
        'lockstep migrate --env production --lock-timeout 5s --wait 2m',
        'lockstep migrate --dry-run --sql',
        'lockstep migrate --desired empty --yes --allow data-loss',
      ),
    )
    .action(
      act<MigrateFlags>(({ flags, output }) => {
        if (!flags.dryRun && (flags.sql || flags.markdown || flags.out !== undefined)) {
          throw new UsageError('USAGE', '--sql, --markdown and --out show a plan: they need --dry-run here.', {
            hint: 'Use `lockstep plan`, or add --dry-run.',
          })
        }
        return inWorkspace(flags, async (workspace) => {
          const manager = await workspace.manager(flags.desired)
          if (flags.dryRun) {
            await showPlan(await manager.plan({ measure: true }), flags, output)
            return exitCodes.done
          }
          const report = await applying(flags, output, (options) => manager.migrate({ ...options, reason: 'migrate' }))
          return showReport(report, output) ? exitCodes.done : exitCodes.refused
        })
      }),
    )
}
