// A migration that is about to be written.
import type { Step } from '../../engine/plan.js'

/** Both ways of a migration, as plans. */
export interface BothWays {
  readonly name: string
  readonly up: readonly Step[]
  readonly down: readonly Step[]
  readonly path: readonly string[]
  /** A value that is used has to be committed before. */
  readonly transaction: boolean
}
