// What a manager tells while it works. Listeners are called in order and not awaited; what one throws is ignored.
import type { LockHolder } from '../execute/events.js'

/** A migration as events and results name it. */
export interface MigrationName {
  readonly version: string
  readonly name: string
  readonly file: string
}

export type Direction = 'up' | 'down'

export interface MigrationEvents {
  /** A run begins: what it is going to do, under the lock. */
  start: {
    readonly direction: Direction
    readonly migrations: readonly MigrationName[]
    readonly batch: number
    readonly dryRun: boolean
  }
  /** One migration begins. */
  migration: MigrationName & { readonly direction: Direction; readonly index: number; readonly total: number }
  applied: MigrationName & { readonly milliseconds: number }
  rolledBack: MigrationName & { readonly milliseconds: number }
  failed: MigrationName & { readonly direction: Direction; readonly error: Error }
  /** `acquired`, `waiting` for `holder`, `released`. */
  lock: { readonly state: 'waiting' | 'acquired' | 'released'; readonly holder?: LockHolder }
  /** What a migration said of itself with `progress(done, total)`. */
  progress: MigrationName & { readonly done: number; readonly total?: number }
  note: { readonly message: string }
  complete: {
    readonly direction: Direction
    readonly executed: readonly MigrationName[]
    readonly milliseconds: number
    readonly success: boolean
  }
}

export type MigrationEvent = {
  [K in keyof MigrationEvents]: { readonly type: K } & MigrationEvents[K]
}[keyof MigrationEvents]

type Listener<K extends keyof MigrationEvents> = (event: MigrationEvents[K]) => void

/** A typed emitter without surprises: no `error` event that throws, no leak warnings. */
export class MigrationEmitter {
  readonly #listeners = new Map<keyof MigrationEvents, Set<(event: never) => void>>()

  /** Calls `listener` on each event of that type; the returned function ends it. */
  on<K extends keyof MigrationEvents>(type: K, listener: Listener<K>): () => void {
    const set = this.#listeners.get(type) ?? new Set()
    this.#listeners.set(type, set)
    set.add(listener)
    return () => set.delete(listener)
  }

  emit<K extends keyof MigrationEvents>(type: K, event: MigrationEvents[K]): void {
    for (const listener of this.#listeners.get(type) ?? []) {
      try {
        ;(listener as Listener<K>)(event)
      } catch {
        // A listener only watches.
      }
    }
  }
}
