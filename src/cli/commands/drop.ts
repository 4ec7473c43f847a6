// lockstep drop: ensureDeleted, asked about as migrate does.
import { applying } from '../applying.js'
import { examples, type Register } from '../command.js'
import { exitCodes } from '../exit-codes.js'
import { type RunFlags, withAnswers, withCommon, withContext, withScope, withTarget, withTimeouts } from '../options.js'
import { showPlan } from '../plan-document.js'
import { showReport } from '../show-report.js'
import { inWorkspace, refuseWhereProtected } from '../workspace.js'

export const registerDrop: Register = (program, act) => {
  const command = program
    .command('drop')
    .summary('drop everything that is ours')
    .description(
      'Drops what the ledger and the model call ours, in reverse order, and nothing else. Asks; without a terminal it needs --allow data-loss. Refused under NODE_ENV=production and in protected environments.',
    )
  for (const add of [withTarget, withContext, withScope, withAnswers]) add(command)
  command.option('--dry-run', 'only show the plan; changes nothing')
  for (const add of [withTimeouts, withCommon]) add(command)
  command
    .addHelpText('after', examples('lockstep drop', 'lockstep drop --dry-run', 'lockstep drop --yes --allow data-loss'))
    .action(
      act<RunFlags & { readonly dryRun?: boolean }>(({ flags, output }) =>
        inWorkspace(flags, async (workspace) => {
          if (!flags.dryRun) refuseWhereProtected(workspace.settings, 'drop')
          const manager = await workspace.manager()
          if (flags.dryRun) await showPlan(await manager.planDeleted({ measure: true }), flags, output)
          else
            showReport(
              await applying(flags, output, (options) => manager.ensureDeleted({ ...options, reason: 'drop' })),
              output,
            )
          return exitCodes.done
        }),
      ),
    )
}
