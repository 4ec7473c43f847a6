// The options that commands share: how each is declared, parsed and refused.

import { LockstepError } from '../errors.js'
import { checkAllowance } from '../execute/confirm.js'
import { duration } from '../execute/durations.js'
import { type Command, InvalidArgumentError, Option } from './commander.js'

/** Who is asked, and how: shared by every command. */
export interface CommonFlags {
  readonly json?: boolean
  readonly verbose?: boolean
  readonly color?: boolean
}

export interface TargetFlags extends CommonFlags {
  readonly url?: string
  readonly config?: string
  readonly env?: string
  readonly context?: string
  readonly schemas?: readonly string[]
  readonly dropUndeclared?: boolean
  readonly lockTimeout?: number
  readonly statementTimeout?: number
  readonly wait?: number
}

export interface PlanFlags extends TargetFlags {
  readonly desired?: string
  readonly sql?: boolean
  readonly markdown?: boolean
  readonly out?: string
}

export interface RunFlags extends TargetFlags {
  readonly yes?: boolean
  readonly allow?: readonly string[]
}

export interface MigrateFlags extends PlanFlags, RunFlags {
  readonly dryRun?: boolean
}

const parsed =
  <T>(parse: (text: string) => T) =>
  (text: string): T => {
    try {
      return parse(text)
    } catch (error) {
      if (!(error instanceof LockstepError)) throw error
      throw new InvalidArgumentError(error.hint ?? error.message)
    }
  }

const list = (text: string): readonly string[] => {
  const items = text.split(',').map((item) => item.trim())
  if (items.includes('')) throw new InvalidArgumentError('Write names with commas between them: a,b.')
  return items
}

const allowance = (text: string, earlier: readonly string[] = []): readonly string[] => {
  checkAllowance(text)
  if (text.endsWith(':')) throw new InvalidArgumentError('Write the object after the colon: DROPS_COLUMN:users.old.')
  return [...earlier, text]
}

const notEmpty = (text: string): string => {
  if (text.trim() === '') throw new InvalidArgumentError('It must not be empty.')
  return text
}

const withParser = (option: Option, parser: (text: string) => unknown): Option => option.argParser(parser)
const time = (flags: string, description: string): Option =>
  withParser(
    new Option(`${flags} <duration>`, description),
    parsed((text) => duration(text, flags)),
  )

/** `--json --verbose --no-color`. */
export const withCommon = (command: Command): Command =>
  command
    .option('--json', 'one JSON document on stdout; what people read goes to stderr')
    .option('--verbose', 'also SQL, source lines, objects that are not managed, stacks of errors')
    .option('--no-color', 'no colours (NO_COLOR is obeyed too)')

/** Which database, by which configuration. */
export const withTarget = (command: Command): Command =>
  command
    .addOption(
      withParser(
        new Option('--url <url>', 'the database: postgres://… or pglite:<dir>; else the config, else DATABASE_URL'),
        notEmpty,
      ),
    )
    .addOption(
      withParser(new Option('--config <file>', 'the configuration; default lockstep.config.{ts,mts,js,mjs}'), notEmpty),
    )
    .addOption(
      withParser(new Option('--env <name>', 'an environment of the configuration (or LOCKSTEP_ENV)'), notEmpty),
    )

/** Where the model is. */
export const withContext = (command: Command): Command =>
  command.addOption(
    withParser(
      new Option('--context <file#Name>', 'the module of the DbContext; #Name where it exports several'),
      notEmpty,
    ),
  )

/** What is managed. */
export const withScope = (command: Command): Command =>
  command.addOption(withParser(new Option('--schemas <a,b>', 'the managed schemas'), list))

export const withDesired = (command: Command): Command =>
  command
    .addOption(
      withParser(
        new Option('--desired <source>', 'go there instead of to the model: a URL, .sql, .json, model or empty'),
        notEmpty,
      ),
    )
    .option('--drop-undeclared', 'drop what is in the managed schemas and not desired (asked about)')

/** `--sql --markdown --out`. */
export const withFormats = (command: Command): Command =>
  command
    .addOption(new Option('--sql', 'the plan as a script for psql').conflicts(['markdown', 'json']))
    .addOption(new Option('--markdown', 'the plan as text for a pull request').conflicts('json'))
    .addOption(withParser(new Option('--out <file>', 'write it to a file (JSON unless --sql or --markdown)'), notEmpty))

export const withTimeouts = (command: Command): Command =>
  command
    .addOption(time('--lock-timeout', 'how long a statement waits for a table lock; default 10s'))
    .addOption(time('--statement-timeout', 'how long a statement may run; default none'))
    .addOption(time('--wait', 'how long to wait for the migration lock; default 60s, 0 fails at once'))

/** Who answers. */
export const withAnswers = (command: Command): Command =>
  command
    .option('--yes', 'do not ask; what destroys data still needs --allow')
    .addOption(
      new Option(
        '--allow <risk[:object]>',
        'allow a risk code or level (data-loss, blocking, may-fail), for all objects or one; repeatable',
      ).argParser(allowance),
    )
