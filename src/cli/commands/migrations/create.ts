// lockstep migration:create and :generate: new files, empty ones and those made from the model's difference.
import { createMigration } from '../../../migrations/generate/create.js'
import { generateMigration } from '../../../migrations/generate/generate.js'
import { printable } from '../../../terminal/printable.js'
import { count } from '../../../terminal/render.js'
import { examples, type Register } from '../../command.js'
import { Option } from '../../commander.js'
import { exitCodes } from '../../exit-codes.js'
import { type MigrationFlags, migrationCommand } from '../../migrations/flags.js'
import { managerOptions } from '../../migrations/manager-options.js'
import { withCommon, withContext, withScope } from '../../options.js'
import { inWorkspace } from '../../workspace.js'

interface CreateFlags extends MigrationFlags {
  readonly ext?: 'ts' | 'js' | 'mjs' | 'sql'
  readonly desired?: string
}

const extension = new Option('--ext <extension>', 'of the new file; default: the configuration, else ts').choices([
  'ts',
  'js',
  'mjs',
  'sql',
])

export const registerMigrationCreate: Register = (program, act) => {
  withCommon(
    migrationCommand(
      program,
      ['create'],
      ' <name>',
      'a new, empty migration',
      'Writes a new migration file whose version is the current time (UTC).',
    ).addOption(extension),
  )
    .addHelpText(
      'after',
      examples('lockstep migration:create add_users_table', 'lockstep migration:create "Add user index" --ext sql'),
    )
    .action(
      act<CreateFlags>(({ flags, output, operands: [name = ''] }) =>
        inWorkspace(flags, async (workspace) => {
          const made = await createMigration(
            { ...managerOptions(flags, workspace.settings), ...(flags.ext ? { extension: flags.ext } : {}) },
            name,
          )
          output.result({ format: 1, ...made }, () => `Wrote ${printable(made.file)}.`)
          return exitCodes.done
        }),
      ),
    )
}

export const registerMigrationGenerate: Register = (program, act) => {
  const command = migrationCommand(
    program,
    ['generate'],
    ' <name>',
    "a migration from the model's difference, with a way down",
    'Compares the model with what the existing files build in a scratch database (on the server of --url, else PGlite), and writes the difference as a migration with a working way down and a comment for each risk. No database that somebody uses is looked at.',
  ).addOption(extension)
  withContext(command)
  withScope(command)
  command.addOption(new Option('--desired <source>', 'instead of the model: a URL, .sql, .json or empty'))
  withCommon(command)
  command
    .addHelpText(
      'after',
      examples('lockstep migration:generate add_phone', 'lockstep migration:generate add_phone --ext sql'),
    )
    .action(
      act<CreateFlags>(({ flags, output, operands: [name = ''] }) =>
        inWorkspace(flags, async (workspace) => {
          const [desired] = await workspace.sources(flags.desired ?? 'model')
          const made = await generateMigration({
            settings: { ...managerOptions(flags, workspace.settings), ...(flags.ext ? { extension: flags.ext } : {}) },
            name,
            desired: desired!,
            schema: workspace.settings.schema,
            target: workspace.settings.url === undefined ? undefined : workspace.target(),
            onNote: (message) => output.note(`Note: ${printable(message)}`),
          })
          output.result({ format: 1, ...made }, () =>
            [
              `Wrote ${printable(made.file)} (${count(made.up.length, 'step')} up, ${count(made.down.length, 'step')} down).`,
              ...made.up.map(
                (step) =>
                  `  ${printable(step.description)}${step.risks.length > 0 ? ` [${step.risks.join(', ')}]` : ''}`,
              ),
            ].join('\n'),
          )
          return exitCodes.done
        }),
      ),
    )
}
