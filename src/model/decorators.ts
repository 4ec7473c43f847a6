// The decorators. One export serves both proposals; they record what was said and interpret nothing.
import type { Sql } from '../sql/sql.js'
import { isSql } from '../sql/sql.js'
import type { ColumnType } from './column-types.js'
import type {
  CheckOptions,
  ExcludeElement,
  ExcludeOptions,
  ForeignKeyOptions,
  IndexKey,
  IndexOptions,
  KeyOptions,
  PrimaryKeyOptions,
} from './constraint-options.js'
import type {
  ClassDecoratorFor,
  FieldDecorator,
  InferredDecorator,
  KnownKey,
  NothingElse,
  Nullable,
  PropertyDecoratorOfBoth,
  PropertyOf,
} from './decorator-types.js'
import type { ColumnOptions, EntityOptions, Further } from './draft.js'
import type { EntityClass } from './entity-class.js'
import { nextOrder, recordClass, recordField } from './metadata-store.js'
import { sourceOf } from './source-line.js'

/** What one decorator said. */
export type Fact =
  | { readonly type: 'entity'; readonly options: EntityOptions }
  | {
      readonly type: 'column'
      readonly columnType: ColumnType<unknown> | undefined
      readonly options: ColumnOptions
      readonly primary: boolean
      readonly key?: PrimaryKeyOptions
    }
  | { readonly type: 'primaryKey'; readonly properties: readonly string[]; readonly options: PrimaryKeyOptions }
  | { readonly type: 'unique'; readonly properties: readonly string[] | undefined; readonly options: KeyOptions }
  | {
      readonly type: 'index'
      readonly keys: readonly (string | Sql | IndexKey)[] | undefined
      readonly options: IndexOptions
    }
  | {
      readonly type: 'check'
      readonly name: string | undefined
      readonly expression: Sql
      readonly options: CheckOptions
    }
  | {
      readonly type: 'exclude'
      readonly elements: readonly ExcludeElement[]
      readonly options: ExcludeOptions
    }
  | {
      readonly type: 'foreignKey'
      readonly target: () => EntityClass
      readonly properties: readonly string[] | undefined
      readonly references: readonly string[] | undefined
      readonly options: ForeignKeyOptions
    }
  | { readonly type: 'with'; readonly further: readonly Further[] }

/** The callable behind all decorator types; each overload says what it takes. */
// biome-ignore lint/suspicious/noExplicitAny: overloads say what it takes
type Recorder = any

const onField = (fact: Fact, source: ReturnType<typeof sourceOf>): Recorder => {
  const order = nextOrder()
  return (target: unknown, key: unknown) => recordField(target, key, { order, source, fact })
}
const onClass = (fact: Fact, source: ReturnType<typeof sourceOf>): Recorder => {
  const order = nextOrder()
  return (target: object, context: unknown) => recordClass(target, context, { order, source, fact })
}

/**
 * A class whose properties are columns of a table.
 * @example @Entity('users')
 * @example @Entity({ table: 'users', schema: 'auth', comment: 'People', renamedFrom: 'people' })
 */
export function Entity(table?: string | EntityOptions): ClassDecoratorFor<string> {
  const options = typeof table === 'string' ? { table } : (table ?? {})
  return onClass({ type: 'entity', options }, sourceOf(Entity))
}

/**
 * A property that is a column.
 * @example @Column(varchar(100)) username!: string                          // username varchar(100) not null
 * @example @Column(integer(), { nullable: true }) age!: number | null        // age integer
 */
export function Column(): InferredDecorator
export function Column<T, const O extends ColumnOptions<T> = Record<never, never>>(
  type: ColumnType<T>,
  options?: O & NothingElse<O>,
): FieldDecorator<T, Nullable<O>>
export function Column(type?: ColumnType<unknown>, options: ColumnOptions = {}): Recorder {
  return onField({ type: 'column', columnType: type, options, primary: false }, sourceOf(Column))
}

/**
 * A property that is a column of the primary key; several of them make a composite key, in the order in which they stand.
 * @example @PrimaryKey(integer(), { identity: 'always' }) id!: number
 * @example @PrimaryKey(['orderId', 'lineNo'], { name: 'order_lines_pk' })   // on the class
 */
export function PrimaryKey(): InferredDecorator
export function PrimaryKey<const K extends string, const I extends string = never>(
  properties: readonly K[],
  options?: PrimaryKeyOptions<I>,
): ClassDecoratorFor<K | I>
export function PrimaryKey<T, const O extends ColumnOptions<T> = Record<never, never>>(
  type: ColumnType<T>,
  options?: O & NothingElse<O>,
): FieldDecorator<T, Nullable<O>>
export function PrimaryKey(
  first?: ColumnType<unknown> | readonly string[],
  options: ColumnOptions | PrimaryKeyOptions = {},
): Recorder {
  const source = sourceOf(PrimaryKey)
  if (Array.isArray(first))
    return onClass(
      { type: 'primaryKey', properties: first as readonly string[], options: options as PrimaryKeyOptions },
      source,
    )
  return onField(
    {
      type: 'column',
      columnType: first as ColumnType<unknown> | undefined,
      options: options as ColumnOptions,
      primary: true,
    },
    source,
  )
}

/**
 * A unique constraint, over one property or, on the class, over several.
 * @example @Unique() @Column(text()) email!: string     // constraint users_email_key unique (email)
 * @example @Unique(['tenantId', 'slug'])
 * @example @Unique(['email'], { nullsNotDistinct: true, include: ['name'], deferrable: 'initially deferred' })
 */
export function Unique(options?: KeyOptions): PropertyDecoratorOfBoth
export function Unique<const K extends string, const I extends string = never>(
  properties: readonly K[],
  options?: KeyOptions<I>,
): ClassDecoratorFor<K | I>
export function Unique(first?: readonly string[] | KeyOptions, second: KeyOptions = {}): Recorder {
  const source = sourceOf(Unique)
  if (Array.isArray(first))
    return onClass({ type: 'unique', properties: first as readonly string[], options: second }, source)
  return onField({ type: 'unique', properties: undefined, options: (first ?? {}) as KeyOptions }, source)
}

/**
 * An index, over one property or, on the class, over several properties and expressions.
 * @example @Index(['email'], { unique: true, where: sql`deleted_at is null` })
 * @example @Index([sql`lower(email)`, { property: 'createdAt', order: 'desc' }])
 */
export function Index(options?: IndexOptions): PropertyDecoratorOfBoth
export function Index<const E extends string | Sql | IndexKey, const I extends string = never>(
  keys: readonly (E & KnownKey<E>)[],
  options?: IndexOptions<I>,
): ClassDecoratorFor<PropertyOf<E> | I>
export function Index(
  first?: readonly (string | Sql | IndexKey)[] | IndexOptions,
  second: IndexOptions = {},
): Recorder {
  const source = sourceOf(Index)
  if (Array.isArray(first))
    return onClass({ type: 'index', keys: first as readonly (string | Sql | IndexKey)[], options: second }, source)
  return onField({ type: 'index', keys: undefined, options: (first ?? {}) as IndexOptions }, source)
}

/**
 * A check constraint of the class; the expression uses column names.
 * @example @Check('age_is_sane', sql`age between 0 and 150`)
 * @example @Check(sql`starts_at < ends_at`)   // named by PostgreSQL's rule: events_check
 * @example @Check('age_is_sane', sql`age between 0 and 150`, { notValid: true })   // rows that are there are not looked at
 */
export function Check(expression: Sql, options?: CheckOptions): ClassDecoratorFor<string>
export function Check(name: string, expression: Sql, options?: CheckOptions): ClassDecoratorFor<string>
export function Check(first: string | Sql, second?: Sql | CheckOptions, third: CheckOptions = {}): Recorder {
  const source = sourceOf(Check)
  if (isSql(first)) {
    const options = (second ?? {}) as CheckOptions
    return onClass({ type: 'check', name: options.name, expression: first, options }, source)
  }
  return onClass({ type: 'check', name: first as string, expression: second as Sql, options: third }, source)
}

/**
 * An exclusion constraint of the class: no two rows for which all operators hold.
 * @example
 * @Exclude([{ property: 'roomId', with: '=' }, { property: 'during', with: '&&' }])   // exclude using gist (room_id with =, during with &&)
 * @Exclude([{ expression: sql`tsrange(starts_at, ends_at)`, with: '&&' }], { where: sql`not cancelled`, deferrable: true })
 */
export function Exclude<const E extends ExcludeElement, const I extends string = never>(
  elements: readonly (E & KnownKey<E, ExcludeElement>)[],
  options?: ExcludeOptions<I>,
): ClassDecoratorFor<PropertyOf<E> | I>
export function Exclude(elements: readonly ExcludeElement[], options: ExcludeOptions = {}): Recorder {
  return onClass({ type: 'exclude', elements, options }, sourceOf(Exclude))
}

/** Options of a foreign key on one property. */
export interface PropertyForeignKeyOptions<T> extends ForeignKeyOptions {
  /** The property of the target. Default: its primary key. */
  readonly references?: keyof T & string
}

/** Options of a foreign key over several properties. */
export interface ClassForeignKeyOptions<T, K extends string, S extends string = string> extends ForeignKeyOptions<S> {
  readonly properties: readonly K[]
  readonly references?: readonly (keyof T & string)[]
}

/**
 * A foreign key: on a property, or on the class over several.
 * @example @ForeignKey(() => User, { onDelete: 'cascade' }) @Column(integer()) userId!: number
 * @example @ForeignKey(() => Order, { properties: ['orderId', 'shop'], references: ['id', 'shop'] })
 * @example @ForeignKey(() => User, { match: 'full', deferrable: 'initially deferred', onDelete: { setNull: ['userId'] } })
 */
export function ForeignKey<T, const K extends string, const S extends string = never>(
  target: () => EntityClass<T>,
  options: ClassForeignKeyOptions<T, K, S>,
): ClassDecoratorFor<K | S>
export function ForeignKey<T>(
  target: () => EntityClass<T>,
  options?: PropertyForeignKeyOptions<T>,
): PropertyDecoratorOfBoth
export function ForeignKey(
  target: () => EntityClass,
  given: ForeignKeyOptions & {
    readonly properties?: readonly string[]
    readonly references?: string | readonly string[]
  } = {},
): Recorder {
  const source = sourceOf(ForeignKey)
  const { properties, references, ...options } = given
  const fact: Fact = {
    type: 'foreignKey',
    target,
    properties,
    references: typeof references === 'string' ? [references] : references,
    options,
  }
  return properties ? onClass(fact, source) : onField(fact, source)
}

/**
 * Objects of further kinds that belong to the entity's table, made by their factories.
 * @example @With(policy('own_rows', { using: sql`owner = current_user` }))
 */
export function With(...further: readonly Further[]): ClassDecoratorFor<string> {
  return onClass({ type: 'with', further }, sourceOf(With))
}
