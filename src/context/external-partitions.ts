// Partitions that something else makes and drops: found in the database, for the model does not know them.
import { nameKey, type ObjectId } from '../engine/identity.js'
import type { SchemaState } from '../engine/state.js'
import { heirsOf, type TableName } from '../objects/relations.js'

/** The undeclared partitions of these tables, theirs in turn, and all that goes with them. */
export function externalPartitions(
  of: readonly TableName[],
  current: SchemaState,
  desired: SchemaState,
): readonly ObjectId[] {
  if (of.length === 0) return []
  const relations = new Set<string>()
  const queue = [...of]
  for (let parent = queue.pop(); parent; parent = queue.pop()) {
    for (const { id } of current.meant(heirsOf(parent))) {
      if (id.schemaName === undefined || id.table === undefined) continue
      const relation = { space: 'relation', schemaName: id.schemaName, name: id.table }
      if (desired.named(relation) || relations.has(nameKey(relation))) continue
      relations.add(nameKey(relation))
      queue.push({ schemaName: id.schemaName, table: id.table })
    }
  }
  if (relations.size === 0) return []
  const isTheirs = (name: Parameters<typeof nameKey>[0]) => relations.has(nameKey(name))
  return [...current.entries.values()]
    .filter(
      ({ kind, object }) =>
        (kind.names?.(object) ?? []).some(isTheirs) || (kind.diesWith?.(object) ?? []).some(isTheirs),
    )
    .map(({ id }) => id)
}
