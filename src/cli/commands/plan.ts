// lockstep plan: what migrate would do.
import { examples, type Register } from '../command.js'
import { exitCodes } from '../exit-codes.js'
import {
  type PlanFlags,
  withCommon,
  withContext,
  withDesired,
  withFormats,
  withScope,
  withTarget,
  withTimeouts,
} from '../options.js'
import { showPlan } from '../plan-document.js'
import { inWorkspace } from '../workspace.js'

export const registerPlan: Register = (program, act) => {
  const command = program
    .command('plan')
    .summary('show what migrate would do: numbered, with risks')
    .description(
      'Shows what `lockstep migrate` would do: numbered, with risks and the rows at stake. Changes nothing; exit code 0.',
    )
  for (const add of [withTarget, withContext, withScope, withDesired, withFormats, withTimeouts, withCommon])
    add(command)
  command
    .addHelpText(
      'after',
      examples(
        'lockstep plan',
        'lockstep plan --url postgres://app@localhost:5432/app --verbose',
        'lockstep plan --sql --out change.sql',
        'lockstep plan --markdown > comment.md',
        'lockstep plan --desired schema.sql --json',
      ),
    )
    .action(
      act<PlanFlags>(({ flags, output }) =>
        inWorkspace(flags, async (workspace) => {
          const manager = await workspace.manager(flags.desired)
          await showPlan(await manager.plan({ measure: true }), flags, output)
          return exitCodes.done
        }),
      ),
    )
}
