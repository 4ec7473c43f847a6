// What a command file is given: the program to register on, and how its work is run.
import type { Command } from './commander.js'
import type { ExitCode } from './exit-codes.js'
import type { CommonFlags } from './options.js'
import type { Output } from './output.js'

export interface Invocation<F extends CommonFlags> {
  readonly flags: F
  readonly output: Output
  /** The positional arguments. */
  readonly operands: readonly string[]
}

/** Turns a command's work into commander's action. */
export type Act = <F extends CommonFlags>(
  work: (invocation: Invocation<F>) => Promise<ExitCode>,
) => (...args: unknown[]) => Promise<void>

/** Adds one command to the program. */
export type Register = (program: Command, act: Act) => void

/** The examples at the end of a command's help. */
export const examples = (...lines: readonly string[]): string =>
  `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}\n`
