// A primary key, unique, check or exclusion constraint as data and as a clause of CREATE TABLE and ADD CONSTRAINT.
import type { Expression, Server } from '../../engine/kind.js'
import { expression } from '../../sql/expression.js'
import { id, join, raw, type Sql, sql } from '../../sql/sql.js'
import { bareKey, type IndexKey, keySql } from '../index-keys.js'
import type { TableName } from '../relations.js'
import { requireVersion } from '../server-version.js'
import { hasStorage, type StorageParameters, storageList } from '../storage-parameters.js'

export const constraintKind = 'constraint'

/** What an exclusion constraint keeps apart: rows for which all operators hold. */
export interface Exclusion {
  readonly method: string
  readonly keys: readonly IndexKey[]
  readonly where: Expression | null
}

/** What a model does not say of the optional fields stays as it is in the database. */
export interface Constraint {
  readonly schemaName: string
  readonly table: string
  readonly name: string
  readonly type: 'primary key' | 'unique' | 'check' | 'exclude'
  /** Key columns in order; for an exclusion none. */
  readonly columns: readonly string[]
  readonly include?: readonly string[]
  readonly check: Expression | null
  readonly exclude?: Exclusion | null
  readonly nullsNotDistinct?: boolean
  /** The last column holds ranges that must not overlap. */
  readonly withoutOverlaps?: boolean
  readonly deferrable?: boolean
  readonly initiallyDeferred?: boolean
  readonly noInherit?: boolean
  readonly notValid?: boolean
  readonly notEnforced?: boolean
  /** Storage parameters of its index. */
  readonly storage?: StorageParameters
  /** Of its index; null for the database's own. */
  readonly tablespace?: string | null
  /** A key of a partitioned table alone, which not all of its partitions have. */
  readonly only?: boolean
  /** Of one that is not on all partitions: the indexes of partitions that belong to its own. */
  readonly attached?: readonly TableName[]
  /** The index of a partitioned table to which its own one belongs. */
  readonly under?: { readonly schemaName: string; readonly table: string }
  readonly renamedFrom?: string
}

/** A constraint as operations carry it: only what differs from the plain form is there. */
export interface ConstraintConfig {
  readonly name: string
  readonly type: Constraint['type']
  readonly columns?: readonly string[]
  readonly include?: readonly string[]
  readonly expression?: string
  readonly exclude?: Exclusion
  readonly nullsNotDistinct?: true
  readonly withoutOverlaps?: true
  readonly deferrable?: true
  readonly initiallyDeferred?: true
  readonly noInherit?: true
  readonly notValid?: true
  readonly notEnforced?: true
  readonly only?: true
  readonly attached?: readonly TableName[]
  readonly storage?: StorageParameters
  readonly tablespace?: string
}

export function constraintConfigOf(constraint: Constraint): ConstraintConfig {
  const { name, type, columns, include, check, exclude, storage, tablespace } = constraint
  return {
    name,
    type,
    ...(check ? { expression: check.expression } : exclude ? {} : { columns }),
    ...(exclude ? { exclude: { ...exclude, keys: exclude.keys.map(bareKey) } } : {}),
    ...(include && include.length > 0 ? { include } : {}),
    ...(constraint.nullsNotDistinct ? { nullsNotDistinct: true } : {}),
    ...(constraint.withoutOverlaps ? { withoutOverlaps: true } : {}),
    ...(constraint.deferrable ? { deferrable: true } : {}),
    ...(constraint.initiallyDeferred ? { initiallyDeferred: true } : {}),
    ...(constraint.noInherit ? { noInherit: true } : {}),
    ...(constraint.notValid ? { notValid: true } : {}),
    ...(constraint.notEnforced ? { notEnforced: true } : {}),
    ...(constraint.only ? { only: true } : {}),
    ...(constraint.attached && constraint.attached.length > 0 ? { attached: constraint.attached } : {}),
    ...(hasStorage(storage) ? { storage } : {}),
    ...(tablespace ? { tablespace } : {}),
  }
}

const list = (columns: readonly string[]): Sql => join(columns.map(id))

function body(config: ConstraintConfig): Sql {
  if (config.expression !== undefined) return sql`check (${expression(config.expression)})`
  const { exclude } = config
  if (exclude)
    return sql`exclude using ${id(exclude.method)} (${join(exclude.keys.map((key) => keySql(key, exclude.method)))})`
  const overlaps = config.withoutOverlaps ? sql` without overlaps` : sql``
  return sql`${raw(config.type)}${config.nullsNotDistinct ? sql` nulls not distinct` : sql``} (${list(config.columns ?? [])}${overlaps})`
}

/** `constraint "name" unique ("a", "b")`, without NOT VALID, which only ALTER TABLE knows. */
export function constraintClause(config: ConstraintConfig, server: Server): Sql {
  const said = (what: string) => `${what} of constraint '${config.name}'`
  if (config.nullsNotDistinct) requireVersion(server, 15, said('NULLS NOT DISTINCT'))
  if (config.withoutOverlaps) requireVersion(server, 18, said('WITHOUT OVERLAPS'))
  if (config.notEnforced) requireVersion(server, 18, said('NOT ENFORCED'))
  const parts = [
    body(config),
    ...(config.include ? [sql`include (${list(config.include)})`] : []),
    ...(config.storage ? [sql`with ${storageList(config.storage)}`] : []),
    ...(config.tablespace ? [sql`using index tablespace ${id(config.tablespace)}`] : []),
    ...(config.exclude?.where ? [sql`where (${expression(config.exclude.where.expression)})`] : []),
    ...(config.noInherit ? [sql`no inherit`] : []),
    ...(config.deferrable ? [sql`deferrable`] : []),
    ...(config.initiallyDeferred ? [sql`initially deferred`] : []),
    ...(config.notEnforced ? [sql`not enforced`] : []),
  ]
  return sql`constraint ${id(config.name)} ${join(parts, ' ')}`
}
