// One column through the kind's own declaration, so that its type, default and identity are kept as a model's would be.
import { formatType, type TypeName } from '../../sql/types.js'
import { registry } from '../operations.js'
import type { ColumnDraft } from './column-builder.js'
import { declaredBy, modelOf } from './declared.js'
import { emptyDraft } from './table-builder.js'

export interface DeclaredColumn {
  readonly type: TypeName
  readonly default: unknown
  readonly generated: unknown
  readonly identity: unknown
  readonly collation: unknown
}

/** @param type what it has already, where it does not change: a default is written for its type */
export function declaredColumn(columns: readonly ColumnDraft[], type: unknown): DeclaredColumn {
  const model = modelOf({ schemaName: 'public', name: 'x' }, { ...emptyDraft(), columns: [...columns] }, 'public')
  const table = model.tables[0]
  const config = table?.columns[0]
  const typed =
    type === undefined || !config || !table
      ? model
      : { ...model, tables: [{ ...table, columns: [{ ...config, type: { sql: formatType(type as TypeName) } }] }] }
  const entry = declaredBy(registry, typed).find((one) => one.kind.name === 'column')
  return entry?.object as unknown as DeclaredColumn
}
