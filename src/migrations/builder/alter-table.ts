// What alterTable() hands to its callback: changes of one table, collected and run in order.
import type { ColumnType } from '../../model/column-types.js'
import type { Sql } from '../../sql/sql.js'
import type { ColumnChanges } from './altered-column.js'
import type { Change } from './base-builder.js'
import type { ColumnBuilder } from './column-builder.js'
import type { ForeignKeyInput, IndexInput, IndexKeyInput, NameInput } from './table-builder.js'

/** The builder's own calls, of which it makes use. */
interface TableCalls {
  addColumn(
    table: string,
    name: string,
    type: string | ColumnType<unknown>,
    build?: (column: ColumnBuilder) => unknown,
  ): Change
  dropColumn(table: string, name: string): Change
  renameColumn(table: string, name: string, newName: string): Change
  alterColumn(table: string, name: string, changes: ColumnChanges): Change
  createIndex(table: string, keys: readonly IndexKeyInput[], options?: IndexInput): Change
  addPrimaryKey(table: string, columns: readonly string[], options?: NameInput): Change
  addUnique(table: string, columns: readonly string[], options?: NameInput): Change
  addCheck(table: string, expression: Sql, options?: NameInput): Change
  addForeignKey(table: string, columns: readonly string[], options: ForeignKeyInput): Change
  dropConstraint(table: string, name: string): Change
  dropForeignKey(table: string, name: string): Change
}

export class AlterTable {
  readonly changes: (() => Change)[] = []

  constructor(
    private readonly schema: TableCalls,
    private readonly table: string,
  ) {}

  addColumn(name: string, type: string | ColumnType<unknown>, build?: (column: ColumnBuilder) => unknown): void {
    this.changes.push(() => this.schema.addColumn(this.table, name, type, build))
  }
  dropColumn(name: string): void {
    this.changes.push(() => this.schema.dropColumn(this.table, name))
  }
  renameColumn(name: string, newName: string): void {
    this.changes.push(() => this.schema.renameColumn(this.table, name, newName))
  }
  alterColumn(name: string, changes: ColumnChanges): void {
    this.changes.push(() => this.schema.alterColumn(this.table, name, changes))
  }
  index(keys: readonly IndexKeyInput[], options?: IndexInput): void {
    this.changes.push(() => this.schema.createIndex(this.table, keys, options))
  }
  primaryKey(columns: readonly string[], options?: NameInput): void {
    this.changes.push(() => this.schema.addPrimaryKey(this.table, columns, options))
  }
  unique(columns: readonly string[], options?: NameInput): void {
    this.changes.push(() => this.schema.addUnique(this.table, columns, options))
  }
  check(expression: Sql, options?: NameInput): void {
    this.changes.push(() => this.schema.addCheck(this.table, expression, options))
  }
  foreignKey(columns: readonly string[], options: ForeignKeyInput): void {
    this.changes.push(() => this.schema.addForeignKey(this.table, columns, options))
  }
  dropConstraint(name: string): void {
    this.changes.push(() => this.schema.dropConstraint(this.table, name))
  }
  dropForeignKey(name: string): void {
    this.changes.push(() => this.schema.dropForeignKey(this.table, name))
  }
}
