// The operations on columns, as data.
import type { OperationBase } from '../../engine/kind.js'
import type { ColumnConfig } from './column.js'

export interface OfColumn extends OperationBase {
  readonly schemaName: string
  readonly tableName: string
  readonly columnName: string
}
export interface AddColumn extends OfColumn {
  readonly type: 'add_column'
  readonly config: ColumnConfig
}
/** `checked`: it does not take every value of the type. */
export interface Base {
  readonly type: string
  readonly checked: boolean
}
export interface AlterColumn extends OfColumn {
  readonly type: 'alter_column'
  readonly from: ColumnConfig
  readonly to: ColumnConfig
  /** What the types have values of, where they are domains. */
  readonly bases?: { readonly from?: Base; readonly to?: Base }
  /** Its children are altered by themselves, where they have it so too. */
  readonly only?: true
}
export interface RenameColumn extends OfColumn {
  readonly type: 'rename_column'
  readonly newName: string
}
export interface DropColumn extends OfColumn {
  readonly type: 'drop_column'
  /** Of this table alone: children that have it from here keep theirs. */
  readonly only?: true
  readonly was: ColumnConfig
}
export type ColumnOperation = AddColumn | AlterColumn | RenameColumn | DropColumn
