// From an entity's draft to its table and columns; its keys, constraints and indexes come after those.
import { buildColumn, type ColumnSurroundings } from './build-columns.js'
import { inheritedColumns, ownChecks, parentsOf, refuseConflicts } from './build-parents.js'
import type { BuiltTable } from './built-table.js'
import type { EntityDraft } from './draft.js'
import { type EntityClass, resolveEntity } from './entity-class.js'
import type { Place } from './issues.js'
import type { SourceOf } from './model-config.js'
import { nearest } from './suggest.js'

/** `parents`: the tables that it inherits from, which are started already. */
function startTable(draft: EntityDraft, parents: readonly BuiltTable[], around: ColumnSurroundings): BuiltTable {
  const { options, entity } = draft
  const own = [...draft.properties.values()].flatMap((property) => {
    const column = buildColumn(draft, property, around)
    return column ? [{ property, column }] : []
  })
  const columns = inheritedColumns(own, parents)
  refuseConflicts(draft, own, parents, around.issues)
  const place: Place = { entity: entity.name, source: draft.source }
  if (columns.size === 0 && draft.properties.size === 0)
    around.issues.add(
      'NO_COLUMNS',
      place,
      'The entity has no columns.',
      'Put @Column(…) on its properties, or describe them with e.property(…) in setupModel.',
    )
  else if (!draft.primaryKey && options.managed !== false && !options.keyless) {
    around.issues.add(
      'NO_KEY',
      place,
      'The entity has no primary key.',
      'Put @PrimaryKey(…) on a property, or say that none is meant: @Entity({ …, keyless: true }).',
    )
  }
  return {
    draft: parents.length === 0 ? draft : { ...draft, checks: ownChecks(draft, parents) },
    parents,
    schemaName: options.schema ?? around.defaultSchema,
    name: options.table ?? around.naming.table(entity.name),
    managed: options.managed !== false,
    columns,
    uniques: [],
    checks: [],
    excludes: [],
    indexes: [],
  }
}

/** Every entity's table with its columns, in the order in which they were named; parents are known before what inherits from them. */
export function startTables(
  drafts: ReadonlyMap<EntityClass, EntityDraft>,
  around: ColumnSurroundings,
): ReadonlyMap<EntityClass, BuiltTable> {
  const { issues } = around
  const started = new Map<EntityClass, BuiltTable>()
  const open = new Set<EntityClass>()
  const start = (entity: EntityClass, draft: EntityDraft): BuiltTable => {
    const known = started.get(entity)
    if (known) return known
    open.add(entity)
    const place: Place = { entity: entity.name, source: draft.source }
    const parents = parentsOf(draft).flatMap((reference): readonly BuiltTable[] => {
      const parent = resolveEntity(reference)
      const described = parent && drafts.get(parent)
      if (!parent || !described) {
        issues.add(
          'NOT_AN_ENTITY',
          place,
          `The entity inherits from ${parent ? `'${parent.name}', which is none` : 'something that is no class'}.`,
          'Name the class of an entity: inherits: () => Parent.',
        )
        return []
      }
      if (open.has(parent)) {
        issues.add(
          'OPTIONS_CONFLICT',
          place,
          `The entity inherits from '${parent.name}', which inherits from it${parent === entity ? 'self' : ''}.`,
          'Let only one of them inherit from the other.',
        )
        return []
      }
      return [start(parent, described)]
    })
    const table = startTable(draft, parents, around)
    open.delete(entity)
    started.set(entity, table)
    return table
  }
  return new Map([...drafts].map(([entity, draft]) => [entity, start(entity, draft)]))
}

/** Columns of properties; a property that is none is a mistake. */
export function columnsOf(
  table: BuiltTable,
  properties: readonly string[],
  what: string,
  source: SourceOf,
  { issues }: Pick<ColumnSurroundings, 'issues'>,
): readonly string[] {
  if (properties.length === 0)
    issues.add(
      'UNKNOWN_PROPERTY',
      { entity: table.draft.entity.name, source },
      `${what[0]?.toUpperCase()}${what.slice(1)} names no property.`,
      'Name at least one.',
    )
  return properties.flatMap((property) => {
    const column = table.columns.get(property)
    if (column) return [column.config.name]
    // Its column is missing for a reason that is listed already.
    if (table.draft.properties.has(property)) return []
    const meant =
      nearest(property, table.draft.properties.keys()) ??
      [...table.columns.values()].find((one) => one.config.name === property)?.config.property
    issues.add(
      'UNKNOWN_PROPERTY',
      { entity: table.draft.entity.name, property, source },
      `${what[0]?.toUpperCase()}${what.slice(1)} names the property '${property}', which is no column.`,
      meant ? `Did you mean '${meant}'?` : 'Put @Column(…) on it.',
    )
    return []
  })
}
