// One column of createTable(), alterTable() or addColumn(), as it is described call by call.
import type { ColumnType } from '../../model/column-types.js'
import type { IdentityOptions } from '../../model/draft.js'
import type { ForeignKeyAction } from '../../model/model-config.js'
import type { Sql } from '../../sql/sql.js'

/** What the calls come to. */
export interface ColumnDraft {
  readonly name: string
  type: ColumnType<unknown>
  notNull: boolean
  default?: unknown
  generated?: { readonly expression: Sql; readonly stored: boolean }
  identity?: IdentityOptions
  collation?: string | { readonly schema: string; readonly name: string }
  comment?: string
  backfill?: Sql
  primaryKey?: { readonly name?: string }
  unique?: { readonly name?: string }
  index?: { readonly name?: string; readonly unique?: boolean }
  checks: { readonly expression: Sql; readonly name?: string }[]
  references?: {
    readonly table: string
    readonly column: string
    readonly name?: string
    onDelete?: ForeignKeyAction
    onUpdate?: ForeignKeyAction
  }
}

/** NULL is allowed until notNull() or primaryKey() says otherwise, as in SQL. */
export class ColumnBuilder {
  constructor(readonly draft: ColumnDraft) {}

  notNull(): this {
    this.draft.notNull = true
    return this
  }
  nullable(): this {
    this.draft.notNull = false
    return this
  }
  /** A value of the column's type, or SQL: sql`now()`. */
  default(value: unknown): this {
    this.draft.default = value
    return this
  }
  /** The table's primary key, with NOT NULL; for several columns use `t.primaryKey(['a', 'b'])`. */
  primaryKey(name?: string): this {
    this.draft.primaryKey = name === undefined ? {} : { name }
    this.draft.notNull = true
    return this
  }
  unique(name?: string): this {
    this.draft.unique = name === undefined ? {} : { name }
    return this
  }
  /** An index of this column alone. */
  index(name?: string): this {
    this.draft.index = name === undefined ? {} : { name }
    return this
  }
  /** @example t.integer('age').check(sql`age >= 0`) */
  check(expression: Sql, name?: string): this {
    this.draft.checks.push({ expression, ...(name === undefined ? {} : { name }) })
    return this
  }
  /** @example t.integer('user_id').references('users').onDelete('cascade') */
  references(table: string, column = 'id', name?: string): this {
    this.draft.references = { table, column, ...(name === undefined ? {} : { name }) }
    return this
  }
  onDelete(action: ForeignKeyAction): this {
    if (this.draft.references) this.draft.references.onDelete = action
    return this
  }
  onUpdate(action: ForeignKeyAction): this {
    if (this.draft.references) this.draft.references.onUpdate = action
    return this
  }
  /** GENERATED … AS IDENTITY, with NOT NULL. */
  identity(options: 'always' | 'byDefault' | IdentityOptions = 'always'): this {
    this.draft.identity = typeof options === 'string' ? { generation: options } : options
    this.draft.notNull = true
    return this
  }
  /** GENERATED ALWAYS AS (…) STORED; `stored: false` is a virtual column, PostgreSQL 18 and later. */
  generated(expression: Sql, options: { readonly stored?: boolean } = {}): this {
    this.draft.generated = { expression, stored: options.stored ?? true }
    return this
  }
  collate(collation: string | { readonly schema: string; readonly name: string }): this {
    this.draft.collation = collation
    return this
  }
  comment(text: string): this {
    this.draft.comment = text
    return this
  }
  /** Fills existing rows of a column that is added NOT NULL. */
  backfill(expression: Sql): this {
    this.draft.backfill = expression
    return this
  }
  array(): this {
    this.draft.type = this.draft.type.array()
    return this
  }
}
