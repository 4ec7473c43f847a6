// Parts of an object of a partitioned relation that its partitions have: PostgreSQL makes them along with it and names them, or takes over what is there already.
import { type Name, nameKey } from './identity.js'
import type { Entry, Latent, SchemaState } from './state.js'

interface Changes {
  readonly creates: Map<string, Entry>
  readonly drops: Map<string, { readonly entry: Entry; readonly reason: string }>
}

/** What a part is of. */
const wholeOf = ({ partOf: [schemaName, name] = ['', ''] }: Latent, side: SchemaState): Entry | undefined =>
  side.named({ space: 'relation', schemaName, name })

/** Named as PostgreSQL would name it, with a number where that is taken. */
function usuallyNamed({ kind, object }: Entry): boolean {
  const usual = kind.defaultName?.(object)
  return usual !== undefined && object.name.startsWith(usual) && /^\d*$/.test(object.name.slice(usual.length))
}

const named = new WeakMap<SchemaState, ReadonlySet<string>>()

/** The relations, `[schemaName, name]` as JSON, that have parts with names of their own. */
export function withOwnNames(side: SchemaState): ReadonlySet<string> {
  const known = named.get(side)
  if (known) return known
  const found = new Set(
    side.latent.flatMap(({ entry, partOf }) =>
      partOf && !usuallyNamed(entry) ? [JSON.stringify([entry.id.schemaName ?? '', entry.id.table ?? ''])] : [],
    ),
  )
  named.set(side, found)
  return found
}

/** Parts of what is made: one that is there already is kept to be taken over, and one with a name of its own is made before. */
export function settleParts(current: SchemaState, target: SchemaState, { creates, drops }: Changes): void {
  for (const part of target.latent) {
    const { entry } = part
    const whole = part.partOf && wholeOf(part, target)
    if (!whole || !creates.has(whole.key)) continue
    const there = current.entries.get(entry.key)
    if (there && drops.get(entry.key)?.reason === 'removed') {
      if (entry.kind.differences(there.object, entry.object).length === 0) drops.delete(entry.key)
    } else if (!there && !usuallyNamed(entry) && !madeWithRelation(whole, target, creates))
      creates.set(entry.key, entry)
  }
}

function madeWithRelation(whole: Entry, target: SchemaState, creates: ReadonlyMap<string, Entry>): boolean {
  const relation = whole.kind.bornWith?.(whole.object)
  return relation !== undefined && creates.has(target.named(relation)?.key ?? '')
}

/** For each object the names of its parts. */
export function partNames(side: SchemaState): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const part of side.latent) {
    const whole = part.partOf && wholeOf(part, side)
    if (!whole) continue
    const names = (part.entry.kind.names?.(part.entry.object) ?? []).map((name: Name) => nameKey(name))
    found.set(whole.key, [...(found.get(whole.key) ?? []), `part ${part.entry.key}`, ...names])
  }
  return found
}
