// Columns as the model declares them.
import type { ColumnConfig as ColumnModel, IdentityConfig, TableConfig } from '../../model/model-config.js'
import { ownedSequenceName } from '../../model/naming.js'
import { parseType, type TypeName } from '../../sql/types.js'
import { defaultExpression } from '../default-literal.js'
import { declaredOptions } from '../sequence-options.js'
import type { Column, Identity, Inherited } from './column.js'
import { unusualNotNull } from './not-null.js'

export function declared(table: TableConfig, column: ColumnModel): Column {
  const kept = <T>(field: string, value: T): T | undefined => (column.ignore.includes(field) ? undefined : value)
  const type: TypeName = {
    ...parseType(column.type.sql),
    ...(column.type.schemaName === undefined ? {} : { schemaName: column.type.schemaName }),
  }
  const fallback = column.default
  return {
    schemaName: table.schemaName,
    table: table.name,
    name: column.name,
    type,
    notNull: kept('nullable', !column.nullable),
    notNullConstraint: kept(
      'nullable',
      column.notNullConstraint && unusualNotNull(table.name, column.name, column.notNullConstraint),
    ),
    default: kept(
      'default',
      fallback === undefined
        ? null
        : 'expression' in fallback
          ? { expression: fallback.expression }
          : { expression: defaultExpression(fallback.literal, type) },
    ),
    generated: kept('generated', column.generated ?? null),
    identity: kept('identity', column.identity ? identityOf(column.identity, type) : null),
    collation: kept('collation', column.collation ?? null),
    storage: column.storage,
    compression: column.compression,
    statistics: column.statistics,
    options: column.options,
    inherited: inheritedBy(table, column),
    renamedFrom: column.renamedFrom,
    using: column.using,
    backfill: column.backfill,
    ...formerSequence(table, column),
    ...(column.source ? { source: column.source } : {}),
  }
}

/** PostgreSQL leaves the sequence of an identity under its name when the table or the column is renamed. */
const formerSequence = (table: TableConfig, column: ColumnModel): Pick<Column, 'formerSequence'> =>
  column.identity && (table.renamedFrom ?? column.renamedFrom) !== undefined
    ? { formerSequence: ownedSequenceName(table.renamedFrom ?? table.name, column.renamedFrom ?? column.name) }
    : {}

function identityOf(identity: IdentityConfig, type: TypeName): Identity {
  return {
    generation: identity.generation,
    ...declaredOptions({
      dataType: type.typeName === 'smallint' || type.typeName === 'integer' ? type.typeName : 'bigint',
      start: identity.start ?? null,
      increment: identity.increment ?? '1',
      minValue: identity.minValue ?? null,
      maxValue: identity.maxValue ?? null,
      cache: identity.cache ?? '1',
      cycle: identity.cycle ?? false,
    }),
  }
}

/** A partition has its columns from its parent; a child has them besides its own. */
function inheritedBy(table: TableConfig, column: ColumnModel): Inherited | undefined {
  const from = (table.parents ?? []).filter((parent) => parent.columns.includes(column.name))
  return from.length === 0
    ? undefined
    : {
        from: from.map(({ schemaName, table: parent }) => ({ schemaName, table: parent })),
        local: column.local === true,
      }
}
