// A table of the model while it is built.
import type { BuiltColumn } from './build-columns.js'
import type { EntityDraft } from './draft.js'
import type { CheckConfig, ExcludeConfig, IndexConfig, KeyConfig } from './model-config.js'

/** A table with the names that are still to be found: `name` is undefined where none was given. */
export interface BuiltTable {
  readonly draft: EntityDraft
  /** The tables that it inherits from, in order. */
  readonly parents: readonly BuiltTable[]
  readonly schemaName: string
  readonly name: string
  readonly managed: boolean
  readonly columns: ReadonlyMap<string, BuiltColumn>
  primaryKey?: KeyConfig
  readonly uniques: KeyConfig[]
  readonly checks: CheckConfig[]
  readonly excludes: ExcludeConfig[]
  readonly indexes: IndexConfig[]
}
