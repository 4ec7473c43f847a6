// Constraints as the model declares them, and the checks that a table has from its parents.
import type { Tied } from '../../engine/kind.js'
import type { CheckConfig, ModelConfig, TableConfig } from '../../model/model-config.js'
import { declaredKey } from '../index-keys.js'
import type { Constraint } from './constraint.js'

export function declaredConstraints(table: TableConfig): readonly Constraint[] {
  const attached = table.partitionBy === undefined ? { attached: [] } : {}
  const at = { schemaName: table.schemaName, table: table.name, check: null, ...attached }
  return [
    ...(table.primaryKey ? [{ ...at, ...table.primaryKey, type: 'primary key' as const }] : []),
    ...table.uniques.map((unique) => ({ ...at, ...unique, type: 'unique' as const })),
    ...table.excludes.map(({ keys, method, where, ...rest }) => ({
      ...at,
      ...rest,
      type: 'exclude' as const,
      columns: [],
      exclude: {
        method,
        keys: keys.map(declaredKey),
        where: where === undefined ? null : { expression: where },
      },
    })),
    ...table.checks.map((check) => declaredCheck(table, check)),
  ].map(({ comment: _comment, ...constraint }: Constraint & { comment?: unknown }) => constraint)
}

const declaredCheck = (
  { schemaName, name: table }: Pick<TableConfig, 'schemaName' | 'name'>,
  { expression, comment: _comment, ...check }: CheckConfig,
): Constraint => ({ schemaName, table, ...check, type: 'check', columns: [], check: { expression } })

/** A table has to have the checks of its parents before it is tied to them; then they come from there. */
export function tiedChecks(model: ModelConfig): readonly Tied<Constraint>[] {
  const tables = new Map(model.tables.map((table) => [JSON.stringify([table.schemaName, table.name]), table]))
  const checksOf = ({ checks, parents = [] }: TableConfig): readonly CheckConfig[] => [
    ...checks.filter((check) => check.noInherit !== true),
    ...parents.flatMap(({ schemaName, table }) => {
      const parent = tables.get(JSON.stringify([schemaName, table]))
      return parent ? checksOf(parent) : []
    }),
  ]
  return model.tables
    .filter((table) => table.managed)
    .flatMap((table) =>
      (table.parents ?? []).flatMap(({ schemaName, table: name }) => {
        const parent = tables.get(JSON.stringify([schemaName, name]))
        return (parent ? checksOf(parent) : []).map((check) => ({
          object: declaredCheck(table, check),
          from: [[schemaName, name]] as const,
        }))
      }),
    )
}
