// Columns: reading, comparing, altering in place, or made again where PostgreSQL cannot alter them.
import type { BaseType, ObjectKind, PlannedSoFar, Side } from '../../engine/kind.js'
import { differing, sameData } from '../../engine/walk.js'
import { id, qualified, sql } from '../../sql/sql.js'
import { formatType } from '../../sql/types.js'
import { belowOf, inheritanceId, rowIdentity } from '../relations.js'
import { typeReferences } from '../type-references.js'
import { type ColumnRow, columnQuery, readColumn } from './catalog.js'
import {
  type Column,
  columnKind,
  configOf,
  type Identity,
  namedIdentity,
  type SequenceName,
  usualSequence,
} from './column.js'
import { declared } from './declared.js'
import {
  beforeTied,
  comesAlong,
  hasHeirs,
  hasPlainHeirs,
  keptBelow,
  onlyHeirs,
  overrideOf,
  ownChanges,
  stays,
} from './inherited.js'
import type { ColumnOperation } from './operation.js'
import { columnOperations } from './operations.js'
import { settingFields } from './settings.js'
import { defaultAgain, survive } from './survive.js'

const of = (column: Column) => ({ schemaName: column.schemaName, tableName: column.table, columnName: column.name })
const compared = [
  'type',
  'notNull',
  'notNullConstraint',
  'default',
  'generated',
  'identity',
  'collation',
  ...settingFields,
] as const

const changesValues = (changed: readonly string[]): boolean =>
  changed.some((field) => field === 'type' || field === 'collation' || field === 'generated')

const unusual = (its: Column['notNullConstraint']): boolean => its?.notValid === true || its?.noInherit === true

/** With a column's type PostgreSQL changes that of its identity. Names without a schema in the model fit whatever schema PostgreSQL found them in. */
function differences(current: Column, desired: Column): readonly (keyof Column & string)[] {
  const fits = (one: { schemaName?: string | undefined }, other: { schemaName?: string | undefined }) =>
    one.schemaName !== undefined && other.schemaName === undefined
  const type = fits(current.type, desired.type) ? { ...current.type, schemaName: undefined } : current.type
  const collation =
    desired.collation && current.collation && fits(current.collation, desired.collation)
      ? { ...current.collation, schemaName: undefined }
      : current.collation
  const wanted = namedIdentity(desired, current)
  if (wanted !== desired.identity) desired = { ...desired, identity: wanted }
  const identity =
    current.identity && desired.identity && !sameData(type, desired.type)
      ? { ...current.identity, dataType: desired.type.typeName as Identity['dataType'] }
      : current.identity
  // Before PostgreSQL 18 NOT NULL has no name.
  const nameless = current.notNullConstraint === undefined && !unusual(desired.notNullConstraint)
  if (nameless && desired.notNullConstraint) desired = { ...desired, notNullConstraint: undefined }
  const asRead = type === current.type && collation === current.collation && identity === current.identity
  return differing(asRead ? current : { ...current, type, collation, identity }, desired, compared)
}

function alter(
  current: Column,
  desired: Column,
  every: readonly string[],
  side: Side,
  plan?: PlannedSoFar,
): readonly ColumnOperation[] | 'recreate' {
  if (desired.identity) desired = { ...desired, identity: namedIdentity(desired, current) }
  const changed = ownChanges(current, desired, every, side, plan)
  const along = ['type', 'collation'].some((field) => every.includes(field) && !changed.includes(field))
  const heirs = hasHeirs(desired, side) ? ({ only: true } as const) : {}
  if (changed.length === 0) return along ? defaultAgain(desired).map((operation) => ({ ...operation, ...heirs })) : []
  const has = (field: string) => changed.includes(field)
  if (has('generated') && desired.generated) {
    const inPlace =
      side.server.version >= 170000 &&
      current.generated &&
      current.generated.stored === desired.generated.stored &&
      !has('type')
    if (!inPlace) return 'recreate'
  }
  if (has('generated') && current.generated && !current.generated.stored) return 'recreate'
  const to = configOf({
    ...current,
    ...desired,
    ...Object.fromEntries(compared.filter((field) => !has(field)).map((field) => [field, current[field]])),
  })
  return [
    {
      type: 'alter_column',
      ...of(desired),
      ...heirs,
      ...(has('type') ? basesOf(plan?.before.base(current.type), side.base(desired.type)) : {}),
      from: along ? { ...configOf(current), default: undefined } : configOf(current),
      to,
    },
  ]
}

const sequenceOf = ({ schemaName, sequenceName }: SequenceName) => ({
  space: 'relation',
  schemaName,
  name: sequenceName,
})

const basesOf = (from: BaseType | undefined, to: BaseType | undefined) => {
  const text = (base: BaseType) => ({ type: formatType(base.type), checked: base.checked })
  return from || to ? { bases: { ...(from ? { from: text(from) } : {}), ...(to ? { to: text(to) } : {}) } } : {}
}

/** Children would have to get an identity too, and cannot: it comes once the column is there. */
function added(column: Column, inherited: boolean): readonly ColumnOperation[] {
  const config = configOf(column)
  const { identity, ...plain } = config
  return identity && inherited
    ? [
        { type: 'add_column', ...of(column), config: plain },
        { type: 'alter_column', ...of(column), from: plain, to: config, only: true },
      ]
    : [{ type: 'add_column', ...of(column), config }]
}

/** Where children that have it from here keep theirs, it goes from this table alone, and from the other children one by one. */
function dropped(column: Column, side: Side, target: Side): readonly ColumnOperation[] {
  const plain = { type: 'drop_column', ...of(column), was: configOf(column) } as const
  if (!keptBelow(column, side, target)) return [plain]
  const others = onlyHeirs(column, side, target).filter((heir) => !stays(heir, target))
  return [{ ...plain, only: true }, ...others.flatMap((heir) => dropped(heir, side, target))]
}

/** The same column of the parents. */
const parentNames = ({ inherited, name }: Column) =>
  (inherited?.from ?? []).map((parent) => ({ space: 'column', ...parent, name }))

/** Its parents' columns, as long as it is tied to them. */
const tiedToParents = (column: Column) =>
  (column.inherited?.from ?? []).map((parent) => ({
    whom: { space: 'column', ...parent, name: column.name },
    while: inheritanceId(column, parent),
  }))

export const columns: ObjectKind<Column, ColumnOperation, ColumnRow> = {
  name: columnKind,
  partOfTable: true,
  inOrder: true,
  identify: (column) => ({ kind: columnKind, schemaName: column.schemaName, table: column.table, name: column.name }),
  names: (column) => [{ space: 'column', schemaName: column.schemaName, table: column.table, name: column.name }],
  address: (column) => sql`column ${qualified(column.schemaName, column.table ?? '')}.${id(column.name)}`,
  bornWith: (column) => ({ space: 'relation', schemaName: column.schemaName, name: column.table }),
  fillsRows: (column) => Boolean(column.default || column.generated || column.identity),
  diesWith: (column) => [{ space: 'relation', schemaName: column.schemaName, name: column.table }],
  outlives: (column) => (column.inherited?.local ? tiedToParents(column) : []),
  follows: (column) => (column.inherited && !column.inherited.local ? tiedToParents(column) : []),
  // A child's own would stay as it was.
  remadeWith: (current, desired) =>
    current.inherited?.local && changesValues(differences(current, desired)) ? parentNames(desired) : [],
  dependsOn: (column) => [
    ...typeReferences(column.type, column.collation),
    ...parentNames(column).map((ref) => ({ ref, strength: 'needs' as const })),
  ],
  declare: (model) =>
    model.tables
      .filter((table) => table.managed)
      .flatMap((table) =>
        table.columns.filter((column) => !column.ignore.includes('*')).map((column) => declared(table, column)),
      ),
  catalog: { query: columnQuery, read: readColumn },
  differences,
  create: (column, side, before) =>
    comesAlong(column, before)
      ? overrideOf(column, side).map(({ from, to }) => ({ type: 'alter_column', ...of(column), from, to }))
      : added(beforeTied(column, side), hasPlainHeirs(column, before)),
  alter,
  disturbs: (_current, _desired, changed) => changesValues(changed),
  rename: (current, desired) =>
    current.inherited
      ? undefined
      : {
          type: 'rename_column',
          schemaName: current.schemaName,
          tableName: current.table,
          columnName: current.name,
          newName: desired.name,
        },
  drop: dropped,
  // The index of a replica identity wants them NOT NULL.
  alterNames: (column, current, side) => {
    const about = current?.notNull === column.notNull ? [] : [column, ...belowOf(column, side)].map(rowIdentity)
    return column.notNull ? { takes: [], leaves: about } : { takes: about, leaves: [] }
  },
  implicitNames: (column) => (column.identity ? [sequenceOf(column.identity.sequence ?? usualSequence(column))] : []),
  stub: (column) => (column.default ? { ...column, default: null } : undefined),
  survive,
  bare: ({ schemaName, table, name, type, collation }) => ({
    schemaName,
    table,
    name,
    type,
    notNull: false,
    default: null,
    generated: null,
    identity: null,
    collation: collation ?? null,
  }),
  operations: columnOperations,
}
