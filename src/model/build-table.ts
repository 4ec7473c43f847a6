// From an entity's draft to its table: columns, then keys, checks and indexes by the names of those columns. Foreign keys come when all tables are known.
import { isSql } from '../sql/sql.js'
import { mentionedColumns } from '../sql/tokens.js'
import { type BuiltColumn, buildColumn, type ColumnSurroundings, expressionOf } from './build-columns.js'
import type { EntityDraft, IndexDraft, IndexKey } from './draft.js'
import { expressionName } from './expression-name.js'
import { spelledKey } from './index-key.js'
import type { Place } from './issues.js'
import type { CheckConfig, IndexConfig, IndexKeyConfig, KeyConfig, SourceOf } from './model-config.js'
import { nearest } from './suggest.js'
import type { TakenNames } from './taken-names.js'

/** A table with the names that are still to be found: `name` is undefined where none was given. */
export interface BuiltTable {
  readonly draft: EntityDraft
  readonly schemaName: string
  readonly name: string
  readonly managed: boolean
  readonly columns: ReadonlyMap<string, BuiltColumn>
  primaryKey?: KeyConfig
  readonly uniques: KeyConfig[]
  readonly checks: CheckConfig[]
  readonly indexes: IndexConfig[]
}

export function startTable(draft: EntityDraft, around: ColumnSurroundings): BuiltTable {
  const { options, entity } = draft
  const columns = new Map<string, BuiltColumn>()
  for (const property of draft.properties.values()) {
    const column = buildColumn(draft, property, around)
    if (column) columns.set(property.property, column)
  }
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
    draft,
    schemaName: options.schema ?? around.defaultSchema,
    name: options.table ?? around.naming.table(entity.name),
    managed: options.managed !== false,
    columns,
    uniques: [],
    checks: [],
    indexes: [],
  }
}

const extras = (options: { readonly comment?: string | null; readonly renamedFrom?: string }, source: SourceOf) => ({
  ...(options.comment === undefined ? {} : { comment: options.comment }),
  ...(options.renamedFrom === undefined ? {} : { renamedFrom: options.renamedFrom }),
  source,
})

/** Names in PostgreSQL's own order: constraints of the key first, then what else needs an index, then checks. */
export function finishTable(table: BuiltTable, around: ColumnSurroundings, names: TakenNames): void {
  const { draft, name } = table
  const { naming } = around
  const key = draft.primaryKey
  if (key) {
    const columns = columnsOf(table, key.properties, 'the primary key', key.source, around)
    table.primaryKey = {
      name: names.relation(table, key.options.name, (suffix) => naming.primaryKey(name, suffix), key.source),
      columns,
      ...extras(key.options, key.source),
    }
  }
  for (const unique of draft.uniques) {
    const columns = columnsOf(table, unique.properties, 'a unique constraint', unique.source, around)
    if (columns.length > 0 && columns.join('\0') === table.primaryKey?.columns.join('\0'))
      around.issues.add(
        'OPTIONS_CONFLICT',
        {
          entity: draft.entity.name,
          property: unique.properties.length === 1 ? unique.properties[0] : undefined,
          source: unique.source,
        },
        `The unique constraint over (${columns.join(', ')}) repeats the primary key; PostgreSQL makes only one of them.`,
        'Remove the unique constraint.',
      )
    table.uniques.push({
      name: names.relation(table, unique.options.name, (suffix) => naming.unique(name, columns, suffix), unique.source),
      columns,
      ...extras(unique.options, unique.source),
    })
  }
  for (const index of draft.indexes) table.indexes.push(indexOf(table, index, around, names))
  for (const check of draft.checks) {
    const place: Place = { entity: draft.entity.name, source: check.source }
    const expression = expressionOf(
      check.expression,
      `check${check.name ? ` '${check.name}'` : ''}`,
      place,
      around.issues,
    )
    if (expression === undefined) continue
    const said = mentionedColumns(
      expression,
      name,
      [...table.columns.values()].map((column) => column.config.name),
    )
    table.checks.push({
      name: names.constraint(
        table,
        check.name,
        (suffix) => naming.check(name, said.length === 1 ? said[0] : undefined, suffix),
        check.source,
      ),
      expression,
      ...extras(check.options, check.source),
    })
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

function indexOf(table: BuiltTable, index: IndexDraft, around: ColumnSurroundings, names: TakenNames): IndexConfig {
  const { options, source } = index
  const place: Place = { entity: table.draft.entity.name, source }
  const columnNames = [...table.columns.values()].map(({ config }) => config.name)
  const keys = index.keys.flatMap((key): IndexKeyConfig[] => {
    const full: IndexKey = typeof key === 'string' ? { property: key } : isSql(key) ? { expression: key } : key
    const [column] = full.property === undefined ? [] : columnsOf(table, [full.property], 'an index', source, around)
    const text =
      full.property === undefined ? expressionOf(full.expression, 'index expression', place, around.issues) : undefined
    if (column === undefined && text === undefined) return []
    const spelled = column === undefined ? spelledKey(text ?? '', columnNames) : { column }
    const { order, nulls, opclass, collation } = full
    return [
      {
        ...spelled,
        ...(opclass === undefined ? {} : { opclass }),
        ...(collation === undefined ? {} : { collation }),
        ...(order === undefined ? {} : { order }),
        ...(nulls === undefined ? {} : { nulls }),
      },
    ]
  })
  const where = expressionOf(options.where, '`where` of the index', place, around.issues)
  const include = options.include ? columnsOf(table, options.include, 'an index', source, around) : []
  if (index.keys.length === 0)
    around.issues.add('UNKNOWN_PROPERTY', place, 'An index names no property.', 'Name at least one, or an expression.')
  const columns = [...keys.map((key) => key.column ?? expressionName(key.expression ?? '')), ...include]
  return {
    name: names.relation(table, options.name, (suffix) => around.naming.index(table.name, columns, suffix), source),
    keys,
    unique: options.unique === true,
    method: (options.method ?? 'btree').toLowerCase(),
    ...(where === undefined ? {} : { where }),
    include,
    ...extras(options, source),
  }
}
