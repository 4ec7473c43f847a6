// What is ours, decided by the ledger, the desired side and the filter; everything else is a stranger and never touched.
import { display, keyOf, type ObjectId } from './identity.js'
import type { NotManaged } from './plan.js'
import { type Entry, parentName, type SchemaState } from './state.js'

export interface LedgerRow {
  readonly context: string
  readonly key: string
  readonly origin: 'model' | 'hook'
  readonly declaredHash: string
  readonly catalogHash: string
  readonly renamedFrom: string | null
}

/** The ledger of one context, with what the other contexts own. */
export interface Ledger {
  readonly rows: ReadonlyMap<string, LedgerRow>
  readonly others: ReadonlyMap<string, LedgerRow['origin']>
}

export interface ScopeOptions {
  readonly undeclared: 'ask' | 'drop'
  readonly include?: readonly string[]
  readonly exclude?: readonly string[]
  readonly excludeKinds?: readonly string[]
  /** Ids that the desired side knows and does not manage (`managed: false`, ignored columns). */
  readonly external?: readonly ObjectId[]
}

/** `removed`: ours and no longer wanted. `part`: an undeclared part of a table that is ours. The rest are reasons not to touch it. */
export type Standing = 'declared' | 'removed' | 'part' | NotManaged['reason']

const pattern = (text: string): RegExp =>
  new RegExp(`^${text.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`)

/** True for what the filter leaves alone: an object, or anything on an excluded table. */
export function filtered(options: ScopeOptions): (id: ObjectId) => boolean {
  const include = options.include?.map(pattern)
  const exclude = (options.exclude ?? []).map(pattern)
  const kinds = new Set(options.excludeKinds ?? [])
  const external = new Set((options.external ?? []).map(keyOf))
  const relations = new Set(
    (options.external ?? []).filter((id) => id.table === undefined).map((id) => `${id.schemaName ?? ''}.${id.name}`),
  )
  if (include === undefined && exclude.length === 0 && kinds.size === 0 && external.size === 0) return () => false
  return (id) => {
    if (kinds.has(id.kind) || external.has(keyOf(id))) return true
    if (id.table !== undefined && relations.has(`${id.schemaName ?? ''}.${id.table}`)) return true
    if (id.schemaName === undefined) return exclude.some((one) => one.test(id.name))
    const bare = id.table ?? id.name
    const matches = (patterns: readonly RegExp[]) =>
      patterns.some((one) => one.test(bare) || one.test(`${id.schemaName}.${bare}`) || one.test(display(id)))
    return matches(exclude) || (include !== undefined && !matches(include))
  }
}

/** How an object of the current side stands to the desired side. */
export function standing(
  entry: Entry,
  current: SchemaState,
  desired: SchemaState,
  ledger: Ledger,
  options: ScopeOptions,
  isFiltered: (id: ObjectId) => boolean,
): Standing {
  if (isFiltered(entry.id) || (entry.object.on !== undefined && isFiltered(entry.object.on))) return 'filter'
  if (desired.entries.has(entry.key)) return 'declared'
  if (entry.kind.optional) return 'undeclared'
  const row = ledger.rows.get(entry.key)
  if (row?.origin === 'hook') return 'hook'
  if (entry.kind.unmanaged) return 'kind'
  if (row) return 'removed'
  if (options.undeclared === 'drop') return 'removed'
  if (ledger.others.has(entry.key)) return 'other-context'
  if (entry.kind.partOfTable && oursByTable(entry, current, desired, ledger)) return 'part'
  if (entry.kind.undeclaredPart?.(entry.object, current, desired)) return 'part'
  return 'undeclared'
}

function oursByTable(entry: Entry, current: SchemaState, desired: SchemaState, ledger: Ledger): boolean {
  const name = parentName(entry.id)
  if (name === undefined) return false
  const table = desired.named(name) ?? current.named(name)
  return table !== undefined && (desired.entries.has(table.key) || ledger.rows.get(table.key)?.origin === 'model')
}
