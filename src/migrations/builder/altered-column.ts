// The fields of a column that alterColumn() changes, as the column kind keeps them.
import type { SchemaObject } from '../../engine/kind.js'
import type { ColumnType } from '../../model/column-types.js'
import type { IdentityOptions } from '../../model/draft.js'
import type { Sql } from '../../sql/sql.js'
import { declaredColumn } from './declared-column.js'
import { TableBuilder } from './table-builder.js'

/** What is not named stays as it is; `default: null` and the like remove. */
export interface ColumnChanges {
  readonly type?: string | ColumnType<unknown>
  readonly nullable?: boolean
  readonly default?: unknown
  readonly generated?: Sql | null
  readonly identity?: 'always' | 'byDefault' | IdentityOptions | null
  readonly collation?: string | { readonly schema: string; readonly name: string } | null
  /** How values move to the new type. */
  readonly using?: Sql
  /** Fills rows that hold NULL before NOT NULL. */
  readonly backfill?: Sql
}

export function alteredColumn(current: SchemaObject, changes: ColumnChanges): Readonly<Record<string, unknown>> {
  const table = new TableBuilder()
  const before = current as unknown as { readonly type: unknown; readonly notNull?: boolean }
  const column = table.column(current.name, changes.type ?? 'text')
  if (changes.default !== undefined && changes.default !== null) column.default(changes.default)
  if (changes.generated) column.generated(changes.generated)
  if (changes.identity) column.identity(changes.identity)
  if (changes.collation) column.collate(changes.collation)
  const made = declaredColumn(table.draft.columns, changes.type === undefined ? before.type : undefined)
  return {
    ...(changes.type === undefined ? {} : { type: made.type }),
    ...(changes.nullable === undefined ? {} : { notNull: !changes.nullable }),
    ...(changes.identity ? { notNull: true } : {}),
    ...Object.fromEntries(
      (['default', 'generated', 'identity', 'collation'] as const).flatMap((field) =>
        changes[field] === undefined ? [] : [[field, changes[field] === null ? null : made[field]]],
      ),
    ),
    ...(changes.using ? { using: changes.using.text } : {}),
    ...(changes.backfill ? { backfill: changes.backfill.text } : {}),
  }
}
