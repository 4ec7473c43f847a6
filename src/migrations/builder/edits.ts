// What a call takes away from a state or changes in it; the differ then says which operations that is. Pure.
import type { ObjectId } from '../../engine/identity.js'
import { display } from '../../engine/identity.js'
import type { SchemaObject } from '../../engine/kind.js'
import { type Entry, entryOf, type SchemaState } from '../../engine/state.js'
import { MigrationError } from '../../errors.js'

/** A state in, the wanted state out. */
export type Edit = (state: SchemaState) => SchemaState

interface Shape extends SchemaObject {
  readonly columns?: readonly string[]
  readonly include?: readonly string[]
  readonly keys?: readonly { readonly column?: string }[]
  readonly ownedBy?: { readonly schemaName: string; readonly table: string; readonly column: string } | null
  readonly references?: { readonly schemaName: string; readonly table: string; readonly columns: readonly string[] }
}

const shape = (entry: Entry): Shape => entry.object as Shape

const missing = (what: string): MigrationError =>
  new MigrationError('MIGRATION_FAILED', `There is no ${what}.`, {
    hint: 'Look at its name and schema; hasTable() and hasColumn() tell what is there.',
  })

/** The one object of that kind and name; `kinds` are tried in turn. */
export function find(
  state: SchemaState,
  kinds: readonly string[],
  at: { readonly schemaName?: string; readonly table?: string; readonly name: string },
): Entry {
  for (const entry of state.entries.values()) {
    const { id } = entry
    if (!kinds.includes(id.kind) || id.name !== at.name) continue
    if (at.schemaName !== undefined && id.schemaName !== at.schemaName) continue
    if (at.table !== undefined && id.table !== at.table) continue
    return entry
  }
  throw missing(`${kinds[0]} '${display(at)}'`)
}

/** Without the object, what hangs on it, and what PostgreSQL drops along with it. */
export function without(state: SchemaState, entry: Entry): SchemaState {
  const gone = new Set([entry.key])
  const { id } = entry
  const relation =
    id.table === undefined &&
    id.schemaName !== undefined &&
    entry.kind.names?.(entry.object).some((name) => name.space === 'relation')
  for (const other of state.entries.values()) {
    const object = shape(other)
    const onTable = other.id.schemaName === id.schemaName && other.id.table === id.name
    const owned = object.ownedBy && object.ownedBy.schemaName === id.schemaName
    if (relation) {
      if (onTable || (owned && object.ownedBy?.table === id.name)) gone.add(other.key)
    } else if (entry.kind.name === 'column') {
      const same = other.id.schemaName === id.schemaName && other.id.table === id.table
      if (same && columnsOf(object).includes(id.name)) gone.add(other.key)
      if (owned && object.ownedBy?.table === id.table && object.ownedBy?.column === id.name) gone.add(other.key)
    }
  }
  for (const other of state.entries.values())
    if (other.object.on && isGone(other.object.on, state, gone)) gone.add(other.key)
  refuseReferenced(state, entry, gone)
  return state.with(new Map([...gone].map((key) => [key, null])))
}

const isGone = (id: ObjectId, state: SchemaState, gone: ReadonlySet<string>): boolean =>
  gone.has(state.entry(id)?.key ?? '')

const columnsOf = (object: Shape): readonly string[] => [
  ...(object.columns ?? []),
  ...(object.include ?? []),
  ...(object.keys ?? []).flatMap((key) => key.column ?? []),
]

function refuseReferenced(state: SchemaState, { id }: Entry, gone: ReadonlySet<string>): void {
  const [table, column] = id.table === undefined ? [id.name, undefined] : [id.table, id.name]
  for (const other of state.entries.values()) {
    const to = shape(other).references
    if (!to || gone.has(other.key) || to.schemaName !== id.schemaName || to.table !== table) continue
    if (column !== undefined && !to.columns.includes(column)) continue
    throw new MigrationError(
      'MIGRATION_FAILED',
      `'${display(id)}' is still referenced by the foreign key '${display(other.id)}'.`,
      {
        hint: `Drop that first: await schema.dropForeignKey('${other.id.table}', '${other.id.name}').`,
      },
    )
  }
}

/** The same object with some fields changed. */
export function changed(state: SchemaState, entry: Entry, fields: Readonly<Record<string, unknown>>): SchemaState {
  const object = Object.fromEntries(
    Object.entries({ ...entry.object, ...fields }).filter(([, value]) => value !== undefined),
  )
  const after = entryOf(entry.kind, object as unknown as SchemaObject)
  return state.with(
    new Map<string, Entry | null>([
      [entry.key, null],
      [after.key, after],
    ]),
  )
}

/** With a comment on something, another one, or none. */
export function commented(state: SchemaState, on: Entry, text: string | null): SchemaState {
  const kind = state.registry.kind('comment')
  const { schemaName, table, name } = on.id
  const after = entryOf(kind, {
    on: on.id,
    ...(schemaName === undefined ? {} : { schemaName }),
    ...(table === undefined ? {} : { table }),
    name,
    text,
  } as unknown as SchemaObject)
  return state.with(new Map([[after.key, text === null ? null : after]]))
}
