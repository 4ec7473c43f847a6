// What `up` and `down` are given: a method per object of the model's closed set, `apply` for every operation there is, and SQL of one's own.
import type { ColumnType } from '../../model/column-types.js'
import type { Sql } from '../../sql/sql.js'
import type { Operation } from '../operations.js'
import { AlterTable } from './alter-table.js'
import { alteredColumn, type ColumnChanges } from './altered-column.js'
import type { Change } from './base-builder.js'
import type { ColumnBuilder } from './column-builder.js'
import { modelOf } from './declared.js'
import { changed, find } from './edits.js'
import { ObjectBuilder } from './object-builder.js'
import {
  type ForeignKeyInput,
  type IndexInput,
  type IndexKeyInput,
  type NameInput,
  TableBuilder,
} from './table-builder.js'

/**
 * Changes of the schema and of data, in one order. Names are `table`, or `schema.table`.
 * Every call is executed when it is awaited, as the operations that the differ would plan; what undoes them is kept in the journal.
 * @throws MIGRATION_FAILED with the statement and a caret, MIGRATION_NOT_AWAITED, MIGRATION_TRANSACTION
 */
export class SchemaBuilder extends ObjectBuilder {
  /**
   * A table with its columns, keys, checks, foreign keys and indexes.
   * @example
   * await schema.createTable('users', (t) => {
   *   t.integer('id').primaryKey()
   *   t.varchar('username', 100).notNull().unique()
   * })   // create table "public"."users" ("id" integer not null, "username" varchar(100) not null, constraint "users_pkey" primary key ("id"), …)
   */
  createTable(name: string, build: (table: TableBuilder) => void): Change {
    const place = this.place(name)
    return this.creating(`createTable('${name}')`, () => {
      const table = new TableBuilder()
      build(table)
      return modelOf(place, table.draft, this.defaultSchema)
    })
  }
  /** Everything on it goes too; a foreign key of another table to it has to go first. */
  dropTable(name: string): Change {
    return this.dropping(
      `dropTable('${name}')`,
      ['table', 'foreign_table', 'partitioned_table', 'partition'],
      this.place(name),
    )
  }
  renameTable(name: string, newName: string): Change {
    const { schemaName, name: tableName } = this.place(name)
    return this.apply({ type: 'rename_table', schemaName, tableName, newName } as Operation)
  }
  /**
   * Several changes of one table.
   * @example await schema.alterTable('users', (t) => { t.addColumn('age', integer()); t.dropColumn('years') })
   */
  alterTable(name: string, build: (table: AlterTable) => void): Change {
    const work = async () => {
      const table = new AlterTable(this, name)
      build(table)
      const operations: Operation[] = []
      for (const change of table.changes) operations.push(...(await change()))
      return operations
    }
    return this.call(`alterTable('${name}')`, work, true)
  }

  /** @example await schema.addColumn('users', 'phone', varchar(20), (c) => c.notNull().default('')) */
  addColumn(
    table: string,
    name: string,
    type: string | ColumnType<unknown>,
    build: (column: ColumnBuilder) => unknown = () => undefined,
  ): Change {
    const place = this.place(table)
    return this.creatingOn(`addColumn('${table}', '${name}')`, place, (draft) => {
      build(draft.column(name, type))
    })
  }
  /** Indexes, keys and checks that speak of it go with it, as PostgreSQL does it. */
  dropColumn(table: string, name: string): Change {
    const place = this.place(table)
    return this.dropping(`dropColumn('${table}', '${name}')`, ['column'], {
      schemaName: place.schemaName,
      table: place.name,
      name,
    })
  }
  renameColumn(table: string, name: string, newName: string): Change {
    const { schemaName, name: tableName } = this.place(table)
    return this.apply({ type: 'rename_column', schemaName, tableName, columnName: name, newName } as Operation)
  }
  /**
   * Type, nullability, default, …: what is not named stays. Views and other dependents make way and come back.
   * @example await schema.alterColumn('users', 'age', { type: bigint(), nullable: false, backfill: sql`0` })
   */
  alterColumn(table: string, name: string, changes: ColumnChanges): Change {
    const place = this.place(table)
    return this.changing(`alterColumn('${table}', '${name}')`, (state) => {
      const entry = find(state, ['column'], { schemaName: place.schemaName, table: place.name, name })
      return changed(state, entry, alteredColumn(entry.object, changes))
    })
  }

  /** @example await schema.createIndex('users', ['email'], { unique: true, where: sql`deleted_at is null` }) */
  createIndex(table: string, keys: readonly IndexKeyInput[], options: IndexInput = {}): Change {
    return this.creatingOn(`createIndex('${table}')`, this.place(table), (draft) => draft.index(keys, options))
  }
  dropIndex(name: string): Change {
    return this.dropping(`dropIndex('${name}')`, ['index'], this.place(name))
  }
  renameIndex(name: string, newName: string): Change {
    const place = this.place(name)
    return this.changing(`renameIndex('${name}')`, (state) => {
      const entry = find(state, ['index'], place)
      return changed(state, entry, { name: newName, renamedFrom: place.name })
    })
  }

  addPrimaryKey(table: string, columns: readonly string[], options: NameInput = {}): Change {
    return this.creatingOn(`addPrimaryKey('${table}')`, this.place(table), (draft) =>
      draft.primaryKey(columns, options),
    )
  }
  addUnique(table: string, columns: readonly string[], options: NameInput = {}): Change {
    return this.creatingOn(`addUnique('${table}')`, this.place(table), (draft) => draft.unique(columns, options))
  }
  /** @example await schema.addCheck('users', sql`age >= 0`, { name: 'age_is_sane' }) */
  addCheck(table: string, expression: Sql, options: NameInput = {}): Change {
    return this.creatingOn(`addCheck('${table}')`, this.place(table), (draft) => draft.check(expression, options))
  }
  /** A primary key, unique, check or exclusion constraint, by its name. */
  dropConstraint(table: string, name: string): Change {
    const place = this.place(table)
    return this.dropping(`dropConstraint('${table}', '${name}')`, ['constraint', 'exclusion'], {
      schemaName: place.schemaName,
      table: place.name,
      name,
    })
  }
  renameConstraint(table: string, name: string, newName: string): Change {
    const { schemaName, name: tableName } = this.place(table)
    return this.apply({ type: 'rename_constraint', schemaName, tableName, constraintName: name, newName } as Operation)
  }
  /** @example await schema.addForeignKey('posts', ['user_id'], { table: 'users', onDelete: 'cascade' }) */
  addForeignKey(table: string, columns: readonly string[], options: ForeignKeyInput): Change {
    return this.creatingOn(`addForeignKey('${table}')`, this.place(table), (draft) =>
      draft.foreignKey(columns, options),
    )
  }
  dropForeignKey(table: string, name: string): Change {
    const place = this.place(table)
    return this.dropping(`dropForeignKey('${table}', '${name}')`, ['foreign-key'], {
      schemaName: place.schemaName,
      table: place.name,
      name,
    })
  }
}
