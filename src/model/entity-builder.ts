// The fluent API of one entity: all that decorators cover, and it wins over them.
import type { Sql } from '../sql/sql.js'
import {
  CheckBuilder,
  ExcludeBuilder,
  editing,
  IndexBuilder,
  KeyBuilder,
  RelationBuilder,
} from './constraint-builders.js'
import type { ExcludeElement } from './constraint-options.js'
import type { EntityDraft, EntityOptions, Further, KeyDraft } from './draft.js'
import type { EntityClass } from './entity-class.js'
import { PropertyBuilder } from './property-builder.js'
import { type KeysOf, type Property, type SomeOf, selected, selectedProperties } from './selector.js'
import { sourceOf } from './source-line.js'

/** What `hasTableOptions` takes. */
export type TableOptions = Pick<
  EntityOptions,
  | 'unlogged'
  | 'storage'
  | 'tablespace'
  | 'accessMethod'
  | 'rowSecurity'
  | 'replicaIdentity'
  | 'clusterOn'
  | 'partitionBy'
  | 'partitions'
  | 'inherits'
>

/** The entity, or a function that gives it. */
type Target<U> = EntityClass<U> | (() => EntityClass<U>)

/**
 * What `model.entity(User, (e) => …)` is given.
 * @example
 * e.toTable('users').hasComment('People')
 * e.property((u) => u.email).hasType(varchar(200)).isUnique()
 * e.hasIndex((u) => [u.createdAt]).hasOrder('desc')
 */
export class EntityBuilder<T> {
  constructor(
    private readonly draft: EntityDraft,
    private readonly of: (entity: EntityClass) => EntityDraft,
    /** Foreign keys that `hasMany` declares lie on the other entity. */
    private readonly resolve: (target: Target<unknown>) => EntityClass,
  ) {}

  /** `e.toTable('users')`, `e.toTable('users', 'auth')` */
  toTable(table: string, schema?: string): this {
    return this.#options({ table, ...(schema === undefined ? {} : { schema }) })
  }
  toSchema(schema: string): this {
    return this.#options({ schema })
  }
  hasComment(comment: string | null): this {
    return this.#options({ comment })
  }
  renamedFrom(name: string): this {
    return this.#options({ renamedFrom: name })
  }
  /** `false`: known for foreign keys and typing, never created, altered or dropped. */
  isManaged(managed = true): this {
    return this.#options({ managed })
  }
  /**
   * How the table is stored, secured and partitioned; as in @Entity.
   * @example e.hasTableOptions({ partitionBy: { range: ['at'] }, partitions: [{ name: 'events_2024', from: '2024-01-01', to: '2025-01-01' }] })
   */
  hasTableOptions(options: TableOptions): this {
    return this.#options(options)
  }
  /** A table without a primary key, on purpose. */
  hasNoKey(): this {
    this.draft.primaryKey = undefined
    return this.#options({ keyless: true })
  }
  /** Properties that are no columns (`e.ignore((u) => u.fullName)`). */
  ignore(selector: SomeOf<T>): this {
    for (const name of selectedProperties(selector as never)) {
      this.draft.properties.delete(name)
      this.draft.without.add(name)
    }
    return this
  }
  /** Fields of the table that are not compared, for example `comment`. */
  ignoreDifferences(...fields: readonly string[]): this {
    return this.#options({ ignore: fields })
  }

  /** A property that is a column. */
  property<P>(selector: (entity: { readonly [K in keyof T]-?: Property<T[K]> }) => Property<P>): PropertyBuilder<P> {
    const [name = ''] = selectedProperties(selector as never)
    this.draft.without.delete(name)
    const known = this.draft.properties.get(name)
    if (!known)
      this.draft.properties.set(name, { property: name, source: sourceOf(this.property), options: {}, column: true })
    return new PropertyBuilder<P>(this.draft, name)
  }

  hasKey(selector: SomeOf<T>): KeyBuilder<T> {
    const key: KeyDraft = {
      properties: selectedProperties(selector as never),
      options: {},
      source: sourceOf(this.hasKey),
    }
    this.draft.primaryKey = key
    return new KeyBuilder<T>((options) => {
      const now = this.draft.primaryKey ?? key
      this.draft.primaryKey = { ...now, options: { ...now.options, ...options } }
    })
  }

  isUnique(selector: SomeOf<T>): KeyBuilder<T> {
    return new KeyBuilder<T>(
      editing(this.draft.uniques, {
        properties: selectedProperties(selector as never),
        options: {},
        source: sourceOf(this.isUnique),
      }),
    )
  }

  /** @example e.hasIndex((u) => [u.email]).isUnique().where(sql`deleted_at is null`) */
  hasIndex(selector: KeysOf<T>): IndexBuilder<T> {
    return new IndexBuilder<T>(this.draft.indexes, {
      keys: selected(selector as never),
      options: {},
      source: sourceOf(this.hasIndex),
    })
  }

  /** @example e.hasCheckConstraint('age_is_sane', sql`age between 0 and 150`) */
  hasCheckConstraint(name: string, expression: Sql): CheckBuilder
  hasCheckConstraint(expression: Sql): CheckBuilder
  hasCheckConstraint(first: string | Sql, second?: Sql): CheckBuilder {
    const source = sourceOf(this.hasCheckConstraint)
    const check =
      typeof first === 'string' ? { name: first, expression: second as Sql } : { name: undefined, expression: first }
    const edit = editing(this.draft.checks, { ...check, options: {}, source })
    return new CheckBuilder(edit, (name) => edit({}, { name }))
  }

  /** @example e.hasExclusion({ property: 'roomId', with: '=' }, { property: 'during', with: '&&' }).where(sql`not cancelled`) */
  hasExclusion(...elements: readonly ExcludeElement<keyof T & string>[]): ExcludeBuilder<T> {
    return new ExcludeBuilder<T>(this.draft.excludes, { elements, options: {}, source: sourceOf(this.hasExclusion) })
  }

  /** The other entity refers to this one: the foreign key lies there. */
  hasMany<U>(target: Target<U>): RelationBuilder<U, T> {
    return this.#referredBy<U>(target, sourceOf(this.hasMany))
  }

  /** This entity refers to the other one: the foreign key lies here. */
  hasOne<U>(target: Target<U>): RelationBuilder<T, U> {
    return new RelationBuilder<T, U>(this.draft.foreignKeys, {
      properties: [],
      target: () => this.resolve(target),
      references: undefined,
      options: {},
      source: sourceOf(this.hasOne),
    })
  }

  /** Objects of further kinds that belong to the table. */
  has(...further: readonly Further[]): this {
    this.draft.further.push(...further)
    return this
  }

  #referredBy<U>(target: Target<U>, source: ReturnType<typeof sourceOf>): RelationBuilder<U, T> {
    const self = this.draft.entity
    return new RelationBuilder<U, T>(this.of(this.resolve(target)).foreignKeys, {
      properties: [],
      target: () => self,
      references: undefined,
      options: {},
      source,
    })
  }

  #options(options: EntityDraft['options']): this {
    this.draft.options = { ...this.draft.options, ...options }
    return this
  }
}
