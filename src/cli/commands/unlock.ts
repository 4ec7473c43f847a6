// lockstep unlock --confirm: ends the session that holds the migration lock.
import { RefusedError } from '../../errors.js'
import { printable } from '../../terminal/printable.js'
import { examples, type Register } from '../command.js'
import { exitCodes } from '../exit-codes.js'
import { holderText } from '../holder-text.js'
import { type TargetFlags, withCommon, withTarget } from '../options.js'
import { inWorkspace } from '../workspace.js'

export const registerUnlock: Register = (program, act) => {
  const command = program
    .command('unlock')
    .aliases(['migration:unlock', 'migrate:unlock', 'migration:force-unlock', 'migrate:force-unlock'])
    .summary('end the session that holds the migration lock')
    .description('Ends the session that holds the migration lock; its transaction is rolled back. Needs --confirm.')
  withTarget(command)
  command.option('--confirm', 'yes, end that session')
  withCommon(command)
  command.addHelpText('after', examples('lockstep unlock --confirm', 'lockstep unlock --confirm --json')).action(
    act<TargetFlags & { readonly confirm?: boolean }>(({ flags, output }) =>
      inWorkspace(flags, async (workspace) => {
        const manager = workspace.targetManager()
        if (!flags.confirm) {
          const holder = await manager.lockStatus()
          throw new RefusedError(
            'REFUSED',
            `Nothing was ended: the lock is ${holder ? `held by ${holderText(holder)}` : 'not held'}.`,
            {
              hint: '`lockstep unlock --confirm` ends the session that holds it and rolls its work back.',
              details: { holder: holder ?? null },
            },
          )
        }
        const ended = await manager.unlock()
        output.result({ format: 1, ended: ended ?? null }, () =>
          ended ? `Ended the session of ${printable(holderText(ended))}.` : 'Not held: nothing to end.',
        )
        return exitCodes.done
      }),
    ),
  )
}
