// A column as data, as it stands in operations, and as a clause of CREATE TABLE and ADD COLUMN.
import type { Expression } from '../../engine/kind.js'
import type { ValueMove } from '../../engine/survival.js'
import { sameData } from '../../engine/walk.js'
import { ownedSequenceName } from '../../model/naming.js'
import { expression as expressionSql } from '../../sql/expression.js'
import { id, join, qualified, raw, type Sql, sql } from '../../sql/sql.js'
import { displayType, formatType, type TypeName } from '../../sql/types.js'
import type { TableName } from '../relations.js'
import { type SequenceOptions, sequenceClauses } from '../sequence-options.js'
import type { CollationName } from '../type-references.js'
import { type NotNullConstraint, notNullClause, usualNotNull } from './not-null.js'
import { type ColumnSettings, ownSettings } from './settings.js'

export const columnKind = 'column'

export interface Identity extends SequenceOptions {
  readonly generation: 'always' | 'byDefault'
  /** In operations only where it has not the usual name, `<table>_<column>_seq`. A model says nothing of it. */
  readonly sequence?: SequenceName
}

export interface SequenceName {
  readonly schemaName: string
  readonly sequenceName: string
}

export interface Generated extends Expression {
  readonly stored: boolean
}

/** Where a column comes from; `local`: it is declared by the table itself too. */
export interface Inherited {
  readonly from: readonly TableName[]
  readonly local: boolean
}

export interface Column extends ColumnSettings {
  readonly schemaName: string
  readonly table: string
  readonly name: string
  readonly type: TypeName
  readonly notNull?: boolean
  /** Where its name or state is not the usual one; null where it is, undefined before PostgreSQL 18. */
  readonly notNullConstraint?: NotNullConstraint | null
  readonly default?: Expression | null
  readonly generated?: Generated | null
  readonly identity?: Identity | null
  readonly collation?: CollationName | null
  /** Follows from the table's parents; never compared. */
  readonly inherited?: Inherited | null
  readonly renamedFrom?: string
  /** Desired side only: expression for a change of type. */
  readonly using?: string
  /** Desired side only: expression that fills rows before NOT NULL. */
  readonly backfill?: string
  /** Desired side only: the name that its identity's sequence had from the names that the table and the column had. */
  readonly formerSequence?: string
}

/** As PostgreSQL names it. */
export const usualSequence = ({ schemaName, table, name }: Pick<Column, 'schemaName' | 'table' | 'name'>) => ({
  schemaName,
  sequenceName: ownedSequenceName(table, name),
})

/** What the identity of `desired` is called: what it says, else what it is called already, but for a name that comes from an old one. */
export function namedIdentity(desired: Column, current: Column): Identity | null | undefined {
  const { identity, formerSequence } = desired
  if (!identity || identity.sequence || !current.identity?.sequence) return identity
  const was = current.identity.sequence
  return { ...identity, sequence: was.sequenceName === formerSequence ? usualSequence(desired) : was }
}

function identityConfig(column: Column, identity: Identity): Identity {
  const { sequence, ...options } = identity
  return sequence === undefined || sameData(sequence, usualSequence(column)) ? options : identity
}

export interface Through {
  /** Without it and `body`, PostgreSQL knows how. */
  readonly using?: string
  /** How the value `v` moves, where that takes a subquery. */
  readonly body?: string
  /** True for rows that hold what the new type does not have. */
  readonly lacks?: string
  readonly loses?: ValueMove['loses']
}

/** A column as operations carry it: plain JSON, the type as text. */
export interface ColumnConfig extends ColumnSettings {
  readonly type: string
  readonly nullable: boolean
  /** Without it NOT NULL is as usual. */
  readonly notNullConstraint?: NotNullConstraint
  readonly default?: string
  readonly generated?: { readonly expression: string; readonly stored: boolean }
  readonly identity?: Identity
  readonly collation?: CollationName
  readonly using?: string
  readonly backfill?: string
  /** The type, or the collation, is made anew under its name: how values move over. */
  readonly through?: Through
}

export function configOf(column: Column): ColumnConfig {
  return {
    type: formatType(column.type),
    nullable: !column.notNull,
    ...(column.notNull && column.notNullConstraint && !sameData(column.notNullConstraint, usualNotNull)
      ? { notNullConstraint: column.notNullConstraint }
      : {}),
    ...(column.default ? { default: column.default.expression } : {}),
    ...(column.generated
      ? { generated: { expression: column.generated.expression, stored: column.generated.stored } }
      : {}),
    ...(column.identity ? { identity: identityConfig(column, column.identity) } : {}),
    ...(column.collation ? { collation: column.collation } : {}),
    ...ownSettings(column),
    ...(column.using !== undefined ? { using: column.using } : {}),
    ...(column.backfill !== undefined ? { backfill: column.backfill } : {}),
  }
}

export const shownType = (column: Column): string => displayType(column.type)

export const identityClause = (identity: Identity): Sql => {
  const { sequence } = identity
  const name = sequence ? [sql`sequence name ${qualified(sequence.schemaName, sequence.sequenceName)}`] : []
  const clauses = sequenceClauses(identity, (field) => {
    const value = identity[field as keyof SequenceOptions]
    return field !== 'dataType' && value !== null && value !== false && !(field !== 'start' && value === '1')
  })
  const options = [...name, ...clauses]
  const list = options.length === 0 ? sql`` : sql` (${join(options, ' ')})`
  return sql`generated ${raw(identity.generation === 'always' ? 'always' : 'by default')} as identity${list}`
}

export const collateClause = (collation: CollationName): Sql =>
  sql`collate ${qualified(collation.schemaName, collation.collationName)}`

const simpleDefault =
  /^(?:[eE]?'(?:[^'\\]|'')*'|-?[\d.]+|[\w."]+(?:\([^()]*\))?)(?:::[\w ."]+(?:\([\d, ]*\))?(?:\[\])*)*$/

/** DEFAULT takes less than any expression without brackets (`not true` is a syntax error there). */
export const defaultText = (expression: string): Sql =>
  expressionSql(simpleDefault.test(expression) ? expression : `(${expression})`)

/** `"name" type collate … default … not null`. */
export function columnClause(name: string, config: ColumnConfig): Sql {
  return join(
    [
      id(name),
      raw(config.type),
      ...(config.collation ? [collateClause(config.collation)] : []),
      ...(config.generated
        ? [
            sql`generated always as (${expressionSql(config.generated.expression)}) ${raw(config.generated.stored ? 'stored' : 'virtual')}`,
          ]
        : []),
      ...(config.identity ? [identityClause(config.identity)] : []),
      ...(config.default !== undefined ? [sql`default ${defaultText(config.default)}`] : []),
      ...notNullClause(config),
    ],
    ' ',
  )
}
