// An entity while its model is put together: what decorators recorded, then what setupModel() said, which wins. Nothing is resolved yet.

import type { Sql } from '../sql/sql.js'
import type { CollationReference, ColumnType } from './column-types.js'
import type {
  CheckOptions,
  ExcludeElement,
  ExcludeOptions,
  ForeignKeyOptions,
  IndexKey,
  IndexOptions,
  KeyOptions,
  StorageOptions,
} from './constraint-options.js'
import type { EntityClass, EntityReference } from './entity-class.js'
import type { FurtherObject, IdentityConfig, ReplicaIdentityConfig, SourceOf } from './model-config.js'

/** Options of an identity column. Numbers may be given as text or bigint where they exceed what a number holds. */
export interface IdentityOptions {
  readonly generation?: 'always' | 'byDefault'
  readonly start?: number | bigint | string
  readonly increment?: number | bigint | string
  readonly minValue?: number | bigint | string
  readonly maxValue?: number | bigint | string
  readonly cache?: number | bigint | string
  readonly cycle?: boolean
}

export interface GeneratedOptions {
  readonly expression: Sql
  /** Default true; `false` is a virtual column, PostgreSQL 18 and later. */
  readonly stored?: boolean
}

/** A value that is only read: lists and records of it may be constant. */
export type Given<T> = T extends readonly (infer E)[]
  ? readonly Given<E>[]
  : T extends Date | Uint8Array
    ? T
    : T extends object
      ? { readonly [K in keyof T]: Given<T[K]> }
      : T

/** `{ nDistinct: 500, nDistinctInherited: -0.05 }`: all of them; what is not named is reset. */
export interface ColumnStatisticsOptions {
  readonly nDistinct?: number
  readonly nDistinctInherited?: number
}

/** What is not said is as usual: PostgreSQL's name, valid, inherited by children. */
export interface NotNullOptions {
  readonly name?: string
  /** Rows that are there already may hold NULLs. PostgreSQL 18. */
  readonly notValid?: boolean
  /** Children of the table are not held to it. PostgreSQL 18. */
  readonly noInherit?: boolean
}

/** What a column may be told. `T` is what its type yields. */
export interface ColumnOptions<T = unknown> {
  /** The column's name. Default: the property's name by the naming strategy. */
  readonly name?: string
  /** Default false: NOT NULL. */
  readonly nullable?: boolean
  /**
   * NOT NULL as a constraint of its own, which it is from PostgreSQL 18 on. Not said, it stays as it is; null: as usual.
   * @example @Column(text(), { notNullConstraint: { name: 'email_is_given' } }) // constraint "email_is_given" not null
   */
  readonly notNullConstraint?: NotNullOptions | null
  /** A value of the property's type, or SQL: sql`now()`. */
  readonly default?: Given<T> | Sql | null
  /** GENERATED ALWAYS AS (…) STORED. */
  readonly generated?: Sql | GeneratedOptions
  readonly identity?: 'always' | 'byDefault' | IdentityOptions
  readonly collation?: CollationReference
  /** How values out of line are stored. Not said, it stays as it is; null: as the type has it. */
  readonly storage?: 'plain' | 'external' | 'extended' | 'main' | null
  readonly compression?: 'pglz' | 'lz4' | null
  /** Statistics target; null: the server's. */
  readonly statistics?: number | null
  /** What ANALYZE takes for the number of distinct values, for the table and for it with its heirs: a number, or a share of the rows as a negative one. null: what it finds. */
  readonly options?: ColumnStatisticsOptions | null
  readonly comment?: string | null
  /** The name it had; may stay for ever. */
  readonly renamedFrom?: string
  /** How values move to a new type: ALTER COLUMN … TYPE … USING. */
  readonly using?: Sql
  /** Fills existing rows when the column becomes NOT NULL or is added NOT NULL. */
  readonly backfill?: Sql
  /** `true`: never created, compared or dropped. A list: fields that are not compared, for example `['default']`. */
  readonly ignore?: boolean | readonly ('default' | 'nullable' | 'generated' | 'identity' | 'collation')[]
}

/** Its own, never a decorator's: the fluent API writes into it. */
export interface PropertyDraft {
  readonly property: string
  /** The class that declares it. */
  readonly level?: EntityClass
  readonly source: SourceOf
  /** Where a column type was left out: the constructor that the compiler wrote down. */
  readonly inferred?: { readonly design: unknown }
  type?: ColumnType<unknown>
  readonly options: ColumnOptions
  /** A default given as `undefined` is none; this tells `default: null` from nothing. */
  readonly column: boolean
}

interface Drafted {
  readonly source: SourceOf
}

export interface KeyDraft extends Drafted {
  readonly properties: readonly string[]
  readonly options: KeyOptions
}

export interface CheckDraft extends Drafted {
  readonly name: string | undefined
  readonly expression: Sql
  readonly options: CheckOptions
}

export interface ExcludeDraft extends Drafted {
  readonly elements: readonly ExcludeElement[]
  readonly options: ExcludeOptions
}

export interface IndexDraft extends Drafted {
  readonly keys: readonly (string | Sql | IndexKey)[]
  readonly options: IndexOptions
}

export interface ForeignKeyDraft extends Drafted {
  readonly properties: readonly string[]
  readonly target: EntityReference
  /** Properties of the target. Default: its primary key. */
  readonly references: readonly string[] | undefined
  readonly options: ForeignKeyOptions
}

/** A further object as its factory returns it: it takes its schema, or its table, from what it is attached to. */
export type PlacedObject = (place: {
  readonly schemaName: string
  readonly table?: string
  /** Where names without a schema are. */
  readonly defaultSchema?: string
}) => FurtherObject

/** A further object, or a function of the table it belongs to. */
export type Further =
  | FurtherObject
  | ((table: { readonly schemaName: string; readonly table: string; readonly defaultSchema: string }) => FurtherObject)

export interface EntityOptions {
  /** The table's name. Default: the class's name by the naming strategy. */
  readonly table?: string
  /** Default: the context's default schema. */
  readonly schema?: string
  readonly comment?: string | null
  readonly renamedFrom?: string
  /** `false`: known for foreign keys and typing, never created, altered or dropped. */
  readonly managed?: boolean
  /** Fields of the table that are not compared, for example `comment`. */
  readonly ignore?: readonly string[]
  /** A table without a primary key is a mistake unless this says that it is meant. */
  readonly keyless?: boolean
  /** CREATE UNLOGGED TABLE. What is not said of these stays as it is in the database. */
  readonly unlogged?: boolean
  /** Storage parameters: `{ fillfactor: 70, 'toast.autovacuum_enabled': false }`. All of them: those not named are reset. */
  readonly storage?: StorageOptions
  readonly tablespace?: string
  /** Table access method; null: heap. Changing it takes PostgreSQL 15. */
  readonly accessMethod?: string | null
  /** ENABLE ROW LEVEL SECURITY; `'forced'` holds for the owner too. */
  readonly rowSecurity?: boolean | 'forced'
  /** What UPDATE and DELETE publish of the old row. `index`: the name of a unique index or of a key. */
  readonly replicaIdentity?: ReplicaIdentityConfig
  /** Name of the index by which CLUSTER orders the table. */
  readonly clusterOn?: string
  /** The table is partitioned by these properties or expressions. */
  readonly partitionBy?: PartitionByOptions
  /**
   * Partitions with the same columns. One that is taken out of the list is dropped, after a question; one that was never in it is left alone.
   * `'external'`: something else makes and drops them (pg_partman, a job of your own); none is ever created, altered, detached or dropped by Lockstep.
   */
  readonly partitions?: readonly PartitionOptions[] | 'external'
  /**
   * Tables that it inherits from, in order: INHERITS (…). Their columns and checks come along, without being declared again; a property of the same
   * column is an override. Keys, indexes, foreign keys, identity and comments are not inherited.
   * @example @Entity({ inherits: () => Person, keyless: true })
   * @example @Entity({ inherits: [() => Person, () => Audited] })
   */
  readonly inherits?: EntityReference | readonly EntityReference[]
}

/** By what a table is partitioned, properties or expressions: `{ range: ['at'] }`, `{ list: [sql`lower(country)`] }`, `{ hash: ['id'] }`. */
export type PartitionByOptions =
  | { readonly range: readonly (string | Sql)[] }
  | { readonly list: readonly (string | Sql)[] }
  | { readonly hash: readonly (string | Sql)[] }

/** A value of a bound. SQL for `minvalue`, `maxvalue` and the like. */
export type BoundValue = string | number | bigint | boolean | null | Date | Sql

/** One partition: a range from … up to but not including …, a list, a remainder, or what is left. */
export type PartitionOptions = { readonly name: string; readonly schema?: string } & (
  | { readonly from: BoundValue | readonly BoundValue[]; readonly to: BoundValue | readonly BoundValue[] }
  | { readonly in: readonly BoundValue[] }
  | { readonly modulus: number; readonly remainder: number }
  | { readonly default: true }
)

export interface EntityDraft {
  readonly entity: EntityClass
  source: SourceOf
  /** It has @Entity, or was named in setupModel(). */
  declared: boolean
  options: EntityOptions
  readonly properties: Map<string, PropertyDraft>
  /** Properties whose columns are not wanted, an inherited one for example. */
  readonly without: Set<string>
  primaryKey: KeyDraft | undefined
  readonly uniques: KeyDraft[]
  readonly checks: CheckDraft[]
  readonly excludes: ExcludeDraft[]
  readonly indexes: IndexDraft[]
  readonly foreignKeys: ForeignKeyDraft[]
  readonly further: Further[]
}

export type { IdentityConfig }
