// The factory of triggers: what a model says about one, with PostgreSQL's defaults for the rest.
import { declaredName, declaredQuery } from '../../model/declared-text.js'
import type { PlacedObject } from '../../model/draft.js'
import { sourceOf } from '../../model/source-line.js'
import type { Sql } from '../../sql/sql.js'
import { namedFunction, refused } from '../routine-declarations.js'
import {
  type Trigger,
  type TriggerEnabled,
  type TriggerEvent,
  type TriggerTiming,
  triggerEvents,
  triggerKind,
} from './trigger.js'

export interface TriggerOptions {
  readonly when: TriggerTiming
  readonly events: readonly TriggerEvent[]
  /** UPDATE OF: names of columns. */
  readonly of?: readonly string[]
  /** Default `statement`. */
  readonly forEach?: 'row' | 'statement'
  /** WHEN: sql`old.status is distinct from new.status`. */
  readonly condition?: Sql
  /** The function that is called: `touch`, `app.touch`. */
  readonly function: string
  /** What the function finds in TG_ARGV. */
  readonly arguments?: readonly string[]
  /** Transition tables. */
  readonly referencing?: { readonly old?: string; readonly new?: string }
  /** A constraint trigger. */
  readonly constraint?:
    | true
    | {
        readonly deferrable?: boolean
        readonly initiallyDeferred?: boolean
        readonly from?: string | { readonly schema: string; readonly table: string }
      }
  /** Default `origin`: it fires, except on replicas. */
  readonly enabled?: TriggerEnabled
  /** The table or view. Default: the entity that it is attached to. */
  readonly on?: string | { readonly schema: string; readonly table: string }
  readonly comment?: string | null
  /** The name it had; may stay for ever. */
  readonly renamedFrom?: string
}

/** PostgreSQL's own functions for triggers. */
const own = new Set(['suppress_redundant_updates_trigger', 'tsvector_update_trigger', 'tsvector_update_trigger_column'])

/**
 * A trigger, for `@With(…)` and `e.has(…)`, and with `on` for `model.has(…)`. What is not said has PostgreSQL's default.
 * A function without a schema is one of the default schema.
 * @throws UsageError USAGE where it has no event or no table
 * @example
 * @With(trigger('set_updated_at', { when: 'before', events: ['update'], forEach: 'row', function: 'touch' }))
 * // create trigger "set_updated_at" before update on "public"."users" for each row execute function "public"."touch"()
 */
export function trigger(name: string, options: TriggerOptions): PlacedObject {
  const source = sourceOf(trigger)
  const what = `trigger '${declaredName(name, 'trigger')}'`
  if (options.events.length === 0 || options.events.some((event) => !triggerEvents.includes(event)))
    throw refused(`${what} has no event`, `Name some of ${triggerEvents.join(', ')}.`)
  const when =
    options.condition === undefined
      ? null
      : { expression: declaredQuery(options.condition, `the condition of ${what}`) }
  const called = namedFunction(options.function)
  return (place) => {
    const defaultSchema = place.defaultSchema ?? place.schemaName
    const relation = (given: string | { readonly schema: string; readonly table: string }) =>
      typeof given === 'string'
        ? { schemaName: defaultSchema, table: given }
        : { schemaName: given.schema, table: given.table }
    const on = options.on === undefined ? place : relation(options.on)
    if (on.table === undefined)
      throw refused(`${what} has no table`, "Attach it to an entity with @With or e.has, or say on: 'table'.")
    const constraint = options.constraint === true ? {} : options.constraint
    const object: Trigger & { readonly source: typeof source } = {
      schemaName: on.schemaName,
      table: on.table,
      name,
      timing: options.when,
      events: triggerEvents.filter((event) => options.events.includes(event)),
      columns: [...(options.of ?? [])],
      forEach: options.forEach ?? 'statement',
      when,
      oldTable: options.referencing?.old ?? null,
      newTable: options.referencing?.new ?? null,
      function:
        called.schemaName === undefined && !own.has(called.routineName)
          ? { ...called, schemaName: defaultSchema, argumentTypes: [] }
          : { ...called, argumentTypes: [] },
      arguments: [...(options.arguments ?? [])],
      constraint: constraint
        ? {
            deferrable: constraint.deferrable ?? constraint.initiallyDeferred ?? false,
            initiallyDeferred: constraint.initiallyDeferred ?? false,
            from: constraint.from === undefined ? null : relation(constraint.from),
          }
        : null,
      enabled: options.enabled ?? 'origin',
      ...(options.renamedFrom === undefined ? {} : { renamedFrom: options.renamedFrom }),
      source,
    }
    return { kind: triggerKind, object, ...(options.comment === undefined ? {} : { comment: options.comment }) }
  }
}
