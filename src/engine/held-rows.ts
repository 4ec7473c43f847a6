// Whose rows values hold: PostgreSQL changes the rows of no relation while another one stores some of them.
import type { Actions } from './action.js'
import type { PlanNode } from './nodes.js'
import type { Entry, SchemaState } from './state.js'

/** Relations whose rows are among the values, at whatever depth of their types, by their keys. */
function relationsIn({ kind, object }: Entry, side: SchemaState, seen = new Set<string>()): readonly string[] {
  return (kind.dependsOn?.(object) ?? []).flatMap(({ ref }) => {
    const type = ref.space === 'type' ? side.named(ref) : undefined
    if (!type || seen.has(type.key)) return []
    seen.add(type.key)
    const hasRows = side.born(type.id).some((child) => child.kind.fillsRows !== undefined)
    return hasRows ? [type.key] : relationsIn(type, side, seen)
  })
}

/** What comes to store rows waits for those that change these; what stores them no longer goes before. */
export function linkHeldRows(
  nodes: readonly PlanNode[],
  { current, target }: Actions,
  link: (from: number, to: number) => void,
): void {
  const changing = new Map<string, number[]>()
  nodes.forEach(({ type, disturbs, members }, index) => {
    for (const { kind, object } of members) {
      if (!(type === 'alter' ? disturbs && kind.fillsRows : type === 'create' && kind.fillsRows?.(object))) continue
      const name = kind.bornWith?.(object)
      const key = name && target.named(name)?.key
      if (key !== undefined) changing.set(key, [...(changing.get(key) ?? []), index])
    }
  })
  if (changing.size === 0) return
  const held = (entry: Entry | undefined, side: SchemaState) => (entry?.kind.fillsRows ? relationsIn(entry, side) : [])
  nodes.forEach(({ type, members }, index) => {
    for (const { key } of members) {
      const before = type === 'drop' || type === 'alter' ? held(current.entries.get(key), current) : []
      const after = type === 'create' || type === 'alter' ? held(target.entries.get(key), target) : []
      for (const one of after) if (!before.includes(one)) for (const from of changing.get(one) ?? []) link(from, index)
      for (const one of before) if (!after.includes(one)) for (const to of changing.get(one) ?? []) link(index, to)
    }
  })
}
