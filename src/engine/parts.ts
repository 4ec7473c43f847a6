// Parts of an object of a partitioned relation that its partitions have: PostgreSQL makes them along with it and names them, or takes over what is there already.
import type { AlterAction } from './action.js'
import { type Name, nameKey, relationKey } from './identity.js'
import type { Entry, Latent, SchemaState } from './state.js'

interface Changes {
  readonly creates: Map<string, Entry>
  readonly alters: Map<string, AlterAction>
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
      partOf && !usuallyNamed(entry) ? [relationKey(entry.id.schemaName, entry.id.table)] : [],
    ),
  )
  named.set(side, found)
  return found
}

const relationOf = ({ id }: Entry): Name => ({ space: 'relation', schemaName: id.schemaName, name: id.table ?? '' })

const place = ({ entry: { kind, id }, partOf }: Latent): string =>
  JSON.stringify([kind.name, id.schemaName, id.table, partOf])

/** Parts of what is made: one that is there already is kept to be taken over, and one with a name of its own is made before. Others are renamed. */
export function settleParts(current: SchemaState, target: SchemaState, changes: Changes): void {
  const { creates, alters, drops } = changes
  const before = new Map(current.latent.map((part) => [place(part), part.entry]))
  for (const part of target.latent) {
    const { entry } = part
    const whole = part.partOf && wholeOf(part, target)
    if (!whole) continue
    if (!creates.has(whole.key)) {
      const was = before.get(place(part))
      const kept = was && was.key !== entry.key && !creates.has(entry.key) && !drops.has(whole.key)
      const rename = kept && current.named(relationOf(entry)) && !drops.has(current.named(relationOf(entry))!.key)
      const operation = rename && entry.kind.rename?.(was.object, entry.object)
      if (operation) alters.set(entry.key, { entry, before: [], after: [operation], disturbs: false })
      continue
    }
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

/** For each object the names of its parts, for each relation the names of what it has from those that it is tied to; none of what is still to come to a relation. */
export function partNames(
  side: SchemaState,
  comes: (relation: string) => boolean,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  const note = (key: string | undefined, names: readonly string[]) => {
    if (key !== undefined) found.set(key, [...(found.get(key) ?? []), ...names])
  }
  for (const part of side.latent) {
    const { key, kind, id, object } = part.entry
    if (comes(relationKey(id.schemaName, id.table))) continue
    const names = (kind.names?.(object) ?? []).map((name: Name) => nameKey(name))
    if (id.table !== undefined)
      note(side.named({ space: 'relation', schemaName: id.schemaName, name: id.table })?.key, names)
    if (part.partOf) note(wholeOf(part, side)?.key, [`part ${key}`, ...names])
  }
  return found
}
