// The question in the terminal; the only importer of inquirer, and loaded by import() only where there is somebody to ask.
import inquirer from 'inquirer'
import type { Decision, Plan } from '../engine/plan.js'
import { wantsColor } from './interactive.js'
import { renderPlan, renderWarning } from './render.js'

export interface AskOptions {
  /** Default: as the terminal and NO_COLOR say. */
  readonly color?: boolean
}

/**
 * Prints the numbered plan and the warning block to stderr and asks `(y/N)` once.
 * Enter, n, Ctrl-C, Ctrl-D, end of input and SIGINT, SIGTERM or SIGHUP at the question are all no.
 */
export async function askInTerminal(plan: Plan, options: AskOptions = {}): Promise<Decision> {
  const color = options.color ?? wantsColor(process.stderr)
  const warning = renderWarning(plan, { color })
  process.stderr.write(`${renderPlan(plan, { color })}\n\n${warning === '' ? '' : `${warning}\n\n`}`)
  const ended = new AbortController()
  const stop = () => ended.abort()
  const onKey = (_text: string | undefined, key: { readonly ctrl?: boolean; readonly name?: string } | undefined) => {
    if (key?.ctrl && key.name === 'd') stop()
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, stop)
  for (const event of ['end', 'close', 'error']) process.stdin.on(event, stop)
  process.stdin.on('keypress', onKey)
  try {
    const ask = inquirer.createPromptModule({ input: process.stdin, output: process.stderr, signal: ended.signal })
    const { go } = await ask<{ go: boolean }>([
      { type: 'confirm', name: 'go', message: 'Do you want to continue?', default: false, theme: theme(color) },
    ])
    return go ? { allowed: true } : { allowed: false, reason: 'The answer was no.' }
  } catch (error) {
    if (!(error instanceof Error) || !['ExitPromptError', 'AbortPromptError', 'CancelPromptError'].includes(error.name))
      throw error
    process.stderr.write('\n')
    return { allowed: false, reason: 'The question was left without an answer.' }
  } finally {
    for (const signal of signals) process.off(signal, stop)
    for (const event of ['end', 'close', 'error']) process.stdin.off(event, stop)
    process.stdin.off('keypress', onKey)
    process.stdin.pause()
  }
}

const same = (text: string): string => text

function theme(color: boolean) {
  return color
    ? {}
    : {
        prefix: { idle: '?', done: '?', loading: '?' },
        style: { message: same, answer: same, error: same, defaultAnswer: (text: string) => `(${text})` },
      }
}
