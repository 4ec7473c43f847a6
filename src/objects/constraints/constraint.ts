// A primary key, unique or check constraint as data and as a clause of CREATE TABLE and ADD CONSTRAINT.
import type { Expression } from '../../engine/kind.js'
import { id, join, raw, type Sql, sql } from '../../sql/sql.js'

export const constraintKind = 'constraint'

export interface Constraint {
  readonly schemaName: string
  readonly table: string
  readonly name: string
  readonly type: 'primary key' | 'unique' | 'check'
  /** Key columns in order; for a check none. */
  readonly columns: readonly string[]
  readonly include?: readonly string[]
  readonly check: Expression | null
  readonly nullsNotDistinct?: boolean
  readonly deferrable?: boolean
  readonly initiallyDeferred?: boolean
  readonly noInherit?: boolean
  readonly notValid?: boolean
  readonly renamedFrom?: string
}

/** A constraint as operations carry it: only what differs from the plain form is there. */
export interface ConstraintConfig {
  readonly name: string
  readonly type: Constraint['type']
  readonly columns?: readonly string[]
  readonly include?: readonly string[]
  readonly expression?: string
  readonly nullsNotDistinct?: true
  readonly deferrable?: true
  readonly initiallyDeferred?: true
  readonly noInherit?: true
  readonly notValid?: true
}

export function constraintConfigOf(constraint: Constraint): ConstraintConfig {
  return {
    name: constraint.name,
    type: constraint.type,
    ...(constraint.check ? { expression: constraint.check.expression } : { columns: constraint.columns }),
    ...(constraint.include && constraint.include.length > 0 ? { include: constraint.include } : {}),
    ...(constraint.nullsNotDistinct ? { nullsNotDistinct: true } : {}),
    ...(constraint.deferrable ? { deferrable: true } : {}),
    ...(constraint.initiallyDeferred ? { initiallyDeferred: true } : {}),
    ...(constraint.noInherit ? { noInherit: true } : {}),
    ...(constraint.notValid ? { notValid: true } : {}),
  }
}

const list = (columns: readonly string[]): Sql => join(columns.map(id))

/** `constraint "name" unique ("a", "b")`. */
export function constraintClause(config: ConstraintConfig): Sql {
  const body =
    config.expression !== undefined
      ? sql`check (${raw(config.expression)})`
      : sql`${raw(config.type)}${config.nullsNotDistinct ? sql` nulls not distinct` : sql``} (${list(config.columns ?? [])})`
  const parts = [
    body,
    ...(config.include ? [sql`include (${list(config.include)})`] : []),
    ...(config.noInherit ? [sql`no inherit`] : []),
    ...(config.deferrable ? [sql`deferrable`] : []),
    ...(config.initiallyDeferred ? [sql`initially deferred`] : []),
  ]
  return sql`constraint ${id(config.name)} ${join(parts, ' ')}`
}
