// What PostgreSQL itself makes along with an object (by default privileges, an owner): it is altered or taken away instead of being made again.
import type { Actions, AlterAction } from './action.js'
import { type Entry, entryOf, SchemaState } from './state.js'

interface Open extends Omit<Actions, 'renamedParts'> {
  readonly creates: Map<string, Entry>
  readonly alters: Map<string, AlterAction>
}

/** Of what comes by itself, what is wanted as it is needs nothing, what is wanted otherwise is altered, what nobody wants goes. */
export function settleGiven(
  { current, target, creates, alters, drops, asides }: Open,
  unwanted: (entry: Entry) => boolean,
): void {
  const kinds = target.registry.kinds.filter((kind) => kind.given)
  if (kinds.length === 0 || creates.size === 0) return
  const kept = [...current.entries.values()].filter(({ key }) => !drops.has(key) && !target.entries.has(key))
  const side = new SchemaState(target.registry, target.server, [...kept, ...target.entries.values()])
  for (const made of [...creates.values()]) {
    if (made.object.on !== undefined) continue
    const remade = drops.has(made.key) || asides.has(made.key)
    for (const kind of kinds) {
      for (const object of kind.given?.(made.id, side) ?? []) {
        const entry = entryOf(kind, object)
        const wanted = creates.get(entry.key)
        if (wanted) {
          const changed = kind.differences(entry.object, wanted.object)
          const after = changed.length === 0 ? [] : kind.alter?.(entry.object, wanted.object, changed, target)
          if (after === 'recreate' || after === undefined) continue
          creates.delete(entry.key)
          if (after.length > 0)
            alters.set(entry.key, { entry: wanted, before: [], after, disturbs: false, fresh: true })
        } else if (remade ? !kind.optional : unwanted(entry)) {
          const after = [kind.drop(entry.object, target, target)].flat()
          alters.set(entry.key, { entry, before: [], after, disturbs: false, fresh: true })
        }
      }
    }
  }
}
