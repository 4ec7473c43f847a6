// lockstep check: exit 0 in step, 3 not.
import { examples, type Register } from '../command.js'
import { exitCodes } from '../exit-codes.js'
import {
  type PlanFlags,
  withCommon,
  withContext,
  withDesired,
  withScope,
  withTarget,
  withTimeouts,
} from '../options.js'
import { presented, showPlan } from '../plan-document.js'
import { inWorkspace } from '../workspace.js'

export const registerCheck: Register = (program, act) => {
  const command = program
    .command('check')
    .summary('is the database in step? exit 0 yes, 3 no')
    .description(
      'Compares the database with the model (or --desired) and changes nothing. Exit code 0: in step; 3: not.',
    )
  for (const add of [withTarget, withContext, withScope, withDesired, withTimeouts, withCommon]) add(command)
  command
    .addHelpText(
      'after',
      examples('lockstep check', 'lockstep check --env production --json', 'lockstep check --desired schema.sql'),
    )
    .action(
      act<PlanFlags>(({ flags, output }) =>
        inWorkspace(flags, async (workspace) => {
          const plan = await (await workspace.manager(flags.desired)).plan()
          await showPlan(plan, flags, output)
          return presented(plan).inStep ? exitCodes.done : exitCodes.refused
        }),
      ),
    )
}
