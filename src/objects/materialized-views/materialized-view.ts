// A materialized view as data, and the factory that declares one.
import type { Expression } from '../../engine/kind.js'
import { declaredName, declaredQuery } from '../../model/declared-text.js'
import type { PlacedObject } from '../../model/draft.js'
import { type FurtherIndex, furtherIndexes } from '../../model/further-indexes.js'
import { sourceOf } from '../../model/source-line.js'
import type { Sql } from '../../sql/sql.js'
import type { QueryColumn } from '../query-columns.js'
import type { StorageParameters } from '../storage-parameters.js'

export const materializedViewKind = 'materialized-view'

/** Settings of a column that are not the usual ones. */
export interface ColumnSettings {
  readonly column: string
  readonly statistics: number | null
  readonly storage: string | null
  readonly compression: string | null
}

export interface MaterializedView {
  readonly schemaName: string
  readonly name: string
  readonly query: Expression
  /** Declared side only: names for the columns, where the query's own are not meant. */
  readonly columns?: readonly string[]
  /** The columns that come of it; null where nobody knows yet. */
  readonly output: readonly QueryColumn[] | null
  /** State, not schema: decides how it is created, and is kept when it is made again. */
  readonly populated: boolean
  readonly storage?: StorageParameters
  /** null: the default one. */
  readonly tablespace?: string | null
  /** null: the server's default, `heap`. */
  readonly accessMethod?: string | null
  readonly columnSettings?: readonly ColumnSettings[]
  readonly renamedFrom?: string
}

export interface MaterializedViewOptions {
  readonly query: Sql
  /** Names of the columns. Default: those of the query. */
  readonly columns?: readonly string[]
  /** Default: the schema of the entity that it is attached to, or the default schema. */
  readonly schema?: string
  /** Whether a new one is filled. One that is there stays as it is, filled or not. Default true. */
  readonly withData?: boolean
  readonly indexes?: readonly FurtherIndex[]
  /** Storage parameters, for example `{ fillfactor: 70 }`. */
  readonly storage?: Readonly<Record<string, string | number | boolean>>
  readonly tablespace?: string | null
  readonly accessMethod?: string | null
  readonly comment?: string | null
  /** Comments of columns. */
  readonly columnComments?: Readonly<Record<string, string | null>>
  /** The name it had; may stay for ever. */
  readonly renamedFrom?: string
}

/**
 * A materialized view with its indexes, for `model.has(…)`, `e.has(…)` and `@With(…)`.
 * Storage, tablespace and access method that are not said stay as they are.
 * @throws UsageError NOT_AN_EXPRESSION where `query` is no SQL or could leave its statement
 * @example
 * model.has(materializedView('totals', { query: sql`select user_id, sum(amount) as total from orders group by user_id`, indexes: [{ columns: ['user_id'], unique: true }] }))
 * // create materialized view "public"."totals" as select … with data; create unique index "totals_user_id_idx" on …
 */
export function materializedView(name: string, options: MaterializedViewOptions): PlacedObject {
  const { query, columns, schema, withData, storage, tablespace, accessMethod, renamedFrom } = options
  const source = sourceOf(materializedView)
  const declared = {
    name: declaredName(name, 'materialized view'),
    query: { expression: declaredQuery(query, `the query of materialized view '${name}'`) },
    ...(columns === undefined ? {} : { columns: [...columns] }),
    output: null,
    populated: withData ?? true,
    ...(storage === undefined
      ? {}
      : { storage: Object.fromEntries(Object.entries(storage).map(([key, value]) => [key, String(value)])) }),
    ...(tablespace === undefined ? {} : { tablespace }),
    ...(accessMethod === undefined ? {} : { accessMethod }),
    ...(renamedFrom === undefined ? {} : { renamedFrom }),
    source,
  }
  return ({ schemaName }) => ({
    kind: materializedViewKind,
    object: { schemaName: schema ?? schemaName, ...declared },
    indexes: furtherIndexes(name, options.indexes ?? [], source),
    ...(options.comment === undefined ? {} : { comment: options.comment }),
    ...(options.columnComments === undefined ? {} : { columnComments: options.columnComments }),
  })
}
