// What keys, constraints, indexes and foreign keys may be told, and how the model keeps it.
import type { Sql } from '../sql/sql.js'
import type { ForeignKeyAction } from './model-config.js'

export interface NamedOptions {
  /** The constraint's or index's name. Default: the one that PostgreSQL would choose. */
  readonly name?: string
  readonly comment?: string | null
  readonly renamedFrom?: string
}

/** Storage parameters, as WITH (…) takes them: `{ fillfactor: 70 }`. */
export type StorageOptions = Readonly<Record<string, string | number | boolean>>

/** When it is checked: `true` is DEFERRABLE INITIALLY IMMEDIATE, `false` NOT DEFERRABLE; not said, it stays as it is. */
export type Deferrable = boolean | 'initially deferred' | 'initially immediate'

/** Where the index of a key or of an exclusion constraint lies, and how it is filled. */
interface IndexPlaceOptions {
  readonly with?: StorageOptions
  readonly tablespace?: string
}

/** Options of a primary key. */
export interface PrimaryKeyOptions<K extends string = string> extends NamedOptions, IndexPlaceOptions {
  /** Properties kept in its index without being keys. */
  readonly include?: readonly K[]
  readonly deferrable?: Deferrable
  /** The last property holds ranges, which must not overlap: PostgreSQL 18 and later. */
  readonly withoutOverlaps?: boolean
}

/** Options of a unique constraint. */
export interface KeyOptions<K extends string = string> extends PrimaryKeyOptions<K> {
  /** NULLs count as equal: PostgreSQL 15 and later. */
  readonly nullsNotDistinct?: boolean
}

export interface CheckOptions extends NamedOptions {
  /** Rows that are there already are not looked at. `false`: they are, where they were not yet. */
  readonly notValid?: boolean
  /** Tables that inherit do not have it. */
  readonly noInherit?: boolean
  /** Written down and never checked: PostgreSQL 18 and later. */
  readonly notEnforced?: boolean
}

/** One key of an index: a property, or an expression over columns. */
export interface IndexKey<K extends string = string> {
  readonly property?: K
  readonly expression?: Sql
  readonly order?: 'asc' | 'desc'
  readonly nulls?: 'first' | 'last'
  readonly opclass?: string
  /** Parameters of the operator class, for example `{ siglen: 32 }`. */
  readonly opclassParameters?: StorageOptions
  readonly collation?: string
  /** Statistics target of an expression. */
  readonly statistics?: number
}

export interface IndexOptions<K extends string = string> extends NamedOptions, IndexPlaceOptions {
  readonly unique?: boolean
  /** A partial index: only rows for which this holds. */
  readonly where?: Sql
  /** Access method. Default `btree`. */
  readonly method?: string
  /** Properties kept in the index without being keys. */
  readonly include?: readonly K[]
  /** NULLs count as equal in a unique index: PostgreSQL 15 and later. */
  readonly nullsNotDistinct?: boolean
}

/** One element of an exclusion constraint: what is compared, and by which operator. */
export interface ExcludeElement<K extends string = string> extends Omit<IndexKey<K>, 'statistics'> {
  /** The operator, `=` or `&&` for example, `my_schema.=` where it is not on the search path. */
  readonly with: string
}

export interface ExcludeOptions<K extends string = string> extends NamedOptions, IndexPlaceOptions {
  /** Access method. Default `gist`. */
  readonly method?: string
  /** Only rows for which this holds. */
  readonly where?: Sql
  readonly include?: readonly K[]
  readonly deferrable?: Deferrable
}

export interface ForeignKeyOptions<K extends string = string> extends NamedOptions {
  /** Default `no action`. `{ setNull: ['a'] }` and `{ setDefault: ['a'] }` set only these properties: PostgreSQL 15 and later. */
  readonly onDelete?: ForeignKeyAction | { readonly setNull: readonly K[] } | { readonly setDefault: readonly K[] }
  readonly onUpdate?: ForeignKeyAction
  /** `full`: all columns are NULL or none is. Default `simple`. */
  readonly match?: 'simple' | 'full'
  readonly deferrable?: Deferrable
  /** Rows that are there already are not looked at. `false`: they are, where they were not yet. */
  readonly notValid?: boolean
  /** Written down and never checked: PostgreSQL 18 and later. */
  readonly notEnforced?: boolean
  /** The last properties hold ranges; those of the target must cover them: PostgreSQL 18 and later. */
  readonly period?: boolean
}

/** The text that PostgreSQL keeps of each parameter. */
export const storageOf = (options: StorageOptions): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(options).map(([name, value]) => [name.toLowerCase(), String(value)]))

/** Both facts that PostgreSQL keeps; neither where nothing was said. */
export const deferralOf = (
  deferrable: Deferrable | undefined,
): { readonly deferrable?: boolean; readonly initiallyDeferred?: boolean } =>
  deferrable === undefined
    ? {}
    : { deferrable: deferrable !== false, initiallyDeferred: deferrable === 'initially deferred' }

/** Only what was said. */
export const said = <O extends object>(options: O): { -readonly [P in keyof O]?: Exclude<O[P], undefined> } =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as never
