// Triggers on tables and views. Replaced in place, constraint triggers made again; whether they fire is changed alone.
import type { Name } from '../../engine/identity.js'
import type { ObjectKind } from '../../engine/kind.js'
import { differing } from '../../engine/walk.js'
import { id, qualified, sql } from '../../sql/sql.js'
import { heirsOf, tieOf } from '../relations.js'
import { comparableFunction, needsFunction } from '../routine-references.js'
import { readTrigger, type TriggerRow, triggerQuery } from './catalog.js'
import { compared, type TriggerOperation, triggerOperations } from './operations.js'
import { configOf, firing, type Trigger, triggerKind } from './trigger.js'

const of = ({ schemaName, table, name }: Trigger) => ({ schemaName, tableName: table, triggerName: name })

const comparable = (current: Trigger, desired: Trigger): Trigger => ({
  ...current,
  function: comparableFunction(current.function, desired.function) ?? current.function,
})

const differences = (current: Trigger, desired: Trigger): readonly (keyof Trigger & string)[] =>
  differing(comparable(current, desired), desired, compared)

const replaceable = (current: Trigger, desired: Trigger): boolean => !current.constraint && !desired.constraint

/** The ties of its partitions, where it does not fire on all of them as it does on the partitioned table. */
const tiesBelow = ({ schemaName, table, partitions = [] }: Trigger): readonly Name[] =>
  partitions.length > 0
    ? [heirsOf({ schemaName, table }), ...partitions.flatMap((one) => [tieOf(one), heirsOf(one)])]
    : []

export const triggers: ObjectKind<Trigger, TriggerOperation, TriggerRow> = {
  name: triggerKind,
  takesOver: true,
  identify: ({ schemaName, table, name }) => ({ kind: triggerKind, schemaName, table, name }),
  names: ({ schemaName, table, name, constraint }) => [
    { space: 'trigger', schemaName, table, name },
    ...(constraint ? [{ space: 'constraint', schemaName, table, name }] : []),
  ],
  address: ({ schemaName, table, name }) => sql`trigger ${id(name)} on ${qualified(schemaName, table ?? '')}`,
  diesWith: ({ schemaName, table }) => [{ space: 'relation', schemaName, name: table }],
  dependsOn: ({ schemaName, table, columns, function: called, constraint }) => [
    ...columns.map((name) => ({ ref: { space: 'column', schemaName, table, name }, strength: 'needs' as const })),
    ...needsFunction(called, schemaName),
    ...(constraint?.from
      ? [
          {
            ref: { space: 'relation', schemaName: constraint.from.schemaName, name: constraint.from.table },
            strength: 'needs' as const,
          },
        ]
      : []),
  ],
  // A partition that is made or attached later gets the trigger as it is on what it is attached to.
  madeAfter: tiesBelow,
  spoiledBy: tiesBelow,
  declare: () => [],
  catalog: {
    occurs: () => sql`exists (select from pg_trigger where not tgisinternal)`,
    query: triggerQuery,
    read: readTrigger,
  },
  differences,
  create: (trigger) => [{ type: 'create_trigger', ...of(trigger), trigger: configOf(trigger) }],
  alter: (current, desired, changed) =>
    replaceable(current, desired) || changed.every((field) => firing.includes(field))
      ? [{ type: 'alter_trigger', ...of(desired), from: configOf(comparable(current, desired)), to: configOf(desired) }]
      : 'recreate',
  rename: (current, desired) => ({ type: 'rename_trigger', ...of(current), newName: desired.name }),
  drop: (trigger) => ({ type: 'drop_trigger', ...of(trigger), was: configOf(trigger) }),
  // What goes for good is no longer used by what it becomes: it is replaced before that goes.
  survive: (current, around, _side, desired) =>
    around.desired === undefined &&
    !around.overloaded &&
    replaceable(current, desired) &&
    differences(current, desired).some((field) => !firing.includes(field))
      ? 'untouched'
      : 'recreate',
  operations: triggerOperations,
}
