// The program: its commands, its help, and commander's complaints as errors of ours.
import { release } from '../context/release.js'
import { UsageError } from '../errors.js'
import { type Act, examples } from './command.js'
import { Command, CommanderError } from './commander.js'
import { registerCheck } from './commands/check.js'
import { registerCreate } from './commands/create.js'
import { registerDiff } from './commands/diff.js'
import { registerDrop } from './commands/drop.js'
import { registerInit } from './commands/init.js'
import { registerLockStatus } from './commands/lock-status.js'
import { registerMigrate } from './commands/migrate.js'
import { registerMigrationCreate, registerMigrationGenerate } from './commands/migrations/create.js'
import { registerMigrationDown } from './commands/migrations/down.js'
import {
  registerMigrationHistory,
  registerMigrationList,
  registerMigrationStatus,
} from './commands/migrations/status.js'
import { registerMigrationUp } from './commands/migrations/up.js'
import { registerMigrationRepair, registerMigrationValidate } from './commands/migrations/validate.js'
import { registerPlan } from './commands/plan.js'
import { registerReset } from './commands/reset.js'
import { registerSnapshot } from './commands/snapshot.js'
import { registerUnlock } from './commands/unlock.js'
import { type ExitCode, exitCodes } from './exit-codes.js'
import type { CommonFlags } from './options.js'
import { Output } from './output.js'

const commands = [
  registerInit,
  registerPlan,
  registerMigrate,
  registerCreate,
  registerDrop,
  registerReset,
  registerCheck,
  registerDiff,
  registerSnapshot,
  registerLockStatus,
  registerUnlock,
  registerMigrationCreate,
  registerMigrationGenerate,
  registerMigrationUp,
  registerMigrationDown,
  registerMigrationStatus,
  registerMigrationHistory,
  registerMigrationList,
  registerMigrationValidate,
  registerMigrationRepair,
]

function build(act: Act): Command {
  const program = new Command('lockstep')
    .description('Keeps a PostgreSQL schema in step with TypeScript entity classes.')
    .version(release(), '--version', 'the version of lockstep')
    .helpCommand('help [command]', 'help for a command')
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .addHelpText(
      'after',
      `${examples('lockstep init', 'lockstep plan', 'lockstep migrate', 'lockstep check --json')}
Exit codes: 0 done or in step; 1 failed; 2 wrong usage or configuration; 3 refused, or not in step.`,
    )
  for (const register of commands) register(program, act)
  return program
}

/** Runs one command line, without `node` and the script; the exit code. Errors are thrown. */
export async function runProgram(argv: readonly string[]): Promise<ExitCode> {
  let exit: ExitCode = exitCodes.done
  const act: Act =
    (work) =>
    async (...args) => {
      const command = args.at(-1) as Command
      const flags = command.opts<CommonFlags>()
      exit = await work({ flags: flags as never, output: new Output(flags), operands: command.args })
    }
  const program = build(act)
  if (argv.length === 0) {
    process.stderr.write(program.helpInformation())
    return exitCodes.usage
  }
  try {
    await program.parseAsync(argv, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return exitCodes.done
    throw usageError(error, argv)
  }
  return exit
}

function usageError(error: CommanderError, argv: readonly string[]): UsageError {
  const [first = '', ...rest] = error.message.replace(/^error: /, '').split('\n')
  const suggestion = rest.join(' ').replace(/^\(|\)$/g, '')
  const command = argv.find((item) => !item.startsWith('-'))
  const known = command !== undefined && error.code !== 'commander.unknownCommand'
  return new UsageError(
    'USAGE',
    `${first.replace(/^./, (letter) => letter.toUpperCase())}${/[.!?]$/.test(first) ? '' : '.'}`,
    {
      hint: suggestion || `See \`lockstep ${known ? `${command} ` : ''}--help\`.`,
    },
  )
}
