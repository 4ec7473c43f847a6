// What nodes take and leave: names that PostgreSQL knows, and names of our own for moments that others wait for.
import type { Actions } from '../action.js'
import { nameKey, relationKey } from '../identity.js'
import { tiedBelow } from '../latent.js'
import type { Entry } from '../state.js'

export const namesOf = (entry: Entry): readonly string[] => (entry.kind.names?.(entry.object) ?? []).map(nameKey)
export const awaited = (entry: Entry): readonly string[] => (entry.kind.madeAfter?.(entry.object) ?? []).map(nameKey)
export const implicit = (entry: Entry): readonly string[] =>
  (entry.kind.implicitNames?.(entry.object) ?? []).map(nameKey)

/** Left by what has come from a parent, taken by what it merges with there. */
export const merging = (entry: Entry): string => `merging ${entry.key}`
/** Left by what a parent no longer has, taken by what its heir then loses. */
export const parting = (entry: Entry): string => `parting ${entry.key}`
/** Left by a tie that goes, taken by what is the relation's own from then on. */
export const tieOf = ({ id }: Entry): string => `tie ${relationKey(id.schemaName, id.table)}`
/** Left by what a parent has passed on, taken by the ties that go. */
export const passedTo = ({ id }: Entry): string => `passed ${relationKey(id.schemaName, id.table)}`

/** Who may be taken over goes before who takes over, and comes after that has gone. */
export function takingOver({ current, target }: Actions) {
  const [before, after] = [tiedBelow(current), tiedBelow(target)]
  const above = new Map<string, string[]>()
  for (const [parent, children] of [...before, ...after])
    for (const child of children) above.set(child, [...(above.get(child) ?? []), parent])
  const at = ({ id }: Entry) => relationKey(id.schemaName, id.table)
  const taking = (entry: Entry) => entry.kind.takesOver === true
  return {
    made: (all: readonly Entry[]) =>
      all
        .filter(taking)
        .flatMap((entry) => [
          ...(after.get(at(entry)) ?? []).map((child) => `going ${child}`),
          ...(above.get(at(entry)) ?? []).map((parent) => `gone ${parent}`),
        ]),
    dropped: (entry: Entry) => (taking(entry) ? [`going ${at(entry)}`, `gone ${at(entry)}`] : []),
  }
}

export type TakingOver = ReturnType<typeof takingOver>
