// lockstep migration:validate and :repair: everything that is wrong at once, and a person's word where no program can know.
import { MigrationManager } from '../../../migrations/index.js'
import { printable } from '../../../terminal/printable.js'
import { renderValidation } from '../../../terminal/render-migrations.js'
import { examples, type Register } from '../../command.js'
import { exitCodes } from '../../exit-codes.js'
import { type MigrationFlags, migrationCommand } from '../../migrations/flags.js'
import { managerOptions } from '../../migrations/manager-options.js'
import { inMigrations } from '../../migrations/workspace.js'
import { withCommon } from '../../options.js'
import { inWorkspace } from '../../workspace.js'

interface ValidateFlags extends MigrationFlags {
  readonly offline?: boolean
  readonly roundTrip?: boolean
}

export const registerMigrationValidate: Register = (program, act) => {
  const command = migrationCommand(
    program,
    ['validate'],
    '',
    'everything that is wrong with files and journal, at once',
    'Checks names, versions, order, exports, SQL, dependencies, and the files against the journal. Exit code 1 where there are errors.',
  )
    .option('--strict', 'warnings are errors')
    .option('--offline', 'only the files; no database is asked')
    .option('--round-trip', 'also every migration up, down and up again in a scratch database')
  withCommon(command)
  command
    .addHelpText(
      'after',
      examples(
        'lockstep migration:validate',
        'lockstep migration:validate --strict --offline',
        'lockstep migration:validate --round-trip',
      ),
    )
    .action(
      act<ValidateFlags>(({ flags, output }) =>
        inWorkspace(flags, async (workspace) => {
          const client = flags.offline ? workspace.anyDatabase() : workspace.target()
          const manager = new MigrationManager({ ...managerOptions(flags, workspace.settings), client })
          const report = await manager.validate({ offline: flags.offline === true })
          const trip = flags.roundTrip && report.valid ? await manager.validateRoundTrip() : undefined
          output.result({ format: 1, ...report, ...(trip ? { roundTrip: trip } : {}) }, (options) =>
            [
              renderValidation(report, options),
              ...(trip
                ? [
                    `Round trip: ${trip.checked} up, down and up again; the schema was the same each time.`,
                    ...(trip.irreversible.length > 0
                      ? [`Only up, for want of a way down: ${trip.irreversible.map(printable).join(', ')}.`]
                      : []),
                  ]
                : []),
            ].join('\n'),
          )
          return report.valid ? exitCodes.done : exitCodes.failed
        }),
      ),
    )
}

interface RepairFlags extends MigrationFlags {
  readonly applied?: boolean
  readonly pending?: boolean
  readonly acceptChanges?: boolean
  readonly forget?: boolean
}

export const registerMigrationRepair: Register = (program, act) => {
  const command = migrationCommand(
    program,
    ['repair'],
    ' [migration]',
    'say what is true where no program can know',
    'Writes into the journal what you say: a migration without transaction that was cut off is applied or pending; an edited file is as the database is; a file is gone for good.',
  )
    .option(
      '--applied',
      'it has been finished by hand, or the database has had all of it before: record it without running it',
    )
    .option('--pending', 'what it did has been undone; it runs again')
    .option('--accept-changes', 'the database is as the edited files say; without a migration: all of them')
    .option('--forget', 'its file is gone for good; the history keeps it')
  withCommon(command)
  command
    .addHelpText(
      'after',
      examples('lockstep migration:repair 007 --applied', 'lockstep migration:repair --accept-changes'),
    )
    .action(
      act<RepairFlags>(({ flags, output, operands: [migration] }) =>
        inMigrations(flags, output, async ({ manager }) => {
          const both = flags.applied && flags.pending
          const repaired = await manager.repair({
            migration,
            as: both ? undefined : flags.applied ? 'applied' : flags.pending ? 'pending' : undefined,
            acceptChanges: flags.acceptChanges,
            forget: flags.forget,
          })
          output.result({ format: 1, repaired }, () =>
            repaired.length === 0
              ? 'Nothing to repair.'
              : repaired.map((one) => `${printable(one.file)}: ${one.change}`).join('\n'),
          )
          return exitCodes.done
        }),
      ),
    )
}
