// Which object of a model's table an index's name stands for: a key's constraint has an index of its name.
import type { ObjectId } from '../engine/identity.js'
import type { TableConfig } from '../model/model-config.js'

export function indexOf(table: TableConfig, name: string): ObjectId {
  const keys = [...(table.primaryKey ? [table.primaryKey] : []), ...table.uniques]
  const kind = keys.some((key) => key.name === name) ? 'constraint' : 'index'
  return { kind, schemaName: table.schemaName, table: table.name, name }
}
