// What goes with an object that PostgreSQL drops: what is attached to it, and what says so itself.
import { nameKey } from './identity.js'
import { type Entry, namesOf, type SchemaState } from './state.js'

/** What is attached to an object has no edge in pg_depend. */
export function attachments(current: SchemaState): ReadonlyMap<string, readonly Entry[]> {
  const found = new Map<string, Entry[]>()
  for (const entry of current.entries.values()) {
    const parent = entry.object.on === undefined ? undefined : current.parent(entry)
    const parts = (entry.kind.partlyOn?.(entry.object) ?? []).flatMap((name) => current.named(name) ?? [])
    for (const { key } of [...(parent ? [parent] : []), ...parts]) found.set(key, [...(found.get(key) ?? []), entry])
  }
  return found
}

export function diesWith(entry: Entry, source: Entry, current: SchemaState): boolean {
  if (entry.object.on !== undefined) return current.parent(entry)?.key === source.key
  const names = new Set(namesOf(source).map(nameKey))
  return (entry.kind.diesWith?.(entry.object) ?? []).some((name) => names.has(nameKey(name)))
}
