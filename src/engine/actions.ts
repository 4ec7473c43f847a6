// From differences to actions: what is created, altered, dropped, and what has to make way and come back because something else changes.
import type { Actions } from './action.js'
import { Consequences, type ConsequencesInput } from './consequences.js'
import { settleGiven } from './given.js'
import { broughtAlong, heldThrough, takenAlong } from './latent.js'
import { keptParts, partOperations, settleParts, withSwapped } from './parts.js'

/**
 * Works out everything that the differences entail.
 * @throws PlanError BLOCKED_BY_UNMANAGED where somebody else's object stands in the way
 */
export function actionsOf(input: ConsequencesInput): Actions {
  const { difference, desired } = input
  const { current, unwanted } = difference
  const consequences = new Consequences(input)
  consequences.work()
  const { creates, alters, drops, asides, made } = consequences
  const target = made.size === 0 ? desired : desired.with(made)
  for (const key of broughtAlong(target, creates)) creates.delete(key)
  const held = heldThrough(current, target, drops)
  for (const entry of held.gone) drops.set(entry.key, { entry, reason: 'rebuild' })
  for (const entry of held.come) creates.set(entry.key, entry)
  for (const key of takenAlong(current, drops)) drops.delete(key)
  settleParts(current, target, { creates, drops }, held.kept)
  settleGiven({ current, target, creates, alters, drops, asides }, unwanted ?? (() => false))
  const parts = keptParts(difference.parts, current, { creates, drops })
  for (const part of parts) {
    const after = partOperations(part, target)
    if (after !== 'recreate' && after.length > 0)
      alters.set(part.to.key, { entry: part.to, before: [], after, disturbs: false, fresh: true })
  }
  const renamedParts = withSwapped(parts, current, target, { creates, drops })
  return { current, target, creates, alters, drops, asides, renamedParts }
}
