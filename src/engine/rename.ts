// Renames: declared, never guessed; applied to the current side before anything is compared.
import { keyOf, type Name, type ObjectId } from './identity.js'
import type { ExpressionTools } from './ports.js'
import type { Ledger, LedgerRow } from './scope.js'
import { type Entry, entryOf, SchemaState } from './state.js'
import { at, mapExpressions, mapRecords } from './walk.js'

/** `from` is the object before, under the names that its parents have by then; `to` is the same object under its new name. */
export interface Rename {
  readonly from: Entry
  readonly to: Entry
}

export interface Renamed {
  readonly state: SchemaState
  readonly renames: readonly Rename[]
}

type Data = Readonly<Record<string, unknown>>

/** Is there anything that could be renamed? Then the expression tools are worth loading. */
export function mayRename(current: SchemaState, desired: SchemaState): boolean {
  for (const entry of desired.entries.values()) {
    if (entry.object.renamedFrom !== undefined && current.entries.has(oldKey(entry))) return true
  }
  return false
}

const oldKey = (entry: Entry): string =>
  keyOf(entry.kind.identify({ ...entry.object, name: entry.object.renamedFrom ?? entry.object.name }))

export function applyRenames(
  current: SchemaState,
  desired: SchemaState,
  ledger: Ledger,
  tools: ExpressionTools,
): Renamed {
  const renames: Rename[] = []
  let state = current
  /** key now → the object under its first name, for default names of children */
  const before = new Map<string, Entry>([...current.entries.values()].map((entry) => [entry.key, entry]))
  for (const kind of current.registry.kinds) {
    const rowOf = (key: string) => ledger.rows.get(before.get(key)?.key ?? key)
    for (const wanted of accepted(state, desired, rowOf, kind.name)) {
      const from = state.entries.get(oldKey(wanted))
      if (from) renames.push({ from, to: entryOf(kind, { ...from.object, name: wanted.object.name }, from.addresses) })
    }
    const ofKind = renames.filter((rename) => rename.from.kind === kind)
    if (ofKind.length > 0) state = rewritten(state, ofKind, tools, before)
  }
  if (renames.length === 0) return { state, renames }
  const children = defaultNames(state, desired, before)
  return {
    state: children.length === 0 ? state : rewritten(state, children, tools, before),
    renames: [...renames, ...children],
  }
}

/** Old name there, new name free or about to be; a pure swap only where the ledger has not seen it yet. */
function accepted(
  state: SchemaState,
  desired: SchemaState,
  rowOf: (key: string) => LedgerRow | undefined,
  kindName: string,
): readonly Entry[] {
  let candidates = [...desired.entries.values()].filter(
    (entry) =>
      entry.kind.name === kindName &&
      entry.object.renamedFrom !== undefined &&
      state.entries.has(oldKey(entry)) &&
      oldKey(entry) !== entry.key,
  )
  for (;;) {
    const leaving = new Set(candidates.map(oldKey))
    const next = candidates.filter((entry) => !state.entries.has(entry.key) || leaving.has(entry.key))
    if (next.length === candidates.length) break
    candidates = next
  }
  const byOld = new Map(candidates.map((entry) => [oldKey(entry), entry]))
  return candidates.filter((entry) => {
    const seen = new Set<string>()
    let at: Entry | undefined = entry
    while (at && !seen.has(at.key)) {
      seen.add(at.key)
      at = byOld.get(at.key)
    }
    if (at === undefined) return true
    return [...seen].every((key) => {
      const row = rowOf(key)
      return row !== undefined && row.renamedFrom !== (desired.entries.get(key)?.object.renamedFrom ?? null)
    })
  })
}

/** Children whose name was PostgreSQL's default for the old names and whose desired name is the default for the new ones. */
function defaultNames(state: SchemaState, desired: SchemaState, before: ReadonlyMap<string, Entry>): readonly Rename[] {
  return [...state.entries.values()].flatMap((entry) => {
    const first = before.get(entry.key)
    const name = entry.kind.defaultName?.(entry.object)
    if (
      !first ||
      name === undefined ||
      name === entry.object.name ||
      entry.kind.defaultName?.(first.object) !== first.object.name
    )
      return []
    const to = entryOf(entry.kind, { ...entry.object, name }, entry.addresses)
    return desired.entries.has(to.key) && !state.entries.has(to.key) && !desired.entries.has(entry.key)
      ? [{ from: entry, to }]
      : []
  })
}

/** Names that are taken from one and given to another go over temporary ones, so that no two objects ever bear the same. */
function rewritten(
  state: SchemaState,
  renames: readonly Rename[],
  tools: ExpressionTools,
  before: Map<string, Entry>,
): SchemaState {
  const left = new Set(renames.map(({ from }) => from.key))
  if (!renames.some(({ to }) => left.has(to.key))) return rewrittenAtOnce(state, renames, tools, before)
  const halves = renames.map(({ from, to }, index) => {
    const parked = entryOf(from.kind, { ...from.object, name: `${index}__lockstep` }, from.addresses)
    return [
      { from, to: parked },
      { from: parked, to },
    ] as const
  })
  const first = rewrittenAtOnce(
    state,
    halves.map(([away]) => away),
    tools,
    before,
  )
  return rewrittenAtOnce(
    first,
    halves.map(([, back]) => back),
    tools,
    before,
  )
}

function rewrittenAtOnce(
  state: SchemaState,
  renames: readonly Rename[],
  tools: ExpressionTools,
  before: Map<string, Entry>,
): SchemaState {
  const moved = new Map(before)
  before.clear()
  const ids = new Map<string, ObjectId>()
  const renamed = [...state.entries.values()].map((entry) => {
    const own = renames.find((rename) => rename.from.key === entry.key)
    let object = own ? own.to.object : entry.object
    for (const rename of renames) object = rewriteFor(object, rename, tools)
    const changed = object === entry.object ? entry : entryOf(entry.kind, object, entry.addresses)
    const first = moved.get(entry.key)
    if (first) before.set(changed.key, first)
    if (changed.key !== entry.key) ids.set(entry.key, changed.id)
    return { entry, changed }
  })
  // Whose arguments are of a renamed type is another object by its id; what is attached to it follows.
  const entries = renamed.map(({ entry, changed }) => {
    const on = entry.object.on && ids.get(keyOf(entry.object.on))
    return on ? entryOf(changed.kind, { ...changed.object, on }, changed.addresses) : changed
  })
  return new SchemaState(state.registry, state.server, entries, state.latent)
}

/** One object with every mention of the renamed one replaced. A relation's name may be its row type's too. */
function rewriteFor<O>(object: O, rename: Rename, tools: ExpressionTools): O {
  const names = (rename.from.kind.names?.(rename.from.object) ?? []) as readonly Name[]
  const from = rename.from.id
  const to = rename.to.id.name
  const space = names[0]?.space
  const isType = names.some((name) => name.space === 'type')
  const records = mapRecords(object, (record, context) => {
    let changed: Data = record
    const here = record.schemaName === from.schemaName
    if (space === 'schema' && record.schemaName === from.name) changed = { ...changed, schemaName: to }
    if (space === 'relation' && here && record.table === from.name) changed = { ...changed, table: to }
    if (isType && here && record.typeName === from.name) changed = { ...changed, typeName: to }
    if (space === 'routine' && here && record.routineName === from.name) changed = { ...changed, routineName: to }
    if (space === 'column' && context.schemaName === from.schemaName && context.table === from.table)
      changed = renamedColumns(changed, from.name, to)
    const on = record.on as Data | undefined
    if (
      on &&
      on.kind === from.kind &&
      on.name === from.name &&
      on.schemaName === from.schemaName &&
      on.table === from.table &&
      on.arguments === from.arguments
    )
      changed = { ...changed, name: to, on: { ...on, name: to } }
    return changed
  })
  return mapExpressions(records, (expression, path) => {
    if (!expression.includes(from.name)) return expression
    if (space === 'schema') return tools.renameSchema(expression, from.name, to)
    const typed = isType ? tools.renameType(expression, from.schemaName ?? '', from.name, to) : expression
    if (space === 'relation') return tools.renameRelation(typed, from.schemaName ?? '', from.name, to)
    if (space === 'routine') return tools.renameRoutine(typed, from.schemaName ?? '', from.name, to)
    const of = space === 'column' ? enclosingTable(object, path) : undefined
    return of !== undefined && of.schemaName === from.schemaName && of.table === from.table
      ? tools.renameColumn(typed, from.name, to)
      : typed
  })
}

/** The nearest record around an expression that names a table: the expression speaks of its columns. */
function enclosingTable(object: unknown, path: readonly string[]): Data | undefined {
  for (let length = path.length; length >= 0; length--) {
    const record = at(object, path.slice(0, length)) as Data | undefined
    if (typeof record?.table === 'string') return record
  }
  return undefined
}

function renamedColumns(record: Data, from: string, to: string): Data {
  const swap = (value: unknown) => (value === from ? to : value)
  const out: Record<string, unknown> = { ...record }
  if (typeof out.column === 'string') out.column = swap(out.column)
  for (const list of ['columns', 'include']) {
    const value = out[list]
    if (Array.isArray(value)) out[list] = value.map(swap)
  }
  return out
}
