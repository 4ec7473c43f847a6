// A node of the plan's graph: one group of statements, with what it touches, takes and leaves.
import type { Actions } from '../action.js'
import type { OperationBase } from '../kind.js'
import { type Entry, entryOf } from '../state.js'
import type { Cuts } from './cuts.js'
import type { NodeType, Ranking } from './ranking.js'

export interface PlanNode {
  readonly type: NodeType
  /** The object that the node is about. */
  readonly entry: Entry
  /** What a create makes along with it, stubs included. */
  readonly members: readonly Entry[]
  readonly takes: readonly string[]
  readonly leaves: readonly string[]
  readonly operations: () => readonly OperationBase[]
  readonly disturbs: boolean
  readonly undeclared: boolean
  /** A hook made it, and makes it again. */
  readonly hook: boolean
  readonly rank: string
}

/** What nodes are made of. */
export interface NodeInput {
  readonly actions: Actions
  readonly cuts: Cuts
  readonly ranking: Ranking
}

/** A node with what is usual for the rest. */
export const nodeOf = (
  { ranking }: NodeInput,
  type: NodeType,
  entry: Entry,
  operations: () => readonly OperationBase[],
  more: Partial<PlanNode> = {},
): PlanNode => ({
  type,
  entry,
  members: [entry],
  takes: [],
  leaves: [],
  operations,
  disturbs: false,
  undeclared: false,
  hook: false,
  rank: ranking.of(type, entry),
  ...more,
})

const temporary = (name: string): string => `${name.slice(0, 40)}__lockstep`

/** The object under a temporary name. */
export const parkedAs = ({ kind, object, addresses }: Entry): Entry =>
  entryOf(kind, { ...object, name: temporary(object.name) }, addresses)
