// The fluent API of one column.
import type { Sql } from '../sql/sql.js'
import type { ColumnType } from './column-types.js'
import type { Mismatch } from './decorator-types.js'
import type { ColumnOptions, EntityDraft, GeneratedOptions, IdentityOptions, NotNullOptions } from './draft.js'
import { sourceOf } from './source-line.js'

/** A column. `V` is the property's type. */
export class PropertyBuilder<V> {
  constructor(
    private readonly draft: EntityDraft,
    private readonly name: string,
  ) {}
  /** What the database yields must be assignable to the property. */
  hasType<T>(
    type: ColumnType<T> &
      ([T] extends [NonNullable<V>]
        ? unknown
        : unknown extends V
          ? unknown
          : Mismatch<'the column type does not fit the type of the property', T, V>),
  ): this {
    const known = this.draft.properties.get(this.name)
    if (known) known.type = type
    return this
  }
  hasColumnName(name: string): this {
    return this.#set({ name })
  }
  /**
   * NOT NULL (the default), or nullable with `false`; with options as a constraint of its own, PostgreSQL 18.
   * @example isRequired({ name: 'email_is_given' })
   */
  isRequired(required: boolean | NotNullOptions = true): this {
    return this.#set(
      typeof required === 'boolean' ? { nullable: !required } : { nullable: false, notNullConstraint: required },
    )
  }
  hasDefaultValue(value: V): this {
    return this.#set({ default: value })
  }
  /** @example hasDefaultSql(sql`now()`) */
  hasDefaultSql(expression: Sql): this {
    return this.#set({ default: expression })
  }
  hasIdentity(identity: 'always' | 'byDefault' | IdentityOptions = 'always'): this {
    return this.#set({ identity })
  }
  isGenerated(expression: Sql, options: Pick<GeneratedOptions, 'stored'> = {}): this {
    return this.#set({ generated: { expression, ...options } })
  }
  hasCollation(collation: string | { readonly schema: string; readonly name: string }): this {
    return this.#set({ collation })
  }
  /** Storage, compression, statistics target, and what ANALYZE takes for the number of distinct values. */
  hasStorage(options: Pick<ColumnOptions, 'storage' | 'compression' | 'statistics' | 'options'>): this {
    return this.#set(options)
  }
  hasComment(comment: string | null): this {
    return this.#set({ comment })
  }
  renamedFrom(name: string): this {
    return this.#set({ renamedFrom: name })
  }
  /** How values move to a new type. */
  using(expression: Sql): this {
    return this.#set({ using: expression })
  }
  /** What fills existing rows where the column becomes NOT NULL. */
  backfill(expression: Sql): this {
    return this.#set({ backfill: expression })
  }
  /** Never created, compared or dropped; or only some fields are not compared. */
  ignore(...fields: readonly ('default' | 'nullable' | 'generated' | 'identity' | 'collation')[]): this {
    return this.#set({ ignore: fields.length === 0 ? true : fields })
  }
  isUnique(name?: string): this {
    this.draft.uniques.push({
      properties: [this.name],
      options: name === undefined ? {} : { name },
      source: sourceOf(this.isUnique),
    })
    return this
  }
  isPrimaryKey(): this {
    const known = this.draft.primaryKey
    this.draft.primaryKey = {
      properties: [...(known?.properties ?? []), this.name],
      options: known?.options ?? {},
      source: known?.source ?? sourceOf(this.isPrimaryKey),
    }
    return this
  }

  #set(options: ColumnOptions): this {
    const known = this.draft.properties.get(this.name)
    if (known) Object.assign(known.options, options)
    return this
  }
}
