// What a plan does with objects: creates, alters, drops them, or makes them anew beside the old ones.
import type { OperationBase } from './kind.js'
import type { Rename } from './rename.js'
import type { Entry, SchemaState } from './state.js'

export interface AlterAction {
  readonly entry: Entry
  readonly before: readonly OperationBase[]
  readonly after: readonly OperationBase[]
  /** Its dependents made way for it. */
  readonly disturbs: boolean
  /** It is what comes by itself with an object that this plan makes. */
  readonly fresh?: true
}

export interface Actions {
  readonly current: SchemaState
  /** The desired side, with what is not desired but made again because something it hung on is rebuilt. */
  readonly target: SchemaState
  readonly creates: ReadonlyMap<string, Entry>
  readonly alters: ReadonlyMap<string, AlterAction>
  readonly drops: ReadonlyMap<string, DropAction>
  /** Rebuilt by renaming the old one out of the way. */
  readonly asides: ReadonlyMap<string, AsideAction>
  /** Parts of objects that stay. */
  readonly renamedParts: readonly Rename[]
}

export interface AsideAction {
  readonly entry: Entry
  readonly desired: Entry
}

export interface DropAction {
  readonly entry: Entry
  readonly reason: 'removed' | 'undeclared' | 'rebuild' | 'hook'
}
