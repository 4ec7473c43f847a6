// A schema as choices: each slot is one object under a fixed name, each choice one way to declare it, 0 is "not there".
export type Choices = Readonly<Record<string, number>>

/** What the choices of one side come to, as the slots after it see them. */
export interface Side {
  readonly version: number
  has(slot: string): boolean
  /** The column's type on this side, undefined where there is none. */
  column(table: string, column: string): string | undefined
}

/** Statements for one choice, or undefined where it makes no sense on this side. */
export type Way = (side: Side) => string | undefined

export interface Slot {
  readonly name: string
  readonly ways: readonly Way[]
}

export const slot = (name: string, ...ways: readonly (string | Way)[]): Slot => ({
  name,
  ways: ways.map((way) => (typeof way === 'string' ? () => way : way)),
})

/** The way only where all of these slots are there. */
export const given =
  (needed: readonly string[], way: string | Way): Way =>
  (side) =>
    needed.every((name) => side.has(name)) ? (typeof way === 'string' ? way : way(side)) : undefined

export const since =
  (version: number, way: string | Way): Way =>
  (side) =>
    side.version >= version ? (typeof way === 'string' ? way : way(side)) : undefined

/** The slots that are there on a side, in order, with their statements. */
export function emit(slots: readonly Slot[], choices: Choices, version: number): readonly string[] {
  const present = new Set<string>()
  const types = new Map<string, string>()
  const side: Side = {
    version,
    has: (name) => present.has(name),
    column: (table, column) => types.get(`${table}.${column}`),
  }
  const out: string[] = []
  for (const { name, ways } of slots) {
    const way = ways[(choices[name] ?? 0) - 1]
    const text = way?.(side)
    if (text === undefined) continue
    present.add(name)
    out.push(text)
    const column =
      /^alter table (\w+) add column (\w+) ((?:[a-z]\w*\.)?[a-z]\w*(?: precision)?(?:\([\d,]+\))?(?:\[\])?)/.exec(text)
    if (column) types.set(`${column[1]}.${column[2]}`, column[3]!)
  }
  return out
}
