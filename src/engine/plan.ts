// The plan as data: what would be done, in order, with its risks and questions. Everything that a user sees is a rendering of this.
import type { SourceLine } from '../model/model-config.js'
import type { ObjectId } from './identity.js'
import type { OperationBase, Risk } from './kind.js'

export interface Step<Op extends OperationBase = OperationBase> {
  readonly operation: Op
  readonly description: string
  readonly sql: readonly string[]
  readonly risks: readonly Risk[]
  readonly transaction: 'inside' | 'never' | 'commit-after'
  readonly source?: SourceLine
  /** The object that the step is about. */
  readonly object: ObjectId
}

/** Something that only a person or a file may decide. */
export interface Question {
  readonly code: string
  readonly object: ObjectId
  readonly message: string
  /** The risk level that an --allow must name. */
  readonly level: Risk['level']
  /** 0-based index of the step it is about. */
  readonly step: number
}

export interface NotManaged {
  readonly object: ObjectId
  readonly reason: 'kind' | 'undeclared' | 'extension' | 'filter' | 'hook' | 'other-context'
}

/** A desired object that cannot be made because it needs one that Lockstep does not manage and the target lacks. */
export interface Blocked {
  readonly object: ObjectId
  readonly by: ObjectId
}

export interface Plan<Op extends OperationBase = OperationBase> {
  readonly format: 1
  /** Fingerprint of the database that the plan was made for: `sha256:…`. */
  readonly basedOn: string
  readonly inStep: boolean
  readonly steps: readonly Step<Op>[]
  readonly questions: readonly Question[]
  readonly notManaged: readonly NotManaged[]
  readonly blocked: readonly Blocked[]
  /** Each step's SQL is written for a `search_path` of its object's schema and then these. */
  readonly searchPath: readonly string[]
}

export interface StepReport {
  readonly step: number
  readonly outcome: 'applied' | 'not-applied' | 'in-doubt'
  readonly milliseconds: number
}

/** What a run did. A normal outcome is a report, never an error. */
export interface Report {
  readonly steps: readonly StepReport[]
  /** The schema was read back equal before the commit. */
  readonly verified: boolean
  readonly milliseconds: number
  /** Remarks a person should see, for example that values were committed first. */
  readonly notes: readonly string[]
}

/** What the Confirmer answers. `allowed: false` leaves the database untouched. */
export interface Decision {
  readonly allowed: boolean
  readonly reason?: string
}
