// Primary key, unique, check and exclusion constraints. One that cannot be altered is made again; its index goes and comes with it.
import type { ObjectKind } from '../../engine/kind.js'
import { canonical, differing } from '../../engine/walk.js'
import { expressionName } from '../../model/expression-name.js'
import { checkConstraintName, exclusionName, primaryKeyName, uniqueConstraintName } from '../../model/naming.js'
import { id, qualified, sql } from '../../sql/sql.js'
import { bareKey, comparableKeys, keyText } from '../index-keys.js'
import { heirsOf, includedUnderKeys, isPartitioned } from '../relations.js'
import { type ConstraintRow, constraintsQuery, readConstraint } from './catalog.js'
import { type Constraint, constraintConfigOf, constraintKind } from './constraint.js'
import { declaredConstraints, tiedChecks } from './declared.js'
import { type ConstraintOperation, constraintOperations, creating, dropping, of } from './operations.js'

/** Of those that have an index. */
const indexed = ['deferrable', 'initiallyDeferred', 'storage', 'tablespace', 'only', 'attached'] as const

/** Fields that count for each type; a check's columns are what its text says, read only so that its default name is known. */
const compared = {
  check: ['type', 'check', 'noInherit', 'notValid', 'notEnforced'],
  key: ['type', 'columns', 'include', 'nullsNotDistinct', 'withoutOverlaps', ...indexed],
  exclude: ['type', 'exclude', 'include', ...indexed],
} as const satisfies Record<string, readonly (keyof Constraint)[]>

const comparedOf = ({ type }: Constraint): readonly (keyof Constraint & string)[] =>
  type === 'check' ? compared.check : type === 'exclude' ? compared.exclude : compared.key

/** What the index of a constraint can take in place. */
const ofIndex: readonly string[] = ['storage', 'tablespace']

function comparable(current: Constraint, desired: Constraint): readonly [Constraint, Constraint] {
  if (!current.exclude || !desired.exclude) return [current, desired]
  const keys = comparableKeys(current.exclude.keys, desired.exclude.keys)
  return [
    { ...current, exclude: { ...current.exclude, keys } },
    { ...desired, exclude: { ...desired.exclude, keys: desired.exclude.keys.map(bareKey) } },
  ]
}

export const constraints: ObjectKind<Constraint, ConstraintOperation, ConstraintRow> = {
  name: constraintKind,
  partOfTable: true,
  takesOver: true,
  identify: (constraint) => ({
    kind: constraintKind,
    schemaName: constraint.schemaName,
    table: constraint.table,
    name: constraint.name,
  }),
  names: (constraint) => {
    const { schemaName, table, name, type } = constraint
    const own = { space: 'constraint', schemaName, table, name }
    if (type === 'check') return [own]
    const index = { space: 'relation', schemaName, name }
    if (type === 'exclude') return [own, index]
    return [
      own,
      index,
      // No foreign key rests on a deferrable one.
      ...(constraint.deferrable
        ? []
        : [{ space: 'key', schemaName, table, name: [...constraint.columns].sort().join('\0') }]),
      // A table has one.
      ...(type === 'primary key' ? [{ space: 'key', schemaName, table, name: '\0primary' }] : []),
    ]
  },
  address: (constraint) =>
    sql`constraint ${id(constraint.name)} on ${qualified(constraint.schemaName, constraint.table ?? '')}`,
  carriesQueries: ({ type }) => type === 'primary key',
  bornWith: ({ schemaName, table, notValid, only }) =>
    notValid || only ? undefined : { space: 'relation', schemaName, name: table },
  givenParts: ({ only }) => only === true,
  freeInParts: ['deferrable', 'initiallyDeferred', 'storage', 'tablespace'],
  // A partition that is attached later would get one like it.
  madeAfter: ({ schemaName, table, only }) => (only ? [heirsOf({ schemaName, table })] : []),
  spoiledBy: ({ schemaName, table, only }) => (only ? [heirsOf({ schemaName, table })] : []),
  diesWith: ({ schemaName, table, under }) => [
    { space: 'relation', schemaName, name: table },
    ...(under ? [{ space: 'relation', schemaName: under.schemaName, name: under.table }] : []),
  ],
  dependsOn: ({ schemaName, table, columns, include, exclude }) =>
    [...columns, ...(include ?? []), ...(exclude?.keys.flatMap((key) => key.column ?? []) ?? [])].map((name) => ({
      ref: { space: 'column', schemaName, table, name },
      strength: 'needs' as const,
    })),
  defaultName: ({ type, table, columns, include, exclude }) => {
    if (type === 'primary key') return primaryKeyName(table)
    if (type === 'unique') return uniqueConstraintName(table, [...columns, ...(include ?? [])])
    if (type === 'check') return checkConstraintName(table, columns.length === 1 ? columns[0] : undefined)
    const keys = exclude?.keys.map((key) => key.column ?? expressionName(keyText(key))) ?? []
    return exclusionName(table, [...keys, ...(include ?? [])])
  },
  declare: (model) => model.tables.filter((table) => table.managed).flatMap(declaredConstraints),
  declareTied: tiedChecks,
  catalog: { query: constraintsQuery, read: readConstraint },
  differences: (current, desired) => differing(...comparable(current, desired), comparedOf(desired)),
  create: (constraint) => [
    { type: creating[constraint.type], ...of(constraint), constraint: constraintConfigOf(constraint) },
  ],
  alter: (current, desired, changed, side) => {
    const at = { ...of(desired), constraintName: desired.name }
    if (changed.includes('storage') && isPartitioned(desired, side)) return 'recreate'
    if (changed.every((field) => ofIndex.includes(field)))
      return [{ type: 'alter_constraint', ...at, from: constraintConfigOf(current), to: constraintConfigOf(desired) }]
    if (changed.every((field) => field === 'notValid') && !desired.notValid)
      return [{ type: 'validate_constraint', ...at, constraint: constraintConfigOf(desired) }]
    return 'recreate'
  },
  rename: (current, desired) => ({
    type: 'rename_constraint',
    ...of(current),
    constraintName: current.name,
    newName: desired.name,
  }),
  drop: (constraint) => ({
    type: dropping[constraint.type],
    ...of(constraint),
    constraintName: constraint.name,
    was: constraintConfigOf(constraint),
  }),
  // PostgreSQL rebuilds a key itself when the type of its column changes; an expression is parsed again only by us.
  survive: (constraint, around, _side, _desired, plan) =>
    around.desired !== undefined &&
    !around.remade &&
    !canonical(constraint).includes('"expression"') &&
    !includedUnderKeys(constraints.identify(constraint), constraint.include ?? [], around.names, plan)
      ? 'untouched'
      : 'recreate',
  operations: constraintOperations,
}
