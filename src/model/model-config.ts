// The model as frozen plain data: what decorators and setupModel() come to, and the only thing that kinds read of it.

/** Resolves lazily to `{ file, line, column }` of a declaration. */
export type SourceOf = () => SourceLine | undefined
export interface SourceLine {
  readonly file: string
  readonly line: number
  readonly column?: number
}

export interface ModelConfig {
  /** Name under which the ledger keeps this context's objects. */
  readonly contextName: string
  readonly defaultSchema: string
  readonly schemas: readonly SchemaConfig[]
  readonly extensions: readonly ExtensionConfig[]
  readonly enums: readonly EnumConfig[]
  readonly sequences: readonly SequenceConfig[]
  readonly tables: readonly TableConfig[]
  /** Objects of further kinds, made by their factories. */
  readonly further: readonly FurtherObject[]
}

export interface FurtherObject {
  readonly kind: string
  readonly object: unknown
  /** Comment of the object. */
  readonly comment?: string | null
  /** Where it is a relation: comments of its columns, and its indexes. */
  readonly columnComments?: Readonly<Record<string, string | null>>
  readonly indexes?: readonly IndexConfig[]
}

interface Declared {
  readonly name: string
  readonly comment?: string | null
  readonly renamedFrom?: string
  readonly source?: SourceOf
}

export interface SchemaConfig extends Declared {}

export interface ExtensionConfig {
  readonly name: string
  readonly schemaName?: string
  readonly version?: string
  readonly comment?: string | null
  readonly source?: SourceOf
}

export interface EnumConfig extends Declared {
  readonly schemaName: string
  readonly values: readonly string[]
  /** new label → old label */
  readonly renamedValues?: Readonly<Record<string, string>>
  /** removed label → the label that rows have instead */
  readonly replacedValues?: Readonly<Record<string, string>>
}

export interface SequenceConfig extends Declared {
  readonly schemaName: string
  readonly dataType?: 'smallint' | 'integer' | 'bigint'
  readonly start?: string
  readonly increment?: string
  readonly minValue?: string | null
  readonly maxValue?: string | null
  readonly cache?: string
  readonly cycle?: boolean
  readonly ownedBy?: { readonly schemaName: string; readonly table: string; readonly column: string } | null
}

export interface TableConfig extends Declared {
  readonly schemaName: string
  readonly entity: string
  /** false: known for foreign keys and typing, never created, altered or dropped. */
  readonly managed: boolean
  /** Names of fields of the table that are not compared, for example `comment`. */
  readonly ignore: readonly string[]
  readonly unlogged?: boolean
  /** Storage parameters; undefined: left as they are. */
  readonly storage?: Readonly<Record<string, string>>
  readonly accessMethod?: string | null
  readonly tablespace?: string | null
  readonly rowSecurity?: boolean
  readonly forceRowSecurity?: boolean
  readonly partitionBy?: PartitionByConfig
  /** What it is a partition or an heir of, in order. */
  readonly parents?: readonly ParentConfig[]
  /** Partitions that are not declared are left alone. */
  readonly externalPartitions?: boolean
  readonly replicaIdentity?: ReplicaIdentityConfig
  /** Name of the index by which it is clustered. */
  readonly clusterOn?: string
  readonly columns: readonly ColumnConfig[]
  readonly primaryKey?: KeyConfig
  readonly uniques: readonly KeyConfig[]
  readonly checks: readonly CheckConfig[]
  readonly excludes: readonly ExcludeConfig[]
  readonly indexes: readonly IndexConfig[]
  readonly foreignKeys: readonly ForeignKeyConfig[]
}

export interface PartitionByConfig {
  readonly strategy: 'range' | 'list' | 'hash'
  readonly keys: readonly {
    readonly column?: string
    readonly expression?: string
    readonly opclass?: { readonly schemaName?: string; readonly name: string }
    readonly collation?: { readonly schemaName?: string; readonly collationName: string }
  }[]
}

export interface ParentConfig {
  readonly schemaName: string
  readonly table: string
  /** The columns that come from it. */
  readonly columns: readonly string[]
  /** A partition's bound: `for values in ('a')`, `default`; undefined: an heir. */
  readonly bound?: string
}

/** `index`: the name of a unique index or of a key. */
export type ReplicaIdentityConfig = 'full' | 'nothing' | { readonly index: string }

/** A column's type: text as the user or a type function wrote it, or an enum of the model. */
export interface ColumnTypeConfig {
  /** For example `varchar(100)`, `numeric(10,2)[]`, `vector(3)`; for an enum, its bare name, `[]` appended for an array. */
  readonly sql: string
  /** Set where the type is schema-qualified by declaration (enums, customType with a schema). */
  readonly schemaName?: string
  /** `serial`, `smallserial`, `bigserial` are written as their integer type plus this flag. */
  readonly serial?: boolean
}

export type DefaultValue = { readonly literal: unknown } | { readonly expression: string }

export interface IdentityConfig {
  readonly generation: 'always' | 'byDefault'
  readonly start?: string
  readonly increment?: string
  readonly minValue?: string | null
  readonly maxValue?: string | null
  readonly cache?: string
  readonly cycle?: boolean
}

export interface ColumnConfig extends Declared {
  readonly property: string
  readonly type: ColumnTypeConfig
  readonly nullable: boolean
  readonly notNullConstraint?: {
    readonly name: string | null
    readonly notValid: boolean
    readonly noInherit: boolean
  } | null
  /** undefined: no default. */
  readonly default?: DefaultValue
  readonly generated?: { readonly expression: string; readonly stored: boolean }
  readonly identity?: IdentityConfig
  readonly collation?: { readonly schemaName?: string; readonly collationName: string }
  readonly storage?: 'plain' | 'external' | 'extended' | 'main' | null
  readonly compression?: 'pglz' | 'lz4' | null
  readonly statistics?: number | null
  /** `n_distinct`, `n_distinct_inherited`. */
  readonly options?: Readonly<Record<string, string>> | null
  /** Declared by the table itself, although a parent has it too. */
  readonly local?: true
  /** Expression for ALTER COLUMN … TYPE … USING. */
  readonly using?: string
  /** Expression that fills existing rows when the column becomes NOT NULL or is added NOT NULL. */
  readonly backfill?: string
  readonly ignore: readonly string[]
}

/** What is not said of these stays as it is in the database. */
interface IndexedConstraintConfig extends Declared {
  /** Column names. */
  readonly include?: readonly string[]
  readonly deferrable?: boolean
  readonly initiallyDeferred?: boolean
  /** Storage parameters of the index. */
  readonly storage?: Readonly<Record<string, string>>
  readonly tablespace?: string
}

/** A primary key or a unique constraint. Columns are column names. */
export interface KeyConfig extends IndexedConstraintConfig {
  readonly columns: readonly string[]
  readonly nullsNotDistinct?: boolean
  readonly withoutOverlaps?: boolean
}

export interface CheckConfig extends Declared {
  readonly expression: string
  readonly notValid?: boolean
  readonly noInherit?: boolean
  readonly notEnforced?: boolean
}

export interface ExcludeConfig extends IndexedConstraintConfig {
  /** Each has an operator. */
  readonly keys: readonly IndexKeyConfig[]
  readonly method: string
  readonly where?: string
}

export interface IndexKeyConfig {
  readonly column?: string
  readonly expression?: string
  readonly opclass?: string
  readonly opclassParameters?: Readonly<Record<string, string>>
  readonly collation?: string
  readonly order?: 'asc' | 'desc'
  readonly nulls?: 'first' | 'last'
  /** Of an exclusion constraint. */
  readonly operator?: string
  readonly operatorSchema?: string
}

export interface IndexConfig extends Declared {
  readonly keys: readonly IndexKeyConfig[]
  readonly unique: boolean
  /** Access method; default `btree`. */
  readonly method: string
  readonly where?: string
  readonly include: readonly string[]
  /** What is not said of these stays as it is in the database. */
  readonly nullsNotDistinct?: boolean
  readonly storage?: Readonly<Record<string, string>>
  readonly tablespace?: string
  /** Number of an expression key, from 1 → statistics target. */
  readonly statistics?: Readonly<Record<string, number>>
}

export type ForeignKeyAction = 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default'

export interface ForeignKeyConfig extends Declared {
  readonly columns: readonly string[]
  readonly references: { readonly schemaName: string; readonly table: string; readonly columns: readonly string[] }
  readonly onDelete: ForeignKeyAction
  readonly onUpdate: ForeignKeyAction
  /** What is not said of these stays as it is in the database. */
  readonly matchFull?: boolean
  readonly deferrable?: boolean
  readonly initiallyDeferred?: boolean
  readonly notValid?: boolean
  readonly notEnforced?: boolean
  /** Columns that SET NULL or SET DEFAULT on delete sets. */
  readonly setColumns?: readonly string[]
  readonly period?: boolean
}
