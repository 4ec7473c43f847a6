// A view as data, and the factory that declares one.

import type { Expression } from '../../engine/kind.js'
import { declaredName, declaredQuery } from '../../model/declared-text.js'
import type { PlacedObject } from '../../model/draft.js'
import { sourceOf } from '../../model/source-line.js'
import { isSql, type Sql } from '../../sql/sql.js'
import type { QueryColumn } from '../query-columns.js'

export const viewKind = 'view'

/** `true` and `false` are what a model says; a text is what the catalog has (`on`, `true`, …), null nothing. */
export type Flag = boolean | string | null

export interface ColumnDefault {
  readonly column: string
  readonly value: Expression
}

export interface View {
  readonly schemaName: string
  readonly name: string
  readonly query: Expression
  /** Declared side only: names for the columns, where the query's own are not meant. */
  readonly columns?: readonly string[]
  /** The columns that come of it; null where nobody knows yet. */
  readonly output: readonly QueryColumn[] | null
  readonly securityBarrier: Flag
  readonly securityInvoker: Flag
  readonly checkOption: 'local' | 'cascaded' | null
  /** What INSERT puts into a column that it does not name, by column name. */
  readonly defaults?: readonly ColumnDefault[]
  readonly renamedFrom?: string
}

export interface ViewOptions {
  /** Any query: SELECT, WITH (also recursive), VALUES. */
  readonly query: Sql
  /** Names of the columns. Default: those of the query. */
  readonly columns?: readonly string[]
  /** Default: the schema of the entity that it is attached to, or the default schema. */
  readonly schema?: string
  /** Default false. */
  readonly securityBarrier?: boolean
  /** Who asks needs the rights on the tables, not who owns the view. PostgreSQL 15 and later. Default false. */
  readonly securityInvoker?: boolean
  readonly checkOption?: 'local' | 'cascaded'
  /** Defaults of columns for INSERT into the view. Left out, they stay as they are. */
  readonly defaults?: Readonly<Record<string, Sql>>
  readonly comment?: string | null
  /** Comments of columns. */
  readonly columnComments?: Readonly<Record<string, string | null>>
  /** The name it had; may stay for ever. */
  readonly renamedFrom?: string
}

/**
 * A view, for `model.has(…)`, `e.has(…)` and `@With(…)`.
 * What is not said (`securityBarrier`, `checkOption`, …) has PostgreSQL's default.
 * @throws UsageError NOT_AN_EXPRESSION where `query` is no SQL or could leave its statement
 * @example
 * model.has(view('active_users', { query: sql`select id, email from users where deleted_at is null`, securityInvoker: true }))
 * // create view "public"."active_users" with (security_invoker = 'true') as select id, email from users where deleted_at is null
 */
export function view(name: string, options: ViewOptions): PlacedObject {
  const { query, columns, schema, securityBarrier, securityInvoker, checkOption, defaults, renamedFrom } = options
  const source = sourceOf(view)
  const declared = {
    name: declaredName(name, 'view'),
    query: { expression: declaredQuery(query, `the query of view '${name}'`) },
    ...(columns === undefined ? {} : { columns: [...columns] }),
    output: null,
    securityBarrier: securityBarrier ?? false,
    securityInvoker: securityInvoker ?? false,
    checkOption: checkOption ?? null,
    ...(defaults === undefined ? {} : { defaults: declaredDefaults(name, defaults) }),
    ...(renamedFrom === undefined ? {} : { renamedFrom }),
    source,
  }
  return ({ schemaName }) => ({
    kind: viewKind,
    object: { schemaName: schema ?? schemaName, ...declared },
    ...(options.comment === undefined ? {} : { comment: options.comment }),
    ...(options.columnComments === undefined ? {} : { columnComments: options.columnComments }),
  })
}

const declaredDefaults = (name: string, defaults: Readonly<Record<string, Sql>>): readonly ColumnDefault[] =>
  Object.entries(defaults)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([column, value]) => ({
      column,
      value: { expression: declaredQuery(isSql(value) ? value : undefined, `the default of '${name}.${column}'`) },
    }))
