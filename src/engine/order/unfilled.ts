// What holds rows of others is made without them where one of those has none yet.
import type { Actions } from '../action.js'
import type { Entry } from '../state.js'
import type { Needs } from './needs.js'

/** The actions with such objects as they can be made. */
export function withoutRows(actions: Actions, needs: Needs): Actions {
  const { current, creates, target } = actions
  const filling = [...creates.values()].filter(({ kind, object }) => kind.ownRows?.filled(object))
  if (filling.length === 0) return actions
  const isEmpty = (entry: Entry, seen: Set<string>): boolean =>
    needs(entry, target).some((needed) => {
      const { key, kind } = needed.entry
      if (seen.has(key)) return false
      seen.add(key)
      // What stays has the rows that it has.
      const { object } = (creates.has(key) ? undefined : current.entries.get(key)) ?? needed.entry
      if (kind.ownRows && !kind.ownRows.filled(object)) return true
      return (!kind.ownRows || creates.has(key)) && isEmpty(needed.entry, seen)
    })
  const unfilled = filling.flatMap((entry) => {
    const object = isEmpty(entry, new Set([entry.key])) ? entry.kind.ownRows?.unfilled(entry.object) : undefined
    return object ? [[entry.key, { ...entry, object }] as const] : []
  })
  return unfilled.length === 0 ? actions : { ...actions, creates: new Map([...creates, ...unfilled]) }
}
