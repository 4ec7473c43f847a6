// Who decides, from what the caller said: a terminal where there is one, else nobody; an allow-list; a function.
import type { Confirmer } from '../execute/confirm.js'
import type { MigrateOptions } from './options.js'

export interface Decider {
  readonly confirm: Confirmer
  readonly allowed: readonly string[]
}

const refuse =
  (reason: string): Confirmer =>
  async () => ({ allowed: false, reason })

export async function decider(confirm: MigrateOptions['confirm'], allowed: readonly string[]): Promise<Decider> {
  if (typeof confirm === 'function') return { confirm, allowed }
  if (typeof confirm === 'object')
    return { confirm: refuse('not in the list of what is allowed'), allowed: [...allowed, ...confirm.allowed] }
  if (confirm === 'refuse') return { confirm: refuse("confirm is 'refuse'"), allowed }
  const { isInteractive } = await import('../terminal/interactive.js')
  if (!isInteractive()) return { confirm: refuse('there is no terminal to ask in'), allowed }
  return { confirm: async (plan) => (await import('../terminal/prompts.js')).askInTerminal(plan), allowed }
}
