// What an object needs on a side, resolved once.
import type { ExpressionTools } from '../ports.js'
import { type Resolved, references, type SearchPath } from '../references.js'
import type { Entry, SchemaState } from '../state.js'

export type Needs = (entry: Entry, side: SchemaState) => readonly Resolved[]

export function cachedNeeds({
  path,
  tools,
}: {
  readonly path: SearchPath
  readonly tools: ExpressionTools | undefined
}): Needs {
  const sides = new Map<SchemaState, Map<Entry, readonly Resolved[]>>()
  return (entry, side) => {
    const known = sides.get(side) ?? new Map<Entry, readonly Resolved[]>()
    sides.set(side, known)
    const found = known.get(entry) ?? references(entry, side, path, tools)
    known.set(entry, found)
    return found
  }
}
