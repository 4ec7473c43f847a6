// lockstep lock-status: who holds the migration lock.
import { printable } from '../../terminal/printable.js'
import { examples, type Register } from '../command.js'
import { exitCodes } from '../exit-codes.js'
import { holderText } from '../holder-text.js'
import { type TargetFlags, withCommon, withTarget } from '../options.js'
import { inWorkspace } from '../workspace.js'

export const registerLockStatus: Register = (program, act) => {
  const command = program
    .command('lock-status')
    .aliases(['migration:lock-status', 'migrate:lock-status'])
    .summary('who holds the migration lock')
    .description('Shows who holds the migration lock. Exit code 0, held or not.')
  for (const add of [withTarget, withCommon]) add(command)
  command.addHelpText('after', examples('lockstep lock-status', 'lockstep lock-status --json')).action(
    act<TargetFlags>(({ flags, output }) =>
      inWorkspace(flags, async (workspace) => {
        const holder = await workspace.targetManager().lockStatus()
        output.result({ format: 1, held: holder !== undefined, holder: holder ?? null }, () =>
          holder ? `Held by ${printable(holderText(holder))}.` : 'Not held.',
        )
        return exitCodes.done
      }),
    ),
  )
}
