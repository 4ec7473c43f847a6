// What createTable() hands to its callback: a method per type of the model, keys, indexes, checks, foreign keys.
import * as types from '../../model/column-types.js'
import type { ForeignKeyAction } from '../../model/model-config.js'
import { type Sql, sql } from '../../sql/sql.js'
import { ColumnBuilder, type ColumnDraft } from './column-builder.js'

/** One key of an index: a column, an expression, or a column with its options. */
export type IndexKeyInput =
  | string
  | Sql
  | {
      readonly column?: string
      readonly expression?: Sql
      readonly order?: 'asc' | 'desc'
      readonly nulls?: 'first' | 'last'
      readonly opclass?: string
      readonly collation?: string
    }

export interface IndexInput {
  readonly name?: string
  readonly unique?: boolean
  readonly where?: Sql
  /** Default `btree`. */
  readonly method?: string
  readonly include?: readonly string[]
  readonly comment?: string
}

export interface ForeignKeyInput {
  readonly name?: string
  /** `users`, or `auth.users`. */
  readonly table: string
  /** Default: `id`. */
  readonly columns?: readonly string[]
  readonly onDelete?: ForeignKeyAction
  readonly onUpdate?: ForeignKeyAction
}

export interface NameInput {
  readonly name?: string
}

/** What the calls come to. */
export interface TableDraft {
  columns: ColumnDraft[]
  primaryKey?: { readonly columns: readonly string[]; readonly name?: string }
  uniques: { readonly columns: readonly string[]; readonly name?: string }[]
  checks: { readonly expression: Sql; readonly name?: string }[]
  indexes: { readonly keys: readonly IndexKeyInput[]; readonly options: IndexInput }[]
  foreignKeys: { readonly columns: readonly string[]; readonly options: ForeignKeyInput }[]
  comment?: string
}

export const emptyDraft = (): TableDraft => ({ columns: [], uniques: [], checks: [], indexes: [], foreignKeys: [] })

/** NULL is allowed in a column until notNull() says otherwise; every type without a method of its own goes through `column(name, type)`. */
export class TableBuilder {
  constructor(readonly draft: TableDraft = emptyDraft()) {}

  /**
   * A column of any type.
   * @example t.column('state', 'order_status').notNull()
   * @example t.column('embedding', customType('vector(3)'))
   */
  column(name: string, type: string | types.ColumnType<unknown>): ColumnBuilder {
    const draft: ColumnDraft = {
      name,
      type: typeof type === 'string' ? types.customType(type) : type,
      notNull: false,
      checks: [],
    }
    if (draft.type.more.serial) draft.notNull = true
    this.draft.columns.push(draft)
    return new ColumnBuilder(draft)
  }
  smallint(name: string): ColumnBuilder {
    return this.column(name, types.smallint())
  }
  integer(name: string): ColumnBuilder {
    return this.column(name, types.integer())
  }
  bigint(name: string): ColumnBuilder {
    return this.column(name, types.bigint())
  }
  serial(name: string): ColumnBuilder {
    return this.column(name, types.serial())
  }
  smallserial(name: string): ColumnBuilder {
    return this.column(name, types.smallserial())
  }
  bigserial(name: string): ColumnBuilder {
    return this.column(name, types.bigserial())
  }
  real(name: string): ColumnBuilder {
    return this.column(name, types.real())
  }
  doublePrecision(name: string): ColumnBuilder {
    return this.column(name, types.doublePrecision())
  }
  money(name: string): ColumnBuilder {
    return this.column(name, types.money())
  }
  text(name: string): ColumnBuilder {
    return this.column(name, types.text())
  }
  bytea(name: string): ColumnBuilder {
    return this.column(name, types.bytea())
  }
  boolean(name: string): ColumnBuilder {
    return this.column(name, types.boolean())
  }
  uuid(name: string): ColumnBuilder {
    return this.column(name, types.uuid())
  }
  json(name: string): ColumnBuilder {
    return this.column(name, types.json())
  }
  jsonb(name: string): ColumnBuilder {
    return this.column(name, types.jsonb())
  }
  xml(name: string): ColumnBuilder {
    return this.column(name, types.xml())
  }
  date(name: string): ColumnBuilder {
    return this.column(name, types.date())
  }
  inet(name: string): ColumnBuilder {
    return this.column(name, types.inet())
  }
  cidr(name: string): ColumnBuilder {
    return this.column(name, types.cidr())
  }
  macaddr(name: string): ColumnBuilder {
    return this.column(name, types.macaddr())
  }
  tsvector(name: string): ColumnBuilder {
    return this.column(name, types.tsvector())
  }
  tsquery(name: string): ColumnBuilder {
    return this.column(name, types.tsquery())
  }
  point(name: string): ColumnBuilder {
    return this.column(name, types.point())
  }
  int4range(name: string): ColumnBuilder {
    return this.column(name, types.int4range())
  }
  int8range(name: string): ColumnBuilder {
    return this.column(name, types.int8range())
  }
  numrange(name: string): ColumnBuilder {
    return this.column(name, types.numrange())
  }
  tsrange(name: string): ColumnBuilder {
    return this.column(name, types.tsrange())
  }
  tstzrange(name: string): ColumnBuilder {
    return this.column(name, types.tstzrange())
  }
  daterange(name: string): ColumnBuilder {
    return this.column(name, types.daterange())
  }
  varchar(name: string, length?: number): ColumnBuilder {
    return this.column(name, types.varchar(length))
  }
  char(name: string, length?: number): ColumnBuilder {
    return this.column(name, types.char(length))
  }
  numeric(name: string, precision?: number, scale?: number): ColumnBuilder {
    return this.column(name, types.numeric(precision, scale))
  }
  timestamp(name: string, precision?: number): ColumnBuilder {
    return this.column(name, types.timestamp(precision))
  }
  timestamptz(name: string, precision?: number): ColumnBuilder {
    return this.column(name, types.timestamptz(precision))
  }
  time(name: string, precision?: number): ColumnBuilder {
    return this.column(name, types.time(precision))
  }
  interval(name: string): ColumnBuilder {
    return this.column(name, types.interval())
  }
  /** A column of an enum, by its name (`order_status`, `sales.order_status`) or the enumType() of the model. */
  enum(name: string, type: string | types.ColumnType<unknown>): ColumnBuilder {
    return this.column(name, type)
  }
  /** `created_at` and `updated_at`, timestamptz, NOT NULL, default now(). */
  timestamps(): void {
    for (const name of ['created_at', 'updated_at']) this.timestamptz(name).notNull().default(sql`now()`)
  }
  primaryKey(columns: readonly string[], options: NameInput = {}): void {
    this.draft.primaryKey = { columns, ...options }
  }
  unique(columns: readonly string[], options: NameInput = {}): void {
    this.draft.uniques.push({ columns, ...options })
  }
  check(expression: Sql, options: NameInput = {}): void {
    this.draft.checks.push({ expression, ...options })
  }
  index(keys: readonly IndexKeyInput[], options: IndexInput = {}): void {
    this.draft.indexes.push({ keys, options })
  }
  foreignKey(columns: readonly string[], options: ForeignKeyInput): void {
    this.draft.foreignKeys.push({ columns, options })
  }
  comment(text: string): void {
    this.draft.comment = text
  }
}
