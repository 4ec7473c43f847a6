// What `up` and `down` are given: a method per object of the model's closed set, `apply` for every operation there is, and SQL of one's own.
import type { QueryResult, ScriptResult } from '../../client/database-client.js'
import type { OperationBase } from '../../engine/kind.js'
import type { ColumnType } from '../../model/column-types.js'
import type { ModelConfig } from '../../model/model-config.js'
import { isSql, type Sql } from '../../sql/sql.js'
import type { Operation } from '../operations.js'
import { AlterTable } from './alter-table.js'
import { alteredColumn, type ColumnChanges } from './altered-column.js'
import { BuilderCall, type Calls } from './call.js'
import type { ColumnBuilder } from './column-builder.js'
import { emptyModel, modelOf, type Place, placeOf } from './declared.js'
import { changed, commented, type Edit, find, without } from './edits.js'
import type { MigrationSession } from './session.js'
import {
  emptyDraft,
  type ForeignKeyInput,
  type IndexInput,
  type IndexKeyInput,
  type NameInput,
  TableBuilder,
} from './table-builder.js'
import type { BuilderWork } from './work.js'

/** A builder call: runs when awaited, in order, and yields the operations that it came to. */
export type Change = BuilderCall<readonly Operation[]>

/** Options of createSequence(). */
export interface SequenceInput {
  readonly dataType?: 'smallint' | 'integer' | 'bigint'
  readonly start?: number | bigint | string
  readonly increment?: number | bigint | string
  readonly minValue?: number | bigint | string
  readonly maxValue?: number | bigint | string
  readonly cache?: number | bigint | string
  readonly cycle?: boolean
  /** `table.column`, or `schema.table.column`. */
  readonly ownedBy?: string
}

/**
 * Changes of the schema and of data, in one order. Names are `table`, or `schema.table`.
 * Every call is executed when it is awaited, as the operations that the differ would plan; what undoes them is kept in the journal.
 * @throws MIGRATION_FAILED with the statement and a caret, MIGRATION_NOT_AWAITED, MIGRATION_TRANSACTION
 */
export class SchemaBuilder {
  readonly #work: BuilderWork
  readonly #calls: Calls
  readonly #sql: MigrationSession
  readonly #default: string

  constructor(work: BuilderWork, calls: Calls, session: MigrationSession) {
    this.#work = work
    this.#calls = calls
    this.#sql = session
    this.#default = work.options.defaultSchema
  }

  /**
   * A table with its columns, keys, checks, foreign keys and indexes.
   * @example
   * await schema.createTable('users', (t) => {
   *   t.integer('id').primaryKey()
   *   t.varchar('username', 100).notNull().unique()
   * })   // create table "public"."users" ("id" integer not null, "username" varchar(100) not null, constraint "users_pkey" primary key ("id"), …)
   */
  createTable(name: string, build: (table: TableBuilder) => void): Change {
    const place = this.#place(name)
    return this.#create(`createTable('${name}')`, () => {
      const table = new TableBuilder()
      build(table)
      return modelOf(place, table.draft, this.#default)
    })
  }
  /** Everything on it goes too; a foreign key of another table to it has to go first. */
  dropTable(name: string): Change {
    return this.#drop(
      `dropTable('${name}')`,
      ['table', 'foreign_table', 'partitioned_table', 'partition'],
      this.#place(name),
    )
  }
  renameTable(name: string, newName: string): Change {
    const { schemaName, name: tableName } = this.#place(name)
    return this.apply({ type: 'rename_table', schemaName, tableName, newName } as Operation)
  }
  /**
   * Several changes of one table.
   * @example await schema.alterTable('users', (t) => { t.addColumn('age', integer()); t.dropColumn('years') })
   */
  alterTable(name: string, build: (table: AlterTable) => void): BuilderCall<readonly Operation[]> {
    return this.#call(`alterTable('${name}')`, async () => {
      const table = new AlterTable(this, name)
      build(table)
      const operations: Operation[] = []
      for (const change of table.changes) operations.push(...(await change()))
      return operations
    })
  }

  /** @example await schema.addColumn('users', 'phone', varchar(20), (c) => c.notNull().default('')) */
  addColumn(
    table: string,
    name: string,
    type: string | ColumnType<unknown>,
    build: (column: ColumnBuilder) => unknown = () => undefined,
  ): Change {
    const place = this.#place(table)
    return this.#createOn(`addColumn('${table}', '${name}')`, place, (draft) => {
      build(draft.column(name, type))
    })
  }
  /** Indexes, keys and checks that speak of it go with it, as PostgreSQL does it. */
  dropColumn(table: string, name: string): Change {
    const place = this.#place(table)
    return this.#drop(`dropColumn('${table}', '${name}')`, ['column'], {
      schemaName: place.schemaName,
      table: place.name,
      name,
    })
  }
  renameColumn(table: string, name: string, newName: string): Change {
    const { schemaName, name: tableName } = this.#place(table)
    return this.apply({ type: 'rename_column', schemaName, tableName, columnName: name, newName } as Operation)
  }
  /**
   * Type, nullability, default, …: what is not named stays. Views and other dependents make way and come back.
   * @example await schema.alterColumn('users', 'age', { type: bigint(), nullable: false, backfill: sql`0` })
   */
  alterColumn(table: string, name: string, changes: ColumnChanges): Change {
    const place = this.#place(table)
    return this.#change(`alterColumn('${table}', '${name}')`, (state) => {
      const entry = find(state, ['column'], { schemaName: place.schemaName, table: place.name, name })
      return changed(state, entry, alteredColumn(entry.object, changes))
    })
  }

  /** @example await schema.createIndex('users', ['email'], { unique: true, where: sql`deleted_at is null` }) */
  createIndex(table: string, keys: readonly IndexKeyInput[], options: IndexInput = {}): Change {
    return this.#createOn(`createIndex('${table}')`, this.#place(table), (draft) => draft.index(keys, options))
  }
  dropIndex(name: string): Change {
    return this.#drop(`dropIndex('${name}')`, ['index'], this.#place(name))
  }
  renameIndex(name: string, newName: string): Change {
    const place = this.#place(name)
    return this.#change(`renameIndex('${name}')`, (state) => {
      const entry = find(state, ['index'], place)
      return changed(state, entry, { name: newName, renamedFrom: place.name })
    })
  }

  addPrimaryKey(table: string, columns: readonly string[], options: NameInput = {}): Change {
    return this.#createOn(`addPrimaryKey('${table}')`, this.#place(table), (draft) =>
      draft.primaryKey(columns, options),
    )
  }
  addUnique(table: string, columns: readonly string[], options: NameInput = {}): Change {
    return this.#createOn(`addUnique('${table}')`, this.#place(table), (draft) => draft.unique(columns, options))
  }
  /** @example await schema.addCheck('users', sql`age >= 0`, { name: 'age_is_sane' }) */
  addCheck(table: string, expression: Sql, options: NameInput = {}): Change {
    return this.#createOn(`addCheck('${table}')`, this.#place(table), (draft) => draft.check(expression, options))
  }
  /** A primary key, unique, check or exclusion constraint, by its name. */
  dropConstraint(table: string, name: string): Change {
    const place = this.#place(table)
    return this.#drop(`dropConstraint('${table}', '${name}')`, ['constraint', 'exclusion'], {
      schemaName: place.schemaName,
      table: place.name,
      name,
    })
  }
  renameConstraint(table: string, name: string, newName: string): Change {
    const { schemaName, name: tableName } = this.#place(table)
    return this.apply({ type: 'rename_constraint', schemaName, tableName, constraintName: name, newName } as Operation)
  }
  /** @example await schema.addForeignKey('posts', ['user_id'], { table: 'users', onDelete: 'cascade' }) */
  addForeignKey(table: string, columns: readonly string[], options: ForeignKeyInput): Change {
    return this.#createOn(`addForeignKey('${table}')`, this.#place(table), (draft) =>
      draft.foreignKey(columns, options),
    )
  }
  dropForeignKey(table: string, name: string): Change {
    const place = this.#place(table)
    return this.#drop(`dropForeignKey('${table}', '${name}')`, ['foreign key'], {
      schemaName: place.schemaName,
      table: place.name,
      name,
    })
  }

  createSchema(name: string): Change {
    return this.#create(`createSchema('${name}')`, () => ({ ...emptyModel(this.#default), schemas: [{ name }] }))
  }
  dropSchema(name: string): Change {
    return this.#drop(`dropSchema('${name}')`, ['schema'], { name })
  }
  createExtension(name: string, options: { readonly schema?: string; readonly version?: string } = {}): Change {
    const { schema, version } = options
    return this.#create(`createExtension('${name}')`, () => ({
      ...emptyModel(this.#default),
      extensions: [
        {
          name,
          ...(schema === undefined ? {} : { schemaName: schema }),
          ...(version === undefined ? {} : { version }),
        },
      ],
    }))
  }
  dropExtension(name: string): Change {
    return this.#drop(`dropExtension('${name}')`, ['extension'], { name })
  }

  /** @example await schema.createEnum('order_status', ['pending', 'done']) */
  createEnum(name: string, values: readonly string[]): Change {
    const place = this.#place(name)
    return this.#create(`createEnum('${name}')`, () => ({
      ...emptyModel(this.#default),
      enums: [{ ...place, values }],
    }))
  }
  dropEnum(name: string): Change {
    return this.#drop(`dropEnum('${name}')`, ['enum'], this.#place(name))
  }
  renameEnum(name: string, newName: string): Change {
    const { schemaName, name: enumName } = this.#place(name)
    return this.apply({ type: 'rename_enum', schemaName, enumName, newName } as Operation)
  }
  /** At the end, or beside another one. PostgreSQL lets nobody use it before the migration has committed. */
  addEnumValue(
    name: string,
    value: string,
    beside: { readonly before?: string; readonly after?: string } = {},
  ): Change {
    const place = this.#place(name)
    return this.#change(`addEnumValue('${name}', '${value}')`, (state) => {
      const entry = find(state, ['enum'], place)
      const values = [...(entry.object as unknown as { values: readonly string[] }).values]
      const at =
        beside.before !== undefined
          ? values.indexOf(beside.before)
          : beside.after !== undefined
            ? values.indexOf(beside.after) + 1
            : values.length
      values.splice(at < 0 ? values.length : at, 0, value)
      return changed(state, entry, { values })
    })
  }
  renameEnumValue(name: string, from: string, to: string): Change {
    const { schemaName, name: enumName } = this.#place(name)
    return this.apply({ type: 'rename_enum_value', schemaName, enumName, from, to } as Operation)
  }
  /** All values as they shall be; removed or reordered ones make the type anew, and its columns move over. */
  setEnumValues(name: string, values: readonly string[]): Change {
    const place = this.#place(name)
    return this.#change(`setEnumValues('${name}')`, (state) => changed(state, find(state, ['enum'], place), { values }))
  }

  createSequence(name: string, options: SequenceInput = {}): Change {
    const place = this.#place(name)
    const { ownedBy, dataType, cycle, ...numbers } = options
    const [column = '', table = '', schema] = (ownedBy ?? '').split('.').reverse()
    return this.#create(`createSequence('${name}')`, () => ({
      ...emptyModel(this.#default),
      sequences: [
        {
          ...place,
          ...(dataType === undefined ? {} : { dataType }),
          ...(cycle === undefined ? {} : { cycle }),
          ...Object.fromEntries(Object.entries(numbers).map(([field, value]) => [field, String(value)])),
          ...(ownedBy === undefined ? {} : { ownedBy: { schemaName: schema ?? place.schemaName, table, column } }),
        },
      ],
    }))
  }
  dropSequence(name: string): Change {
    return this.#drop(`dropSequence('${name}')`, ['sequence'], this.#place(name))
  }

  /** On a table, or on a column of it; null removes it. */
  comment(on: string | { readonly table: string; readonly column: string }, text: string | null): Change {
    const place = this.#place(typeof on === 'string' ? on : on.table)
    const what = typeof on === 'string' ? on : `${on.table}.${on.column}`
    return this.#change(`comment('${what}')`, (state) => {
      const entry =
        typeof on === 'string'
          ? find(state, ['table'], place)
          : find(state, ['column'], { schemaName: place.schemaName, table: place.name, name: on.column })
      return commented(state, entry, text)
    })
  }

  /**
   * Any operation, of any kind, as `lockstep diff --json` prints it.
   * @example await schema.apply({ type: 'create_schema', schemaName: 'audit' })
   */
  apply(operation: Operation): Change {
    return this.#call(`apply({ type: '${(operation as OperationBase | undefined)?.type}' })`, async () => {
      await this.#work.apply(operation)
      return [operation]
    })
  }

  hasTable(name: string): Promise<boolean> {
    const { schemaName, name: table } = this.#place(name)
    return this.#sql.asks(
      "select exists (select from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relname = $2 and c.relkind in ('r', 'p', 'f')) as found",
      [schemaName, table],
    )
  }
  hasColumn(table: string, column: string): Promise<boolean> {
    const { schemaName, name } = this.#place(table)
    return this.#sql.asks(
      'select exists (select from pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = a.attrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relname = $2 and a.attname = $3 and a.attnum > 0 and not a.attisdropped) as found',
      [schemaName, name, column],
    )
  }
  hasIndex(name: string): Promise<boolean> {
    const { schemaName, name: index } = this.#place(name)
    return this.#sql.asks(
      "select exists (select from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relname = $2 and c.relkind in ('i', 'I')) as found",
      [schemaName, index],
    )
  }

  /** One statement of your own, with parameters. A migration that sends SQL has to bring its own `down`. */
  query<Row = Record<string, unknown>>(text: string | Sql, parameters?: readonly unknown[]): Promise<QueryResult<Row>> {
    return this.#sql.query<Row>(isSql(text) ? text.text : text, parameters)
  }
  /** Statements of your own, with semicolons between them. */
  script(text: string | Sql): Promise<readonly ScriptResult[]> {
    return this.#sql.script(isSql(text) ? text.text : text)
  }

  #place(name: string): Place {
    return placeOf(name, this.#default)
  }
  #call(name: string, work: () => Promise<readonly OperationBase[]>): Change {
    return new BuilderCall(this.#calls, `schema.${name}`, work as () => Promise<readonly Operation[]>)
  }
  #create(name: string, model: () => ModelConfig): Change {
    return this.#call(name, async () => this.#work.create(model()))
  }
  /** Parts of a table that is there. */
  #createOn(name: string, place: Place, build: (table: TableBuilder) => void): Change {
    return this.#call(name, async () => {
      const draft = emptyDraft()
      build(new TableBuilder(draft))
      return this.#work.create(modelOf(place, draft, this.#default), (entry) => entry.kind.name !== 'table')
    })
  }
  #change(name: string, edit: Edit): Change {
    return this.#call(name, () => this.#work.change(name, edit))
  }
  #drop(
    name: string,
    kinds: readonly string[],
    at: { readonly schemaName?: string; readonly table?: string; readonly name: string },
  ): Change {
    return this.#change(name, (state) => without(state, find(state, kinds, at)))
  }
}
