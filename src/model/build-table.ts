// From an entity's draft to its table and columns; its keys, constraints and indexes come after those.
import { type BuiltColumn, buildColumn, type ColumnSurroundings } from './build-columns.js'
import { inheritedColumns, ownChecks, refuseConflicts } from './build-parents.js'
import type { EntityDraft } from './draft.js'
import type { Place } from './issues.js'
import type { CheckConfig, ExcludeConfig, IndexConfig, KeyConfig, SourceOf } from './model-config.js'
import { nearest } from './suggest.js'

/** A table with the names that are still to be found: `name` is undefined where none was given. */
export interface BuiltTable {
  readonly draft: EntityDraft
  /** The tables that it inherits from, in order. */
  readonly parents: readonly BuiltTable[]
  readonly schemaName: string
  readonly name: string
  readonly managed: boolean
  readonly columns: ReadonlyMap<string, BuiltColumn>
  primaryKey?: KeyConfig
  readonly uniques: KeyConfig[]
  readonly checks: CheckConfig[]
  readonly excludes: ExcludeConfig[]
  readonly indexes: IndexConfig[]
}

/** `parents`: the tables that it inherits from, which are started already. */
export function startTable(draft: EntityDraft, parents: readonly BuiltTable[], around: ColumnSurroundings): BuiltTable {
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
