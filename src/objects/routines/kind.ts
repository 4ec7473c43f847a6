// Functions and procedures. Replaced in place where PostgreSQL allows it, else made again together with what uses them.
import { type Name, nameKey } from '../../engine/identity.js'
import type { ObjectKind } from '../../engine/kind.js'
import { differing } from '../../engine/walk.js'
import { qualified, raw, sql } from '../../sql/sql.js'
import {
  comparableFunction,
  needsFunction,
  needsTypes,
  routineName,
  sharedName,
  signature,
} from '../routine-references.js'
import { type RoutineRow, readRoutine, routineQuery } from './catalog.js'
import { compared, type RoutineOperation, routineOperations } from './operations.js'
import { configOf, inputTypes, type Routine, replaceable, routineKind } from './routine.js'

const of = ({ schemaName, name }: Routine) => ({ schemaName, routineName: name })

const comparable = (current: Routine, desired: Routine): Routine => ({
  ...current,
  support: comparableFunction(current.support, desired.support),
})

const differences = (current: Routine, desired: Routine): readonly (keyof Routine & string)[] =>
  differing(comparable(current, desired), desired, compared)

const typesOf = (routine: Routine) =>
  needsTypes([
    ...routine.arguments.map(({ type }) => type),
    ...(routine.returns ? [routine.returns.type] : []),
    ...routine.transforms,
  ])

/** One of these is the type of an argument, or what it returns. */
const signedWith = (routine: Routine, names: readonly Name[]): boolean =>
  typesOf(routine).some(({ ref }) => names.some((name) => nameKey(name) === nameKey(ref)))

export const routines: ObjectKind<Routine, RoutineOperation, RoutineRow> = {
  name: routineKind,
  createdAs: ['function', 'procedure'],
  identify: (routine) => ({
    kind: routineKind,
    schemaName: routine.schemaName,
    name: routine.name,
    arguments: signature(inputTypes(routine)),
  }),
  names: (routine) => [routineName(routine.schemaName, routine.name, inputTypes(routine))],
  mentionedAs: ({ schemaName, name }) => [sharedName(schemaName, name)],
  address: (id) => sql`routine ${qualified(id.schemaName, id.name)}(${raw(id.arguments ?? '')})`,
  dependsOn: (routine) => [...typesOf(routine), ...needsFunction(routine.support, routine.schemaName)],
  declare: () => [],
  catalog: {
    occurs: (spaces) => sql`exists (select from pg_proc where prokind <> 'a' and pronamespace = any(${spaces}))`,
    query: routineQuery,
    read: readRoutine,
  },
  differences,
  create: (routine) => [{ type: 'create_routine', ...of(routine), routine: configOf(routine) }],
  alter: (current, desired) =>
    replaceable(current, desired)
      ? [{ type: 'alter_routine', ...of(desired), from: configOf(comparable(current, desired)), to: configOf(desired) }]
      : 'recreate',
  rename: (current, desired) => ({
    type: 'rename_routine',
    ...of(current),
    newName: desired.name,
    routine: configOf(current),
  }),
  drop: (routine) => ({ type: 'drop_routine', ...of(routine), was: configOf(routine) }),
  // What goes for good is no longer used by what it becomes: it is replaced before that goes. An overload may come in its place, or another type.
  survive: (current, around, _side, desired) =>
    around.desired === undefined &&
    around.id.arguments === undefined &&
    !signedWith(current, around.names) &&
    differences(current, desired).length > 0 &&
    replaceable(current, desired)
      ? 'untouched'
      : 'recreate',
  operations: routineOperations,
}
