// From everything that was said to the frozen model, or to one error that lists every mistake.
import { finishTable } from './build-constraints.js'
import { buildEnums } from './build-enums.js'
import { buildForeignKey } from './build-foreign-keys.js'
import { parentsOf } from './build-parents.js'
import { claimPartitions, listedPartitions, partitionsOf, refusePartitionedKeys, storedAs } from './build-partitions.js'
import { sequenceOf, serialSequences } from './build-sequences.js'
import { startTables } from './build-table.js'
import type { BuiltTable } from './built-table.js'
import type { EntityDraft } from './draft.js'
import { type EntityClass, resolveEntity } from './entity-class.js'
import { Issues, type Place } from './issues.js'
import type { ModelDraft } from './model-builder.js'
import type {
  ForeignKeyConfig,
  FurtherObject,
  ModelConfig,
  SchemaConfig,
  SequenceConfig,
  TableConfig,
} from './model-config.js'
import type { NamingStrategy } from './naming.js'
import { declareOwn, ownedBy } from './own-types.js'
import { TakenNames } from './taken-names.js'

export interface BuildOptions {
  readonly contextName: string
  readonly defaultSchema: string
  readonly naming: NamingStrategy
}

/** How an entity is stored. */
export interface EntityMapping {
  readonly schemaName: string
  readonly tableName: string
  /** property → column */
  readonly columns: Readonly<Record<string, string>>
}

export interface BuiltModel {
  readonly model: ModelConfig
  readonly mappings: ReadonlyMap<EntityClass, EntityMapping>
}

/** @throws ModelError with every mistake */
export function buildModel(draft: ModelDraft, { contextName, defaultSchema, naming }: BuildOptions): BuiltModel {
  const issues = new Issues()
  const names = new TakenNames(issues)
  followRelations(draft)
  const { enums: definitions, own } = ownedBy(draft)
  const around = {
    issues,
    naming,
    defaultSchema,
    enums: new Set([...definitions, ...own].map((definition) => definition.name.toLowerCase())),
  }
  const drafts = new Map<EntityClass, EntityDraft>()
  for (const [entity, described] of draft.entities) {
    if (!isEntity(described))
      issues.add(
        'NOT_AN_ENTITY',
        { entity: entity.name },
        `The class '${entity.name}' is used as an entity, but is none.`,
        'Put @Entity(…) on it, or name it in setupModel.',
      )
    else drafts.set(entity, described)
  }
  const tables = startTables(drafts, around)
  const enums = buildEnums(definitions, defaultSchema, names, issues)
  const declared = declareOwn(own, defaultSchema, names, issues)
  for (const table of tables.values()) {
    claimTable(table, names, issues)
    claimPartitions(table, names)
    reserveGiven(table, names)
  }
  const sequences = [
    ...draft.sequences.map((sequence) => sequenceOf(sequence, defaultSchema, names)),
    ...[...tables.values()].filter((table) => table.managed).flatMap((table) => serialSequences(table, names)),
  ]
  for (const table of tables.values()) finishTable(table, around, names)
  const finished = [...tables.values()].flatMap((table) => {
    const foreignKeys = table.draft.foreignKeys.flatMap(
      (key) => buildForeignKey(table, key, { issues, naming, names, tables }) ?? [],
    )
    const config = tableConfig(table, foreignKeys, sequences, issues)
    refusePartitionedKeys(config, table, issues)
    return [config, ...partitionsOf(config, listedPartitions(table, issues))]
  })
  const further = [
    ...declared,
    ...draft.further.map((one) =>
      typeof one === 'function' ? one({ schemaName: defaultSchema, defaultSchema }) : one,
    ),
    ...[...tables.values()].flatMap((table) =>
      table.draft.further.map(
        (one): FurtherObject =>
          typeof one === 'function' ? one({ schemaName: table.schemaName, table: table.name, defaultSchema }) : one,
      ),
    ),
  ]
  const schemas = buildSchemas(
    draft,
    [
      defaultSchema,
      ...finished.filter((table) => table.managed).map((table) => table.schemaName),
      ...enums.map((one) => one.schemaName),
      ...sequences.map((one) => one.schemaName),
      ...draft.extensions.flatMap((one) => one.options.schema ?? []),
      ...further.flatMap(({ object }) => (object as { readonly schemaName?: string }).schemaName ?? []),
    ],
    issues,
    names,
  )
  const extensions = draft.extensions.map(({ name, options, source }) => {
    names.take('extension', name, 'an extension', { source }, 'each extension once')
    return {
      name,
      ...(options.schema === undefined ? {} : { schemaName: options.schema }),
      ...(options.version === undefined ? {} : { version: options.version }),
      ...(options.comment === undefined ? {} : { comment: options.comment }),
      source,
    }
  })
  issues.throwIfAny()
  const mappings = new Map(
    [...tables].map(([entity, table]) => [
      entity,
      {
        schemaName: table.schemaName,
        tableName: table.name,
        columns: Object.fromEntries([...table.columns].map(([property, column]) => [property, column.config.name])),
      },
    ]),
  )
  return {
    model: frozen({ contextName, defaultSchema, schemas, extensions, enums, sequences, tables: finished, further }),
    mappings,
  }
}

const isEntity = ({ declared, properties }: EntityDraft): boolean => declared || properties.size > 0

/** Entities that foreign keys lead to, and parents, belong to the model. */
function followRelations(draft: ModelDraft): void {
  for (const described of draft.entities.values()) {
    const targets = [...described.foreignKeys.map((key) => key.target), ...parentsOf(described)]
    for (const target of targets) {
      const entity = resolveEntity(target)
      if (!entity || draft.entities.has(entity)) continue
      // The map grows while it is walked, so that what is found is followed too. Who refers to it reports a class that is none.
      const found = draft.entity(entity)
      if (!isEntity(found)) draft.entities.delete(entity)
    }
  }
}

function claimTable(table: BuiltTable, names: TakenNames, issues: Issues): void {
  const { draft, schemaName, name } = table
  const place: Place = { entity: draft.entity.name, source: draft.source }
  names.checkName(schemaName, 'the schema', place)
  const what = `the table of ${draft.entity.name}`
  if (names.takeTable(schemaName, name, what, place)) {
    names.takeRelation(schemaName, name, what, place)
    names.takeType(schemaName, name, what, place)
  }
  const columns = new Map<string, string>()
  for (const [property, { config }] of table.columns) {
    const at: Place = { entity: draft.entity.name, property, source: config.source }
    names.checkName(config.name, `the column of '${property}'`, at)
    const other = columns.get(config.name)
    if (other !== undefined)
      issues.add(
        'DUPLICATE_COLUMN',
        at,
        `The column '${config.name}' is that of the property '${other}' too.`,
        'Give one of them another name: { name: … }.',
      )
    columns.set(config.name, property)
  }
}

/** Names that are found make way for those that were given. */
function reserveGiven({ draft, schemaName }: BuiltTable, names: TakenNames): void {
  const indexed = [
    ...(draft.primaryKey ? [draft.primaryKey] : []),
    ...draft.uniques,
    ...draft.excludes,
    ...draft.indexes,
  ]
  for (const { options } of indexed) if (options.name !== undefined) names.reserve(schemaName, options.name)
  for (const check of draft.checks) if (check.name !== undefined) names.reserve(schemaName, check.name)
  for (const key of draft.foreignKeys) if (key.options.name !== undefined) names.reserve(schemaName, key.options.name)
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

function tableConfig(
  table: BuiltTable,
  foreignKeys: readonly ForeignKeyConfig[],
  sequences: readonly SequenceConfig[],
  issues: Issues,
): TableConfig {
  const { draft, schemaName, name } = table
  const { comment, renamedFrom, ignore } = draft.options
  const columns = [...table.columns.values()].map(({ config, of = table }) => {
    if (!config.type.serial) return config
    const sequence = sequences.find(
      ({ ownedBy }) =>
        ownedBy?.schemaName === of.schemaName && ownedBy.table === of.name && ownedBy.column === config.name,
    )
    if (!sequence) return config
    return {
      ...config,
      default: {
        expression: `nextval('${`${quoted(schemaName)}.${quoted(sequence.name)}`.replaceAll("'", "''")}'::regclass)`,
      },
    }
  })
  return {
    schemaName,
    name,
    entity: draft.entity.name,
    managed: table.managed,
    ignore: ignore ?? [],
    ...storedAs(table, issues),
    ...(table.parents.length === 0
      ? {}
      : {
          parents: table.parents.map((parent) => ({
            schemaName: parent.schemaName,
            table: parent.name,
            columns: [...parent.columns.values()].map((column) => column.config.name),
          })),
        }),
    columns,
    ...(table.primaryKey ? { primaryKey: table.primaryKey } : {}),
    uniques: table.uniques,
    checks: table.checks,
    excludes: table.excludes,
    indexes: table.indexes,
    foreignKeys,
    ...(comment === undefined ? {} : { comment }),
    ...(renamedFrom === undefined ? {} : { renamedFrom }),
    source: draft.source,
  }
}

/** Those that are named, and those that anything lies in. */
function buildSchemas(
  draft: ModelDraft,
  used: readonly string[],
  issues: Issues,
  names: TakenNames,
): readonly SchemaConfig[] {
  const found = new Map<string, SchemaConfig>()
  for (const { name, options, source } of draft.schemas) {
    names.take('schema', name, `the schema '${name}'`, { source }, 'each schema once')
    found.set(name, { name, ...options, source })
  }
  for (const name of used) if (!found.has(name)) found.set(name, { name })
  for (const { name, source } of found.values()) {
    if (/^pg_/.test(name) || name === 'information_schema')
      issues.add(
        'DUPLICATE_NAME',
        { source },
        `The schema '${name}' is PostgreSQL's own.`,
        'Choose another name; pg_ is reserved.',
      )
  }
  return [...found.values()]
}

function frozen<T>(value: T): T {
  if (
    typeof value !== 'object' ||
    value === null ||
    Object.isFrozen(value) ||
    value instanceof Date ||
    ArrayBuffer.isView(value)
  )
    return value
  for (const key in value) frozen(value[key])
  return Object.freeze(value)
}
