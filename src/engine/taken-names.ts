// Names that a plan takes and that somebody who stays holds: refused before anything is sent.
import { PlanError } from '../errors.js'
import type { Actions } from './action.js'
import { display, nameKey } from './identity.js'

/** Names that the plan takes and that somebody who stays holds. */
export function refuseTakenNames(actions: Actions): void {
  const { current, creates, drops, asides } = actions
  for (const entry of creates.values()) {
    for (const name of entry.kind.names?.(entry.object) ?? []) {
      if (name.space === 'key') continue
      const holder = current.named(name)
      if (!holder || drops.has(holder.key) || asides.has(holder.key) || holder.key === entry.key) continue
      throw new PlanError(
        'NAME_TAKEN',
        `'${display(entry.id)}' (${entry.id.kind}) cannot be created: the name ${nameKey(name)} is held by ${holder.id.kind} '${display(holder.id)}'.`,
        {
          hint: `Rename one of them, or say that ${holder.id.kind} '${display(holder.id)}' was renamed with renamedFrom.`,
          details: { object: entry.id, holder: holder.id },
        },
      )
    }
  }
}
