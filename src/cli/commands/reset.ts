// lockstep reset: ensureDeleted, then ensureCreated.
import { applying } from '../applying.js'
import { examples, type Register } from '../command.js'
import { exitCodes } from '../exit-codes.js'
import { type RunFlags, withAnswers, withCommon, withContext, withScope, withTarget, withTimeouts } from '../options.js'
import { reportDocument } from '../plan-document.js'
import { peopleRead } from '../show-report.js'
import { inWorkspace, refuseWhereProtected } from '../workspace.js'

export const registerReset: Register = (program, act) => {
  const command = program
    .command('reset')
    .summary('drop everything that is ours, then create it')
    .description(
      'Drops what is ours and creates it again, empty. Asks; without a terminal it needs --allow data-loss. Refused under NODE_ENV=production and in protected environments.',
    )
  for (const add of [withTarget, withContext, withScope, withAnswers, withTimeouts, withCommon]) add(command)
  command.addHelpText('after', examples('lockstep reset', 'lockstep reset --env test --yes --allow data-loss')).action(
    act<RunFlags>(({ flags, output }) =>
      inWorkspace(flags, async (workspace) => {
        refuseWhereProtected(workspace.settings, 'reset')
        const manager = await workspace.manager()
        const dropped = await applying(flags, output, (options) =>
          manager.ensureDeleted({ ...options, reason: 'reset' }),
        )
        const created = await applying(flags, output, (options) =>
          manager.ensureCreated({ ...options, reason: 'reset' }),
        )
        output.result({ format: 1, dropped: reportDocument(dropped), created: reportDocument(created) }, (options) =>
          [`Drop: ${peopleRead(dropped, options)}`, `Create: ${peopleRead(created, options)}`].join('\n'),
        )
        return exitCodes.done
      }),
    ),
  )
}
