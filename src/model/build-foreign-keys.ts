// Foreign keys, once all tables are known: what they lead to, whether a key is there, whether the types go together.
import { columnsOf } from './build-table.js'
import type { BuiltTable } from './built-table.js'
import { deferralOf, said } from './constraint-options.js'
import type { ForeignKeyDraft } from './draft.js'
import { type EntityClass, resolveEntity } from './entity-class.js'
import type { Issues, Place } from './issues.js'
import type { ForeignKeyConfig } from './model-config.js'
import type { NamingStrategy } from './naming.js'
import type { TakenNames } from './taken-names.js'
import { builtinType, comparableTypes } from './type-names.js'

export interface ForeignKeySurroundings {
  readonly issues: Issues
  readonly naming: NamingStrategy
  readonly names: TakenNames
  readonly tables: ReadonlyMap<EntityClass, BuiltTable>
}

export function buildForeignKey(
  table: BuiltTable,
  draft: ForeignKeyDraft,
  around: ForeignKeySurroundings,
): ForeignKeyConfig | undefined {
  const { issues, naming, names, tables } = around
  const place: Place = {
    entity: table.draft.entity.name,
    property: draft.properties.length === 1 ? draft.properties[0] : undefined,
    source: draft.source,
  }
  const entity = resolveEntity(draft.target)
  const target = entity && tables.get(entity)
  if (!target) {
    issues.add(
      'NOT_AN_ENTITY',
      place,
      `The foreign key leads to ${entity ? `'${entity.name}', which is no entity` : 'no class'}.`,
      entity
        ? 'Put @Entity(…) on it.'
        : 'Write () => User with the class of an entity; in circular modules import the class itself, not a re-export.',
    )
    return undefined
  }
  const columns = columnsOf(table, draft.properties, 'a foreign key', draft.source, around)
  const references = draft.references
    ? columnsOf(target, draft.references, `a foreign key of ${table.draft.entity.name}`, draft.source, around)
    : (target.primaryKey?.columns ?? [])
  if (columns.length === 0 || (draft.references && references.length === 0)) return undefined
  if (!draft.references && references.length === 0) {
    if (target.managed)
      issues.add(
        'KEY_TARGET_MISSING',
        place,
        `The foreign key leads to ${target.draft.entity.name}, which has no primary key.`,
        'Name the properties it refers to: { references: … }.',
      )
    else
      issues.add(
        'KEY_TARGET_MISSING',
        place,
        `The foreign key leads to ${target.draft.entity.name}, whose key is not described.`,
        'Put @PrimaryKey on it, or name the properties: { references: … }.',
      )
    return undefined
  }
  if (columns.length !== references.length) {
    issues.add(
      'FOREIGN_KEY_MISMATCH',
      place,
      `The foreign key has ${count(columns.length)} (${columns.join(', ')}), but refers to ${count(references.length)} (${references.join(', ')}) of ${target.draft.entity.name}.`,
      'Name as many properties on either side: on the class, @ForeignKey(() => X, { properties: […], references: […] }).',
    )
    return undefined
  }
  if (target.managed && !isKey(target, references)) {
    issues.add(
      'KEY_TARGET_MISSING',
      place,
      `No primary key, unique constraint or unique index of ${target.draft.entity.name} covers exactly (${references.join(', ')}).`,
      'Put @Unique([…]) on the target, or refer to its primary key.',
    )
  }
  const { match, deferrable, notValid, notEnforced, period } = draft.options
  if (period && columns.length < 2)
    issues.add(
      'FOREIGN_KEY_MISMATCH',
      place,
      'PERIOD of a foreign key needs at least two properties.',
      'Name what the ranges belong to first: { properties: [roomId, during] }.',
    )
  checkTypes(table, target, columns, references, place, issues)
  return {
    name: names.constraint(
      table,
      draft.options.name,
      (suffix) => naming.foreignKey(table.name, columns, suffix),
      draft.source,
    ),
    columns,
    references: { schemaName: target.schemaName, table: target.name, columns: references },
    ...deletion(table, draft, columns, place, around),
    onUpdate: draft.options.onUpdate ?? 'no action',
    ...deferralOf(deferrable),
    ...said({
      matchFull: match === undefined ? undefined : match === 'full',
      // What is not enforced is valid or not without anybody's asking.
      notValid: notEnforced ? undefined : notValid,
      notEnforced,
      period,
      comment: draft.options.comment,
      renamedFrom: draft.options.renamedFrom,
    }),
    source: draft.source,
  }
}

/** What happens on delete, and to which columns. */
function deletion(
  table: BuiltTable,
  { options: { onDelete = 'no action' }, source }: ForeignKeyDraft,
  columns: readonly string[],
  place: Place,
  around: ForeignKeySurroundings,
): Pick<ForeignKeyConfig, 'onDelete' | 'setColumns'> {
  if (typeof onDelete === 'string') return { onDelete }
  const [action, properties] =
    'setNull' in onDelete ? (['set null', onDelete.setNull] as const) : (['set default', onDelete.setDefault] as const)
  const setColumns = columnsOf(table, properties, 'a foreign key', source, around)
  const strange = setColumns.find((column) => !columns.includes(column))
  if (strange !== undefined)
    around.issues.add(
      'FOREIGN_KEY_MISMATCH',
      place,
      `The foreign key would set the column '${strange}' on delete, which is none of its own (${columns.join(', ')}).`,
      'Name columns of the foreign key.',
    )
  return { onDelete: action, setColumns }
}

const count = (number: number): string => `${number} ${number === 1 ? 'column' : 'columns'}`

function isKey(target: BuiltTable, references: readonly string[]): boolean {
  const same = (columns: readonly (string | undefined)[]) =>
    columns.length === references.length && references.every((name) => columns.includes(name))
  return (
    [...(target.primaryKey ? [target.primaryKey] : []), ...target.uniques].some(
      (key) => !key.deferrable && same(key.columns),
    ) ||
    target.indexes.some(
      (index) => index.unique && index.where === undefined && same(index.keys.map((key) => key.column)),
    )
  )
}

function checkTypes(
  table: BuiltTable,
  target: BuiltTable,
  columns: readonly string[],
  references: readonly string[],
  place: Place,
  issues: Issues,
): void {
  const find = (of: BuiltTable, name: string | undefined) =>
    [...of.columns.values()].find((column) => column.config.name === name)
  columns.forEach((name, index) => {
    const [from, to] = [find(table, name)?.type, find(target, references[index])?.type]
    if (!from || !to) return
    const [one, other] = [builtinType(from.sql), builtinType(to.sql)]
    const fits =
      from.more.enum || to.more.enum
        ? from.more.enum?.name === to.more.enum?.name
        : one === undefined || other === undefined || comparableTypes(one, other)
    if (!fits || Boolean(from.more.array) !== Boolean(to.more.array)) {
      issues.add(
        'FOREIGN_KEY_MISMATCH',
        place,
        `The column '${name}' (${from.sql}) refers to '${references[index]}' (${to.sql}) of ${target.draft.entity.name}; PostgreSQL cannot compare them.`,
        `Give '${name}' the type ${to.sql}.`,
      )
    }
  })
}
