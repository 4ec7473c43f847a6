// The options of file-migration commands, and how each command is registered under both of its names.

import { LockstepError } from '../../errors.js'
import { duration } from '../../execute/durations.js'
import { type Command, InvalidArgumentError, Option } from '../commander.js'
import { type TargetFlags, withTarget } from '../options.js'

export interface MigrationFlags extends TargetFlags {
  readonly directory?: readonly string[]
  readonly timeout?: number
  readonly strict?: boolean
}

export interface RunMigrationFlags extends MigrationFlags {
  readonly to?: string
  readonly steps?: number
  readonly batch?: number
  readonly all?: boolean
  readonly dryRun?: boolean | 'execute'
  readonly continueOnError?: boolean
  readonly outOfOrder?: boolean
  readonly runTimeout?: number
  readonly confirm?: boolean
  readonly validation?: boolean
}

export const whole = (text: string): number => {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Write a whole number.')
  return Number(text)
}

const time = (text: string): number => {
  try {
    return duration(text, '--timeout')
  } catch (error) {
    if (error instanceof LockstepError) throw new InvalidArgumentError(error.hint ?? error.message)
    throw error
  }
}

const more = (text: string, earlier: readonly string[] = []): readonly string[] => [...earlier, text]

/** `migration:up`, also as `migrate:up`; what a command is called goes before its arguments. */
export function migrationCommand(
  program: Command,
  names: readonly string[],
  args: string,
  summary: string,
  description: string,
): Command {
  const command = program
    .command(`migration:${names[0]}${args}`)
    .summary(summary)
    .description(description)
    .helpGroup('File migrations:')
  for (const name of names) {
    if (name !== names[0]) command.alias(`migration:${name}`)
    command.alias(`migrate:${name}`)
  }
  withTarget(command)
  return command.addOption(
    new Option(
      '--directory <dir>',
      'where the files are; repeatable; default: the configuration, else ./migrations',
    ).argParser(more),
  )
}

export const withRun = (command: Command): Command =>
  command
    .addOption(new Option('--timeout <duration>', 'for each file; default 30s, 0 none').argParser(time))
    .addOption(new Option('--run-timeout <duration>', 'for the whole run; default none').argParser(time))
    .addOption(
      new Option('--lock-timeout <duration>', 'how long a statement waits for a table lock; default 10s').argParser(
        time,
      ),
    )
    .addOption(
      new Option('--statement-timeout <duration>', 'how long a statement may run; default none').argParser(time),
    )
    .addOption(
      new Option(
        '--wait <duration>',
        'how long to wait for the migration lock; default 60s, 0 fails at once',
      ).argParser(time),
    )
    .addOption(
      new Option(
        '--dry-run [how]',
        'only show what would be sent; =execute sends it in a transaction that is rolled back',
      ).choices(['execute']),
    )
    .option('--continue-on-error', 'go on with the next file after one has failed')
