// Tables as the model declares them. What it does not say stays as it is in the database, but for what makes a table another one.
import type { TableConfig } from '../../model/model-config.js'
import type { Table } from './table.js'

export function declaredTable(table: TableConfig): Table {
  const { schemaName, name, partitionBy } = table
  const kept = <T>(field: string, value: T): T | undefined => (table.ignore.includes(field) ? undefined : value)
  return {
    schemaName,
    name,
    unlogged: table.unlogged,
    parameters: kept('storage', table.storage),
    accessMethod: table.accessMethod,
    tablespace: table.tablespace,
    rowSecurity: table.rowSecurity,
    forceRowSecurity: table.forceRowSecurity,
    partitionBy: partitionBy
      ? {
          schemaName,
          table: name,
          strategy: partitionBy.strategy,
          keys: partitionBy.keys.map(({ column, expression, opclass, collation }) => ({
            ...(column === undefined ? { value: { expression: expression ?? '' } } : { column }),
            opclass: opclass ?? null,
            collation: collation ?? null,
          })),
        }
      : undefined,
    renamedFrom: table.renamedFrom,
    ...(table.source ? { source: table.source } : {}),
  }
}
