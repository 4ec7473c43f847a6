// What every part of the builder stands on: calls that create, change or drop, any operation, questions, and SQL of one's own.
import type { QueryResult, ScriptResult } from '../../client/database-client.js'
import type { OperationBase } from '../../engine/kind.js'
import type { ModelConfig } from '../../model/model-config.js'
import { isSql, type Sql } from '../../sql/sql.js'
import type { Operation } from '../operations.js'
import { BuilderCall, type Calls } from './call.js'
import { modelOf, type Place, placeOf } from './declared.js'
import { type Edit, find, without } from './edits.js'
import type { MigrationSession } from './session.js'
import { emptyDraft, TableBuilder } from './table-builder.js'
import type { BuilderWork } from './work.js'

/** A builder call: runs when awaited, in order, and yields the operations that it came to. */
export type Change = BuilderCall<readonly Operation[]>

export class BaseBuilder {
  readonly #work: BuilderWork
  readonly #calls: Calls
  readonly #sql: MigrationSession
  protected readonly defaultSchema: string

  constructor(work: BuilderWork, calls: Calls, session: MigrationSession) {
    this.#work = work
    this.#calls = calls
    this.#sql = session
    this.defaultSchema = work.options.defaultSchema
  }

  /**
   * Any operation, of any kind, as `lockstep diff --json` prints it.
   * @example await schema.apply({ type: 'create_schema', schemaName: 'audit' })
   */
  apply(operation: Operation): Change {
    return this.call(`apply({ type: '${(operation as OperationBase | undefined)?.type}' })`, async () => {
      await this.#work.apply(operation)
      return [operation]
    })
  }

  hasTable(name: string): Promise<boolean> {
    const { schemaName, name: table } = this.place(name)
    return this.#sql.asks(
      "select exists (select from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relname = $2 and c.relkind in ('r', 'p', 'f')) as found",
      [schemaName, table],
    )
  }
  hasColumn(table: string, column: string): Promise<boolean> {
    const { schemaName, name } = this.place(table)
    return this.#sql.asks(
      'select exists (select from pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = a.attrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relname = $2 and a.attname = $3 and a.attnum > 0 and not a.attisdropped) as found',
      [schemaName, name, column],
    )
  }
  hasIndex(name: string): Promise<boolean> {
    const { schemaName, name: index } = this.place(name)
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

  protected place(name: string): Place {
    return placeOf(name, this.defaultSchema)
  }
  protected call(name: string, work: () => Promise<readonly OperationBase[]>, composite = false): Change {
    return new BuilderCall(this.#calls, `schema.${name}`, work as () => Promise<readonly Operation[]>, composite)
  }
  protected creating(name: string, model: () => ModelConfig): Change {
    return this.call(name, async () => this.#work.create(model()))
  }
  /** Parts of a table that is there. */
  protected creatingOn(name: string, place: Place, build: (table: TableBuilder) => void): Change {
    return this.call(name, async () => {
      const draft = emptyDraft()
      build(new TableBuilder(draft))
      return this.#work.create(modelOf(place, draft, this.defaultSchema), (entry) => entry.kind.name !== 'table')
    })
  }
  protected changing(name: string, edit: Edit): Change {
    return this.call(name, () => this.#work.change(name, edit))
  }
  protected dropping(
    name: string,
    kinds: readonly string[],
    at: { readonly schemaName?: string; readonly table?: string; readonly name: string },
  ): Change {
    return this.changing(name, (state) => without(state, find(state, kinds, at)))
  }
}
