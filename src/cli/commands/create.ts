// lockstep create: ensureCreated.
import { applying } from '../applying.js'
import { examples, type Register } from '../command.js'
import { exitCodes } from '../exit-codes.js'
import { type RunFlags, withCommon, withContext, withScope, withTarget, withTimeouts } from '../options.js'
import { showReport } from '../show-report.js'
import { inWorkspace } from '../workspace.js'

export const registerCreate: Register = (program, act) => {
  const command = program
    .command('create')
    .summary('create what is missing; alter and drop nothing')
    .description(
      'Creates what the model declares and the database lacks, then runs the hook. Alters and drops nothing, and never asks.',
    )
  for (const add of [withTarget, withContext, withScope, withTimeouts, withCommon]) add(command)
  command
    .addHelpText(
      'after',
      examples('lockstep create', 'lockstep create --url pglite:./data', 'lockstep create --env test --json'),
    )
    .action(
      act<RunFlags>(({ flags, output }) =>
        inWorkspace(flags, async (workspace) => {
          const manager = await workspace.manager()
          showReport(
            await applying(flags, output, (options) => manager.ensureCreated({ ...options, reason: 'create' })),
            output,
          )
          return exitCodes.done
        }),
      ),
    )
}
