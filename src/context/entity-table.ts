// A typed handle on an entity's table: enough to name it in SQL and to read and write rows in hooks and seeds. Not an ORM.
import type { DatabaseClient } from '../client/database-client.js'
import type { EntityMapping } from '../model/build-model.js'
import { id, join, qualified, type Sql, sql } from '../sql/sql.js'

/** A table of the context. `this.table(User)` makes one; its SQL is sent through the context's client, or the hook's while a hook runs. */
export class DbEntityTable<T> {
  readonly #client: () => DatabaseClient
  readonly #mapping: () => EntityMapping
  declare protected readonly row?: T

  constructor(client: () => DatabaseClient, mapping: () => EntityMapping) {
    this.#client = client
    this.#mapping = mapping
  }

  /** The quoted, schema-qualified name, for SQL of your own. */
  get name(): Sql {
    const { schemaName, tableName } = this.#mapping()
    return qualified(schemaName, tableName)
  }

  /** The quoted column of a property. */
  column(property: keyof T & string): Sql {
    return id(this.#mapping().columns[property] ?? property)
  }

  /**
   * All rows, with property names.
   * @example await db.users.all()   // select "id" as "id", "created_at" as "createdAt" from "public"."users"
   */
  async all(): Promise<readonly T[]> {
    const list = Object.entries(this.#mapping().columns).map(
      ([property, column]) => sql`${id(column)} as ${id(property)}`,
    )
    return (await this.#client().query<T>(sql`select ${join(list)} from ${this.name}`.text)).rows
  }

  /** How many rows there are. */
  async count(): Promise<number> {
    const { rows } = await this.#client().query<{ n: string }>(sql`select count(*) as n from ${this.name}`.text)
    return Number(rows[0]?.n ?? 0)
  }

  /**
   * Inserts rows given by property names; the number of rows.
   * @example await db.users.insert({ username: 'ada', email: 'a@b.c' })
   */
  async insert(...rows: readonly Partial<T>[]): Promise<number> {
    let count = 0
    for (const row of rows) {
      const entries = Object.entries(row as Record<string, unknown>).filter(([, value]) => value !== undefined)
      const columns = entries.map(([property]) => this.column(property as keyof T & string))
      const places = entries.map((_, index) => `$${index + 1}`).join(', ')
      const text =
        entries.length === 0
          ? `insert into ${this.name.text} default values`
          : `insert into ${this.name.text} (${join(columns).text}) values (${places})`
      count += (
        await this.#client().query(
          text,
          entries.map(([, value]) => value),
        )
      ).rowCount
    }
    return count
  }
}
