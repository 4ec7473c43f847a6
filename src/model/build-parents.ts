// Inheritance of tables: which come first, the columns and checks that a table has from its parents, and what cannot be.
import { formatType, parseType } from '../sql/types.js'
import type { BuiltColumn } from './build-columns.js'
import type { BuiltTable } from './built-table.js'
import type { CheckDraft, EntityDraft, PropertyDraft } from './draft.js'
import type { EntityClass, EntityReference } from './entity-class.js'
import type { Issues, Place } from './issues.js'

interface OwnColumn {
  readonly property: PropertyDraft
  readonly column: BuiltColumn
}

/** What `inherits` names, in order. */
export function parentsOf({ options: { inherits } }: Pick<EntityDraft, 'options'>): readonly EntityReference[] {
  if (inherits === undefined) return []
  return Array.isArray(inherits) ? (inherits as readonly EntityReference[]) : [inherits as EntityReference]
}

/** The parents' columns first, as PostgreSQL puts them, then the table's own; by property. */
export function inheritedColumns(
  own: readonly OwnColumn[],
  parents: readonly BuiltTable[],
): ReadonlyMap<string, BuiltColumn> {
  const columns = new Map<string, BuiltColumn>()
  const declared = new Map(own.map((one) => [one.column.config.name, one]))
  const taken = new Set<string>()
  for (const parent of parents) {
    for (const [property, column] of parent.columns) {
      const { name } = column.config
      if (taken.has(name)) continue
      taken.add(name)
      const origin = column.of ?? { schemaName: parent.schemaName, name: parent.name }
      const said = declared.get(name)
      // Parents may call different columns by the same property.
      if (!said)
        columns.set(columns.has(property) ? name : property, { type: column.type, config: bare(column), of: origin })
      else if (isInherited(said.property, parents))
        columns.set(said.property.property, { type: said.column.type, config: bare(said.column), of: origin })
      else columns.set(said.property.property, { ...said.column, config: { ...said.column.config, local: true } })
    }
  }
  for (const { property, column } of own) if (!taken.has(column.config.name)) columns.set(property.property, column)
  return columns
}

/** Neither identity nor comments are inherited. */
function bare({ config }: BuiltColumn): BuiltColumn['config'] {
  const { identity: _identity, comment: _comment, local: _local, ...column } = config
  return column
}

/** The property comes from a parent's class, or from one that it extends. */
const isInherited = ({ level }: PropertyDraft, parents: readonly BuiltTable[]): boolean =>
  level !== undefined &&
  parents.some(
    ({ draft: { entity }, parents: above }) =>
      extending(entity, level) || above.some((one) => extending(one.draft.entity, level)),
  )

const extending = (entity: EntityClass, base: EntityClass): boolean =>
  entity === base || Object.prototype.isPrototypeOf.call(base, entity)

/** Checks that the class has from a parent's class come with the parent's table, but for those that do not inherit. */
export function ownChecks(draft: EntityDraft, parents: readonly BuiltTable[]): CheckDraft[] {
  const above = parents.flatMap(allChecks)
  return draft.checks.filter(
    (check) =>
      check.options.noInherit === true ||
      !above.some((one) => one.expression === check.expression && one.name === check.name),
  )
}

const allChecks = ({ draft, parents }: BuiltTable): readonly CheckDraft[] => [
  ...draft.checks,
  ...parents.flatMap(allChecks),
]

/** What PostgreSQL would refuse for certain. */
export function refuseConflicts(
  draft: EntityDraft,
  own: readonly OwnColumn[],
  parents: readonly BuiltTable[],
  issues: Issues,
): void {
  if (parents.length === 0) return
  const place: Place = { entity: draft.entity.name, source: draft.source }
  const conflict = (message: string, hint: string, at: Place = place) =>
    issues.add('OPTIONS_CONFLICT', at, message, hint)
  if (draft.options.partitionBy !== undefined)
    conflict('A partitioned table cannot inherit.', 'Remove partitionBy or inherits.')
  for (const [index, parent] of parents.entries()) {
    if (parent.draft.options.partitionBy !== undefined)
      conflict(
        `The entity inherits from '${parent.draft.entity.name}', which is partitioned.`,
        "Its partitions are listed there: partitions: [{ name: '…', … }].",
      )
    if (parents.indexOf(parent) !== index)
      conflict(`The entity inherits from '${parent.draft.entity.name}' twice.`, 'Name each parent once.')
  }
  const types = new Map<string, { readonly type: string; readonly whose: string }>()
  const agree = ({ config }: BuiltColumn, whose: string, at: Place) => {
    const { sql, schemaName } = config.type
    const type = `${schemaName === undefined ? '' : `${schemaName}.`}${formatType(parseType(sql))}`
    const known = types.get(config.name)
    if (known === undefined) types.set(config.name, { type, whose })
    else if (known.type !== type)
      conflict(
        `The column '${config.name}' is ${known.type} in ${known.whose}, and ${type} in ${whose}: PostgreSQL merges them.`,
        'Give both the same type, or one of them another name.',
        at,
      )
  }
  for (const parent of parents)
    for (const column of parent.columns.values()) agree(column, `'${parent.draft.entity.name}'`, place)
  for (const { property, column } of own)
    agree(column, `'${draft.entity.name}'`, {
      entity: draft.entity.name,
      property: property.property,
      source: property.source,
    })
}
