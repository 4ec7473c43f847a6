// From what the builder was told to objects, by the same declarations as a model's: names, types and defaults come out alike.

import type { SchemaObject } from '../../engine/kind.js'
import type { Registry } from '../../engine/registry.js'
import { type Entry, entryOf } from '../../engine/state.js'
import { UsageError } from '../../errors.js'
import type {
  ColumnConfig,
  ForeignKeyConfig,
  IndexConfig,
  ModelConfig,
  SequenceConfig,
  TableConfig,
} from '../../model/model-config.js'
import {
  checkConstraintName,
  foreignKeyName,
  indexName,
  ownedSequenceName,
  primaryKeyName,
  uniqueConstraintName,
  untaken,
} from '../../model/naming.js'
import { id, isSql, literal, qualified, type Sql } from '../../sql/sql.js'
import type { ColumnDraft } from './column-builder.js'
import type { IndexKeyInput, TableDraft } from './table-builder.js'

/** A relation or type by name. */
export interface Place {
  readonly schemaName: string
  readonly name: string
}

/** `users` is in the default schema; `auth.users` says its own. Names with a dot of their own go through `apply`. */
export function placeOf(name: string, defaultSchema: string): Place {
  const dot = name.indexOf('.')
  const [schemaName, bare] = dot < 0 ? [defaultSchema, name] : [name.slice(0, dot), name.slice(dot + 1)]
  if (bare === '' || schemaName === '')
    throw new UsageError('USAGE', `'${name}' is no name.`, { hint: "Write 'users', or 'auth.users'." })
  return { schemaName, name: bare }
}

export const emptyModel = (defaultSchema: string): ModelConfig => ({
  contextName: '',
  defaultSchema,
  schemas: [],
  extensions: [],
  enums: [],
  sequences: [],
  tables: [],
  further: [],
})

/** What every kind declares of a model. */
export const declaredBy = (registry: Registry, model: ModelConfig): readonly Entry[] =>
  registry.kinds.flatMap((kind) => kind.declare(model, []).map((object) => entryOf(kind, object as SchemaObject)))

/** The model of a table that the builder describes, with the sequences of its serial columns. */
export function modelOf(place: Place, draft: TableDraft, defaultSchema: string): ModelConfig {
  const sequences: SequenceConfig[] = []
  const taken = new Set<string>()
  const free = (given: string | undefined, make: (suffix: string) => string): string => {
    const name = given ?? untaken(make, (one) => taken.has(one))
    taken.add(name)
    return name
  }
  const columns = draft.columns.map((column): ColumnConfig => {
    const config = columnOf(column)
    if (!column.type.more.serial) return config
    const name = ownedSequenceName(place.name, column.name)
    const { schemaName } = place
    sequences.push({
      schemaName,
      name,
      dataType: column.type.sql as 'integer',
      ownedBy: { schemaName, table: place.name, column: column.name },
    })
    return {
      ...config,
      default: { expression: `nextval(${literal(qualified(schemaName, name).text).text}::regclass)` },
    }
  })
  const keyed = draft.columns.filter((column) => column.primaryKey)
  const key =
    draft.primaryKey ??
    (keyed.length > 0 ? { ...keyed[0]?.primaryKey, columns: keyed.map((column) => column.name) } : undefined)
  const uniques = [
    ...draft.columns.flatMap((column) => (column.unique ? [{ ...column.unique, columns: [column.name] }] : [])),
    ...draft.uniques,
  ]
  const checks = [
    ...draft.columns.flatMap((column) =>
      column.checks.map((check) => ({ ...check, column: column.name as string | undefined })),
    ),
    ...draft.checks.map((check) => ({ ...check, column: undefined })),
  ]
  const table: TableConfig = {
    schemaName: place.schemaName,
    name: place.name,
    entity: place.name,
    managed: true,
    ignore: [],
    columns: columns.map((column) => (key?.columns.includes(column.name) ? { ...column, nullable: false } : column)),
    ...(key
      ? { primaryKey: { name: free(key.name, (suffix) => primaryKeyName(place.name, suffix)), columns: key.columns } }
      : {}),
    excludes: [],
    uniques: uniques.map(({ name, columns }) => ({
      name: free(name, (suffix) => uniqueConstraintName(place.name, columns, suffix)),
      columns,
    })),
    checks: checks.map(({ name, expression, column }) => ({
      name: free(name, (suffix) => checkConstraintName(place.name, column, suffix)),
      expression: expression.text,
    })),
    indexes: [
      ...draft.columns.flatMap((column) => (column.index ? [{ keys: [column.name], options: column.index }] : [])),
      ...draft.indexes,
    ].map(({ keys, options }) =>
      indexOf(keys, {
        ...options,
        name: free(options.name, (suffix) => indexName(place.name, keys.map(keyColumn), suffix)),
      }),
    ),
    foreignKeys: [
      ...draft.columns.flatMap(({ name, references }) =>
        references ? [{ columns: [name], options: { ...references, columns: [references.column] } }] : [],
      ),
      ...draft.foreignKeys,
    ].map(({ columns, options }): ForeignKeyConfig => {
      const target = placeOf(options.table, defaultSchema)
      return {
        name: free(options.name, (suffix) => foreignKeyName(place.name, columns, suffix)),
        columns,
        references: { schemaName: target.schemaName, table: target.name, columns: options.columns ?? ['id'] },
        onDelete: options.onDelete ?? 'no action',
        onUpdate: options.onUpdate ?? 'no action',
      }
    }),
    ...(draft.comment === undefined ? {} : { comment: draft.comment }),
  }
  return { ...emptyModel(defaultSchema), tables: [table], sequences }
}

const keyColumn = (key: IndexKeyInput): string | undefined =>
  typeof key === 'string' ? key : isSql(key) ? undefined : key.column

function indexOf(
  keys: readonly IndexKeyInput[],
  options: {
    readonly name: string
    readonly unique?: boolean
    readonly where?: Sql
    readonly method?: string
    readonly include?: readonly string[]
    readonly comment?: string
  },
): IndexConfig {
  return {
    name: options.name,
    keys: keys.map((key) => {
      if (typeof key === 'string') return { column: key }
      if (isSql(key)) return { expression: key.text }
      const { expression, ...rest } = key
      return { ...rest, ...(expression ? { expression: expression.text } : {}) }
    }),
    unique: options.unique ?? false,
    method: options.method ?? 'btree',
    ...(options.where ? { where: options.where.text } : {}),
    include: options.include ?? [],
    ...(options.comment === undefined ? {} : { comment: options.comment }),
  }
}

const text = (value: number | bigint | string | undefined): string | undefined =>
  value === undefined ? undefined : String(value)

function columnOf(draft: ColumnDraft): ColumnConfig {
  const { identity, collation, type } = draft
  const definition = type.more.enum
  const numbers = identity
    ? Object.fromEntries(
        Object.entries({
          start: text(identity.start),
          increment: text(identity.increment),
          minValue: text(identity.minValue),
          maxValue: text(identity.maxValue),
          cache: text(identity.cache),
        }).filter(([, value]) => value !== undefined),
      )
    : {}
  return {
    property: draft.name,
    name: draft.name,
    // What is written without a schema is found by the search path.
    type: definition
      ? {
          sql: `${id(definition.name).text}${type.more.array ? '[]' : ''}`,
          ...(definition.schema === undefined ? {} : { schemaName: definition.schema }),
        }
      : { sql: type.sql },
    nullable: !draft.notNull,
    ...(draft.default === undefined
      ? {}
      : { default: isSql(draft.default) ? { expression: draft.default.text } : { literal: draft.default } }),
    ...(draft.generated
      ? { generated: { expression: draft.generated.expression.text, stored: draft.generated.stored } }
      : {}),
    ...(identity
      ? {
          identity: {
            generation: identity.generation ?? 'always',
            ...numbers,
            ...(identity.cycle === undefined ? {} : { cycle: identity.cycle }),
          },
        }
      : {}),
    ...(collation === undefined
      ? {}
      : {
          collation:
            typeof collation === 'string'
              ? { collationName: collation }
              : { schemaName: collation.schema, collationName: collation.name },
        }),
    ...(draft.backfill ? { backfill: draft.backfill.text } : {}),
    ...(draft.comment === undefined ? {} : { comment: draft.comment }),
    ignore: [],
  }
}
