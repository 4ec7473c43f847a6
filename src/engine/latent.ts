// What a partition has from its parent becomes its own when it is detached, and the other way round: shown on a side as soon as the other side unties it.
import type { Entry, SchemaState } from './state.js'

/** The side with what its relations would keep if they were tied as on the other side, where those are there too. */
export function untied(side: SchemaState, other: SchemaState): SchemaState {
  if (side.latent.length === 0) return side
  const shown = new Map<string, Entry>()
  const ties = tiesOf(other)
  for (const { entry, from } of side.latent) {
    const { schemaName, table } = entry.id
    if (table === undefined || !other.named({ space: 'relation', schemaName, name: table })) continue
    const held = from.some((parent) => ties.has(tie([schemaName ?? '', table], parent)))
    if (!held) shown.set(entry.key, entry)
  }
  return shown.size === 0 ? side : side.with(shown)
}

const tie = (child: readonly [string, string], parent: readonly [string, string]): string =>
  JSON.stringify([child, parent])

function tiesOf(side: SchemaState): ReadonlySet<string> {
  return new Set(
    [...side.entries.values()].flatMap(({ kind, id, object }) =>
      kind.ties && object.on
        ? [tie([id.schemaName ?? '', id.table ?? ''], [object.on.schemaName ?? '', object.on.name])]
        : [],
    ),
  )
}
