// The operations on columns: what they say, their SQL, their risks, their inverses.

import type { OperationBase, OperationSpec, PlanFacts, Risk, Server } from '../../engine/kind.js'
import { sameData } from '../../engine/walk.js'
import { expression } from '../../sql/expression.js'
import { id, raw, type Sql, sql } from '../../sql/sql.js'
import { requireVersion } from '../server-version.js'
import { type ColumnConfig, columnClause, defaultText } from './column.js'
import { continued, describeIdentity, identityRisks, identitySql } from './identity.js'
import { aroundType, changeNotNull, describeNotNull, notNullAfterwards, setNotNull } from './not-null.js'
import type { AddColumn, AlterColumn, DropColumn, OfColumn, RenameColumn } from './operation.js'
import { describeSettings, settingsSql } from './settings.js'
import { rewrites, shown, shownType, tableOf, typeRisks, typeSql } from './type-change.js'

const madeHere = (op: OfColumn, facts: PlanFacts): boolean =>
  facts.madeHere({ kind: 'table', schemaName: op.schemaName, name: op.tableName })
/** What is set for each table of a tree by itself. */
const onlyOf = (op: AlterColumn | DropColumn): Sql => (op.only ? sql`only ${tableOf(op)}` : tableOf(op))
const fill = (op: OfColumn, backfill: string): Sql =>
  sql`update ${tableOf(op)} set ${id(op.columnName)} = (${raw(backfill)}) where ${id(op.columnName)} is null`

/** What a column's clause cannot say, in statements of their own. @throws PlanError SERVER_TOO_OLD */
export function columnAfterwards(op: OfColumn, config: ColumnConfig, server: Server): readonly Sql[] {
  requireGenerated(op, config, server)
  return [
    ...notNullAfterwards(op, config, tableOf(op), server),
    ...settingsSql(tableOf(op), op.columnName, {}, config, server),
  ]
}

function requireGenerated(op: OfColumn, { generated }: ColumnConfig, server: Server): void {
  if (generated && !generated.stored) requireVersion(server, 18, `The virtual generated column '${shown(op)}'`)
}

const add: OperationSpec<AddColumn> = {
  describe: (op) => `Add column '${shown(op)}' (${shownType(op.config)})`,
  sql: (op, server) => {
    const { backfill, ...config } = op.config
    if (backfill === undefined)
      return [
        sql`alter table ${tableOf(op)} add column ${columnClause(op.columnName, config)}`,
        ...columnAfterwards(op, config, server),
      ]
    return [
      sql`alter table ${tableOf(op)} add column ${columnClause(op.columnName, { ...config, nullable: true })}`,
      fill(op, backfill),
      ...(config.nullable ? [] : setNotNull(op, config.notNullConstraint, tableOf(op), server)),
      ...settingsSql(tableOf(op), op.columnName, {}, config, server),
    ]
  },
  risks: (op, facts) => {
    const { config } = op
    if (madeHere(op, facts)) return []
    const filled =
      config.nullable ||
      config.default !== undefined ||
      config.generated ||
      config.identity ||
      config.backfill !== undefined ||
      config.notNullConstraint?.notValid
    return [
      ...(filled
        ? []
        : [
            {
              level: 'may-fail',
              code: 'ADDS_NOT_NULL_COLUMN',
              reason: `'${shown(op)}' is NOT NULL without a default: it cannot be added while the table has rows. Give it a default or a backfill.`,
              measure: sql`select count(*) as rows from ${tableOf(op)}`,
            } satisfies Risk,
          ]),
      ...(config.generated?.stored || config.identity ? [rewrites(op)] : []),
    ]
  },
  inverse: (op) => [
    {
      type: 'drop_column',
      schemaName: op.schemaName,
      tableName: op.tableName,
      columnName: op.columnName,
      was: op.config,
    } as OperationBase,
  ],
}

const alter: OperationSpec<AlterColumn> = {
  describe: (op) => {
    const parts = [
      ...(op.from.type !== op.to.type
        ? [`type ${shownType(op.from)} → ${shownType(op.to)}`]
        : op.to.through
          ? [
              `to the new ${!op.to.through.using && !op.to.through.body && op.to.collation ? `collation ${op.to.collation.collationName}` : shownType(op.to)}`,
            ]
          : []),
      ...(op.from.nullable !== op.to.nullable ? [op.to.nullable ? 'nullable' : 'not null'] : []),
      ...describeNotNull(op.from, op.to),
      ...(op.from.default !== op.to.default
        ? [op.to.default === undefined ? 'no default' : `default ${op.to.default}`]
        : []),
      ...(sameData(op.from.generated ?? null, op.to.generated ?? null)
        ? []
        : [op.to.generated ? `generated as (${op.to.generated.expression})` : 'no longer generated']),
      ...describeIdentity(op),
      ...(sameData(op.from.collation ?? null, op.to.collation ?? null)
        ? []
        : [op.to.collation ? `collation ${op.to.collation.collationName}` : 'default collation']),
      ...describeSettings(op.from, op.to),
    ]
    return `Alter column '${shown(op)}' (${parts.join(', ')})`
  },
  sql: (op, server) => {
    const { from, to } = op
    const column = sql`alter table ${tableOf(op)} alter column ${id(op.columnName)}`
    const own = sql`alter table ${onlyOf(op)} alter column ${id(op.columnName)}`
    const change = typeSql(op, column)
    const { before, after } = aroundType(op, from, to, tableOf(op), server)
    const type = change.length > 0 && op.only ? [...before, ...change, ...after] : change
    requireGenerated(op, to, server)
    const newDefault = from.default !== to.default || (type.length > 0 && to.default !== undefined)
    const generated = sameData(from.generated ?? null, to.generated ?? null)
      ? []
      : [
          to.generated
            ? sql`${column} set expression as (${expression(to.generated.expression)})`
            : sql`${column} drop expression`,
        ]
    return [
      ...(from.identity && !to.identity ? identitySql(op, column) : []),
      // A new type reaches the children too, whose defaults may not be of it.
      ...(from.default !== undefined && newDefault ? [sql`${type.length > 0 ? column : own} drop default`] : []),
      ...generated,
      ...type,
      ...(to.default !== undefined && newDefault ? [sql`${own} set default ${defaultText(to.default)}`] : []),
      ...continued(op),
      ...(from.nullable && !to.nullable && to.backfill !== undefined ? [fill(op, to.backfill)] : []),
      ...(from.nullable && !to.nullable ? setNotNull(op, to.notNullConstraint, tableOf(op), server) : []),
      ...changeNotNull(op, from, to, tableOf(op), server),
      ...(to.identity ? identitySql(op, column) : []),
      ...(!from.nullable && to.nullable ? [sql`${column} drop not null`] : []),
      // With its type PostgreSQL takes the storage of a column back to the usual.
      ...settingsSql(
        onlyOf(op),
        op.columnName,
        type.length > 0 ? { ...from, storage: null, compression: null } : from,
        to,
        server,
      ),
    ]
  },
  risks: (op) => [...typeRisks(op), ...notNullRisks(op), ...identityRisks(op, shown(op))],
  inverse: (op) => [{ ...op, from: op.to, to: op.from } as OperationBase],
}

function notNullRisks(op: AlterColumn): readonly Risk[] {
  const loose = (config: ColumnConfig): boolean => config.nullable || config.notNullConstraint?.notValid === true
  if (!loose(op.from) || loose(op.to) || op.to.backfill !== undefined) return []
  const measure = sql`select count(*) as rows, count(*) - count(${id(op.columnName)}) as nulls from ${tableOf(op)}`
  return [
    {
      level: 'may-fail',
      code: 'SETS_NOT_NULL',
      reason: `'${shown(op)}' may hold NULLs, which NOT NULL rejects. A backfill fills them.`,
      measure,
    },
  ]
}

const rename: OperationSpec<RenameColumn> = {
  describe: (op) => `Rename column '${shown(op)}' to '${op.newName}'`,
  sql: (op) => sql`alter table ${tableOf(op)} rename column ${id(op.columnName)} to ${id(op.newName)}`,
  inverse: (op) => [{ ...op, columnName: op.newName, newName: op.columnName } as OperationBase],
}

const drop: OperationSpec<DropColumn> = {
  describe: (op) => `Drop column '${shown(op)}'${op.only ? ' (of this table alone)' : ''}`,
  sql: (op) => sql`alter table ${onlyOf(op)} drop column ${id(op.columnName)}`,
  risks: (op) => {
    if (op.was.generated) return []
    const measure = sql`select count(*) as rows, count(${id(op.columnName)}) as values from ${onlyOf(op)}`
    return [{ level: 'data-loss', code: 'DROPS_COLUMN', reason: `All values of '${shown(op)}' are lost.`, measure }]
  },
  inverse: (op) => [
    {
      type: 'add_column',
      schemaName: op.schemaName,
      tableName: op.tableName,
      columnName: op.columnName,
      config: op.was,
    } as OperationBase,
  ],
}

export const columnOperations = { add_column: add, alter_column: alter, rename_column: rename, drop_column: drop }
