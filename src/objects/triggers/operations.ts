// The operations on triggers: what they say and their SQL.
import { display } from '../../engine/identity.js'
import type { OperationBase, OperationSpec } from '../../engine/kind.js'
import { differing } from '../../engine/walk.js'
import { id, qualified, type Sql, sql } from '../../sql/sql.js'
import { shownFunction } from '../routine-references.js'
import { createSql, enabledSql, firing, type TriggerConfig, type TriggerEnabled } from './trigger.js'

interface OfTrigger extends OperationBase {
  readonly schemaName: string
  readonly tableName: string
  readonly triggerName: string
}
export interface CreateTrigger extends OfTrigger {
  readonly type: 'create_trigger'
  readonly trigger: TriggerConfig
}
/** CREATE OR REPLACE TRIGGER; where nothing but `enabled` differs, ALTER TABLE … ENABLE or DISABLE TRIGGER. */
export interface AlterTrigger extends OfTrigger {
  readonly type: 'alter_trigger'
  readonly from: TriggerConfig
  readonly to: TriggerConfig
}
export interface RenameTrigger extends OfTrigger {
  readonly type: 'rename_trigger'
  readonly newName: string
}
export interface DropTrigger extends OfTrigger {
  readonly type: 'drop_trigger'
  readonly was: TriggerConfig
}
export type TriggerOperation = CreateTrigger | AlterTrigger | RenameTrigger | DropTrigger

export const compared = [
  'timing',
  'events',
  'columns',
  'forEach',
  'when',
  'oldTable',
  'newTable',
  'function',
  'arguments',
  'constraint',
  'enabled',
  'partitions',
] as const

const shown = ({ schemaName, tableName, triggerName }: OfTrigger): string =>
  display({ schemaName, table: tableName, name: triggerName })

const relationOf = (op: OfTrigger): Sql => qualified(op.schemaName, op.tableName)

const events = ({ timing, events: all, columns, forEach }: TriggerConfig): string =>
  `${timing} ${all.map((event) => (event === 'update' && columns.length > 0 ? `update of ${columns.join(', ')}` : event)).join(' or ')}, for each ${forEach}`

const differ = (op: AlterTrigger): readonly string[] => differing(op.from, op.to, compared)
const onlyEnabled = (op: AlterTrigger): boolean => differ(op).every((field) => firing.includes(field))

const words: Readonly<Record<TriggerEnabled, string>> = {
  origin: 'Enable',
  disabled: 'Disable',
  replica: 'Enable on replicas only',
  always: 'Enable always',
}

/** What is said of a partitioned table counts for its partitions. */
function withState(
  op: OfTrigger,
  config: TriggerConfig,
  before: TriggerEnabled,
  were: TriggerConfig['partitions'] = [],
): readonly Sql[] {
  const { partitions = [] } = config
  const follows = were.length > 0 || config.enabled !== before
  return [
    ...(follows ? [enabledSql(relationOf(op), op.triggerName, config.enabled)] : []),
    ...partitions.map((one) =>
      enabledSql(sql`only ${qualified(one.schemaName, one.table)}`, op.triggerName, one.enabled),
    ),
  ]
}

function shownState(op: AlterTrigger): string {
  const there = `${words[op.to.enabled]} trigger '${shown(op)}'`
  const apart = (op.to.partitions ?? []).map(
    ({ schemaName, table, enabled }) => `'${display({ schemaName, name: table })}': ${enabled}`,
  )
  return apart.length > 0 ? `${there} (${apart.join(', ')})` : there
}

export const triggerOperations: {
  readonly [T in TriggerOperation['type']]: OperationSpec<Extract<TriggerOperation, { type: T }>>
} = {
  create_trigger: {
    describe: (op) =>
      `Create ${op.trigger.constraint ? 'constraint ' : ''}trigger '${shown(op)}' (${events(op.trigger)}) → ${shownFunction(op.trigger.function)}`,
    sql: (op) => [createSql(relationOf(op), op.triggerName, op.trigger, false), ...withState(op, op.trigger, 'origin')],
    inverse: (op) => [
      {
        type: 'drop_trigger',
        schemaName: op.schemaName,
        tableName: op.tableName,
        triggerName: op.triggerName,
        was: op.trigger,
      } satisfies DropTrigger,
    ],
  },
  alter_trigger: {
    describe: (op) => (onlyEnabled(op) ? shownState(op) : `Replace trigger '${shown(op)}' (${differ(op).join(', ')})`),
    sql: (op) =>
      onlyEnabled(op)
        ? withState(op, op.to, op.from.enabled, op.from.partitions)
        : [
            createSql(relationOf(op), op.triggerName, op.to, true),
            ...withState(op, op.to, 'origin', op.from.partitions),
          ],
    inverse: (op) => [{ ...op, from: op.to, to: op.from }],
  },
  rename_trigger: {
    describe: (op) => `Rename trigger '${shown(op)}' to '${op.newName}'`,
    sql: (op) => sql`alter trigger ${id(op.triggerName)} on ${relationOf(op)} rename to ${id(op.newName)}`,
    inverse: (op) => [{ ...op, triggerName: op.newName, newName: op.triggerName }],
  },
  drop_trigger: {
    describe: (op) => `Drop trigger '${shown(op)}'`,
    sql: (op) => sql`drop trigger ${id(op.triggerName)} on ${relationOf(op)}`,
    inverse: (op) => [
      {
        type: 'create_trigger',
        schemaName: op.schemaName,
        tableName: op.tableName,
        triggerName: op.triggerName,
        trigger: op.was,
      } satisfies CreateTrigger,
    ],
  },
}
