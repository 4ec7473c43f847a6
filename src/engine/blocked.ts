// The refusal of a plan that somebody who is not managed stands in the way of.
import { PlanError } from '../errors.js'
import { display } from './identity.js'
import type { Entry } from './state.js'

export const blocked = (source: Entry, by: string): PlanError =>
  new PlanError(
    'BLOCKED_BY_UNMANAGED',
    `'${display(source.id)}' cannot be changed or dropped: ${by} depends on it, and Lockstep does not manage that.`,
    {
      hint: `Drop ${by} yourself and make it again afterwards, or make it in onMigrationComplete, so that Lockstep may do so.`,
      details: { object: source.id, by },
    },
  )
