// lockstep init: a configuration and a first context.
import { examples, type Register } from '../command.js'
import { exitCodes } from '../exit-codes.js'
import { type CommonFlags, withCommon } from '../options.js'
import { nextSteps, writeProject } from '../templates/project.js'

export const registerInit: Register = (program, act) => {
  const command = program
    .command('init')
    .summary('write a configuration and a first context')
    .description(
      'Writes lockstep.config.ts and src/database.ts into the current folder. A file that exists is an error; --force replaces it.',
    )
    .option('--force', 'replace files that exist')
  withCommon(command)
  command.addHelpText('after', examples('lockstep init', 'lockstep init --force')).action(
    act<CommonFlags & { readonly force?: boolean }>(async ({ flags, output }) => {
      const written = await writeProject(process.cwd(), flags.force === true)
      output.result({ format: 1, written }, () =>
        [...written.map((file) => `Wrote ${file}.`), '', nextSteps].join('\n'),
      )
      return exitCodes.done
    }),
  )
}
