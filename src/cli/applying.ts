// A run that changes a database, as the command line does it: who is asked, what is shown meanwhile, what Ctrl-C means.
import type { MigrateOptions, MigrateReport } from '../context/options.js'
import type { Confirmer } from '../execute/confirm.js'
import { isInteractive } from '../terminal/interactive.js'
import { progressLines } from '../terminal/progress.js'
import { renderPlan } from '../terminal/render.js'
import type { RunFlags } from './options.js'
import type { Output } from './output.js'
import { presented } from './plan-document.js'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Runs `work` with the options that flags and terminal give; the plan and the progress go to stderr. */
export async function applying(
  flags: RunFlags,
  output: Output,
  work: (options: MigrateOptions) => Promise<MigrateReport>,
): Promise<MigrateReport> {
  const cancel = new AbortController()
  const onSignal = () => {
    for (const signal of signals) process.off(signal, onSignal)
    output.note('Cancelling: rolling back. The same key again ends the program at once.')
    cancel.abort()
  }
  const listening = (on: boolean) => {
    for (const signal of signals) {
      if (on) process.on(signal, onSignal)
      else process.off(signal, onSignal)
    }
  }
  let asked = false
  const confirm: Confirmer = async (plan) => {
    if (flags.yes) return { allowed: false, reason: '--yes does not cover it' }
    if (!isInteractive()) return { allowed: false, reason: 'there is no terminal to ask in' }
    asked = true
    listening(false)
    const { askInTerminal } = await import('../terminal/prompts.js')
    const decision = await askInTerminal(presented(plan), { color: output.forNotes.color === true })
    listening(true)
    return decision
  }
  const progress = progressLines((line) => output.note(line), output.forNotes)
  listening(true)
  try {
    return await work({
      confirm,
      allow: flags.allow ?? [],
      signal: cancel.signal,
      onEvent: (event) => {
        if (event.type === 'plan') {
          if (!asked && event.plan.steps.length > 0)
            output.note(`${renderPlan(presented(event.plan), output.forNotes)}\n`)
          asked = false
        }
        progress(event)
      },
    })
  } finally {
    listening(false)
  }
}
