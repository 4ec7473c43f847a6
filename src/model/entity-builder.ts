// The fluent API of one entity: all that decorators cover, and it wins over them.
import type { Sql } from '../sql/sql.js'
import type { ColumnType } from './column-types.js'
import type { Mismatch } from './decorators.js'
import type {
  ColumnOptions,
  EntityDraft,
  ForeignKeyAction,
  ForeignKeyDraft,
  Further,
  GeneratedOptions,
  IdentityOptions,
  IndexDraft,
  IndexKey,
  KeyDraft,
} from './draft.js'
import type { EntityClass } from './entity-class.js'
import { selected, selectedProperties } from './selector.js'
import { sourceOf } from './source-line.js'

type SomeOf<T> = (
  entity: { readonly [P in keyof T]-?: Property<T[P]> },
) => Property<unknown> | readonly Property<unknown>[]
type KeysOf<T> = (
  entity: { readonly [P in keyof T]-?: Property<T[P]> },
) => Property<unknown> | Sql | readonly (Property<unknown> | Sql)[]

declare const property: unique symbol
/** A property inside a selector. */
export interface Property<V> {
  readonly [property]: V
}

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

  hasKey(selector: SomeOf<T>): NameBuilder {
    const key: KeyDraft = {
      properties: selectedProperties(selector as never),
      options: {},
      source: sourceOf(this.hasKey),
    }
    this.draft.primaryKey = key
    return new NameBuilder((options) => {
      const now = this.draft.primaryKey ?? key
      this.draft.primaryKey = { ...now, options: { ...now.options, ...options } }
    })
  }

  isUnique(selector: SomeOf<T>): NameBuilder {
    return new NameBuilder(
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
  hasCheckConstraint(name: string, expression: Sql): NameBuilder
  hasCheckConstraint(expression: Sql): NameBuilder
  hasCheckConstraint(first: string | Sql, second?: Sql): NameBuilder {
    const source = sourceOf(this.hasCheckConstraint)
    const check =
      typeof first === 'string' ? { name: first, expression: second as Sql } : { name: undefined, expression: first }
    const edit = editing(this.draft.checks, { ...check, options: {}, source })
    return new NameBuilder(edit, (name) => edit({}, { name }))
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

type Options = { readonly name?: string; readonly comment?: string | null; readonly renamedFrom?: string }
type Edit<D> = (options: Options & Record<string, unknown>, rest?: Partial<D>) => void

/** Adds to the list; the function it returns replaces what was added by a changed copy. */
function editing<D extends { readonly options: object }>(list: D[], draft: D): Edit<D> {
  let current = draft
  list.push(draft)
  return (options, rest = {}) => {
    const changed = { ...current, ...rest, options: { ...current.options, ...options } }
    list[list.indexOf(current)] = changed
    current = changed
  }
}

/** A constraint's name, comment and former name. */
export class NameBuilder {
  constructor(
    private readonly edit: (options: Options) => void,
    private readonly rename: (name: string) => void = (name) => edit({ name }),
  ) {}
  hasDbName(name: string): this {
    this.rename(name)
    return this
  }
  hasComment(comment: string | null): this {
    this.edit({ comment })
    return this
  }
  renamedFrom(name: string): this {
    this.edit({ renamedFrom: name })
    return this
  }
}

export class IndexBuilder<T> extends NameBuilder {
  readonly #edit: Edit<IndexDraft>
  #keys: IndexDraft['keys']

  constructor(list: IndexDraft[], draft: IndexDraft) {
    const edit = editing(list, draft)
    super(edit)
    this.#edit = edit
    this.#keys = draft.keys
  }
  isUnique(unique = true): this {
    return this.#set({ unique })
  }
  where(condition: Sql): this {
    return this.#set({ where: condition })
  }
  /** `btree` (default), `hash`, `gin`, `gist`, `spgist`, `brin`, or an extension's. */
  hasMethod(method: string): this {
    return this.#set({ method })
  }
  include(selector: SomeOf<T>): this {
    return this.#set({ include: selectedProperties(selector as never) })
  }
  /** For all keys, or for the one at `position` (from 0). */
  hasOrder(order: 'asc' | 'desc', nulls?: 'first' | 'last', position?: number): this {
    return this.#key({ order, ...(nulls === undefined ? {} : { nulls }) }, position)
  }
  hasOperatorClass(opclass: string, position?: number): this {
    return this.#key({ opclass }, position)
  }
  hasCollation(collation: string, position?: number): this {
    return this.#key({ collation }, position)
  }

  #set(options: Record<string, unknown>): this {
    this.#edit(options)
    return this
  }

  #key(more: Partial<IndexKey>, position: number | undefined): this {
    this.#keys = this.#keys.map((key, index) => {
      if (position !== undefined && position !== index) return key
      const full: IndexKey = typeof key === 'string' ? { property: key } : 'text' in key ? { expression: key } : key
      return { ...full, ...more }
    })
    this.#edit({}, { keys: this.#keys })
    return this
  }
}

/** A foreign key from `From` to `To`. */
export class RelationBuilder<From, To> extends NameBuilder {
  readonly #edit: Edit<ForeignKeyDraft>

  constructor(list: ForeignKeyDraft[], draft: ForeignKeyDraft) {
    const edit = editing(list, draft)
    super(edit)
    this.#edit = edit
  }
  /** The properties that hold the reference. */
  withForeignKey(selector: SomeOf<From>): this {
    this.#edit({}, { properties: selectedProperties(selector as never) })
    return this
  }
  /** The properties that are referred to. Default: the primary key. */
  withPrincipalKey(selector: SomeOf<To>): this {
    this.#edit({}, { references: selectedProperties(selector as never) })
    return this
  }
  onDelete(action: ForeignKeyAction): this {
    this.#edit({ onDelete: action })
    return this
  }
  onUpdate(action: ForeignKeyAction): this {
    this.#edit({ onUpdate: action })
    return this
  }
}

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
    if (known) {
      const { inferred: _inferred, ...rest } = known
      this.draft.properties.set(this.name, { ...rest, type })
    }
    return this
  }
  hasColumnName(name: string): this {
    return this.#set({ name })
  }
  /** NOT NULL (the default), or nullable with `false`. */
  isRequired(required = true): this {
    return this.#set({ nullable: !required })
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
    if (known) this.draft.properties.set(this.name, { ...known, options: { ...known.options, ...options } })
    return this
  }
}
