// A trigger as data, and its SQL.
import type { Expression } from '../../engine/kind.js'
import { expression } from '../../sql/expression.js'
import { id, join, literal, qualified, raw, type Sql, sql } from '../../sql/sql.js'
import { type FunctionReference, functionSql } from '../routine-references.js'

export const triggerKind = 'trigger'

/** In the order in which PostgreSQL prints them. */
export const triggerEvents = ['insert', 'delete', 'update', 'truncate'] as const
export type TriggerEvent = (typeof triggerEvents)[number]
export type TriggerTiming = 'before' | 'after' | 'instead of'
export type TriggerEnabled = 'origin' | 'disabled' | 'replica' | 'always'

export interface ConstraintTrigger {
  readonly deferrable: boolean
  readonly initiallyDeferred: boolean
  /** The other table that the constraint speaks of. */
  readonly from: { readonly schemaName: string; readonly table: string } | null
}

/** A partition on which the trigger of the partitioned table fires otherwise than there. */
export interface EnabledOnPartition {
  readonly schemaName: string
  readonly table: string
  readonly enabled: TriggerEnabled
}

export interface Trigger {
  readonly schemaName: string
  readonly table: string
  readonly name: string
  readonly timing: TriggerTiming
  readonly events: readonly TriggerEvent[]
  /** UPDATE OF; empty: any column. */
  readonly columns: readonly string[]
  readonly forEach: 'row' | 'statement'
  readonly when: Expression | null
  readonly oldTable: string | null
  readonly newTable: string | null
  readonly function: FunctionReference
  readonly arguments: readonly string[]
  /** Set for a constraint trigger. */
  readonly constraint: ConstraintTrigger | null
  readonly enabled: TriggerEnabled
  readonly partitions?: readonly EnabledOnPartition[]
  readonly renamedFrom?: string
}

/** A trigger as operations carry it. */
export type TriggerConfig = Omit<Trigger, 'schemaName' | 'table' | 'name' | 'renamedFrom'>

/** Whether it fires: there, and on partitions where that differs. */
export const firing: readonly string[] = ['enabled', 'partitions']

export const configOf = ({
  schemaName: _schema,
  table: _table,
  name: _name,
  renamedFrom: _renamed,
  source: _source,
  partitions = [],
  ...config
}: Trigger & { readonly source?: unknown }): TriggerConfig => ({
  ...config,
  ...(partitions.length > 0 ? { partitions } : {}),
})

const eventSql = (config: TriggerConfig) => (event: TriggerEvent) =>
  event === 'update' && config.columns.length > 0 ? sql`update of ${join(config.columns.map(id))}` : raw(event)

const constraintSql = ({ deferrable, initiallyDeferred, from }: ConstraintTrigger): readonly Sql[] => [
  ...(from ? [sql`from ${qualified(from.schemaName, from.table)}`] : []),
  ...(deferrable ? [sql`deferrable initially ${raw(initiallyDeferred ? 'deferred' : 'immediate')}`] : []),
]

const transitionSql = ({ oldTable, newTable }: TriggerConfig): readonly Sql[] => {
  const tables = [
    ...(oldTable === null ? [] : [sql`old table as ${id(oldTable)}`]),
    ...(newTable === null ? [] : [sql`new table as ${id(newTable)}`]),
  ]
  return tables.length === 0 ? [] : [sql`referencing ${join(tables, ' ')}`]
}

export const createSql = (relation: Sql, name: string, config: TriggerConfig, replace: boolean): Sql =>
  join(
    [
      sql`create ${raw(replace ? 'or replace ' : '')}${raw(config.constraint ? 'constraint ' : '')}trigger ${id(name)}`,
      sql`${raw(config.timing)} ${join(config.events.map(eventSql(config)), ' or ')} on ${relation}`,
      ...(config.constraint ? constraintSql(config.constraint) : []),
      ...transitionSql(config),
      sql`for each ${raw(config.forEach)}`,
      ...(config.when ? [sql`when (${expression(config.when.expression)})`] : []),
      sql`execute function ${functionSql(config.function)}(${join(config.arguments.map(literal))})`,
    ],
    ' ',
  )

const enabling: Readonly<Record<TriggerEnabled, string>> = {
  origin: 'enable',
  disabled: 'disable',
  replica: 'enable replica',
  always: 'enable always',
}

export const enabledSql = (relation: Sql, name: string, enabled: TriggerEnabled): Sql =>
  sql`alter table ${relation} ${raw(enabling[enabled])} trigger ${id(name)}`
