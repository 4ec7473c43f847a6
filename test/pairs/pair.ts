// Two states, written as SQL, that lead to each other.
export type Pair = readonly [one: string, other: string]
