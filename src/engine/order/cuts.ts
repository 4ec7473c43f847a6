// The decisions by which cycles of the plan's graph are cut.
import type { Entry } from '../state.js'

/** Decisions that cut cycles; filled until the graph has none. */
export interface Cuts {
  /** Made first without something that comes later. */
  readonly stubs: Map<string, Entry>
  /** Made on their own instead of by their parent's create. */
  readonly apart: Set<string>
  /** Dropped on their own instead of with their parent. */
  readonly explicit: Set<string>
  /** Renamed through a temporary name. */
  readonly swapped: Set<string>
  /** Dropped under a temporary name, so that another may have its own before that. */
  readonly parked: Set<string>
  /** Pairs `from → to` of mentions that are not honoured. */
  readonly ignored: Set<string>
}

export const noCuts = (): Cuts => ({
  stubs: new Map(),
  apart: new Set(),
  explicit: new Set(),
  swapped: new Set(),
  parked: new Set(),
  ignored: new Set(),
})
