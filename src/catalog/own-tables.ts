// Tables of Lockstep's own that lie outside of its schema, because their place was configured: nobody's strangers, never read as the user's.
import type { Entry } from '../engine/state.js'

/** The comment by which the journal's tables are known, wherever they are. */
export const journalMark = 'Lockstep: journal of file migrations'

const relation = (schemaName: string | undefined, name: string | undefined): string =>
  JSON.stringify([schemaName, name])

/** The entries without marked tables and what is on them. */
export function withoutOwnTables(entries: readonly Entry[]): readonly Entry[] {
  const own = new Set(
    entries.flatMap(({ object }) => {
      const { on, text } = object as { on?: Entry['id']; text?: unknown }
      return text === journalMark && on !== undefined && on.table === undefined
        ? [relation(on.schemaName, on.name)]
        : []
    }),
  )
  if (own.size === 0) return entries
  const isOwn = (id: Entry['id']) =>
    id.table === undefined ? own.has(relation(id.schemaName, id.name)) : own.has(relation(id.schemaName, id.table))
  return entries.filter(({ id, object }) => !isOwn(id) && !(object.on && isOwn(object.on)))
}
