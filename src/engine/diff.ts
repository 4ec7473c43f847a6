// What differs between two sides: cheap comparisons first, PostgreSQL's own spelling last. Names no kind.

import { restored } from '../sql/expression.js'
import { changedParts, type PartChange, partOperations } from './parts.js'
import type { NotManaged } from './plan.js'
import type { ExpressionTools, Speller } from './ports.js'
import { applyRenames, mayRename, type Rename } from './rename.js'
import { filtered, type Ledger, type ScopeOptions, standing } from './scope.js'
import type { Entry, SchemaState } from './state.js'
import { at, canonicalObject, expressionsOf, mapExpressions, withTextsOf } from './walk.js'

export interface Alteration {
  readonly current: Entry
  readonly desired: Entry
  readonly changed: readonly string[]
}

export interface Drop {
  readonly entry: Entry
  /** An undeclared part of a table that is ours: always asked about. */
  readonly undeclared: boolean
}

export interface Difference {
  /** The current side after renames. */
  readonly current: SchemaState
  readonly renames: readonly Rename[]
  /** Parts of objects of ours that differ and stay. */
  readonly parts: readonly PartChange[]
  readonly creates: readonly Entry[]
  readonly alters: readonly Alteration[]
  readonly drops: readonly Drop[]
  readonly notManaged: readonly NotManaged[]
  /** Keys of everything that is not ours. */
  readonly strangers: ReadonlySet<string>
  /** Would it be dropped if it were there? Asked about what PostgreSQL makes by itself. */
  readonly unwanted?: (entry: Entry) => boolean
}

export interface DiffPorts {
  readonly tools: () => Promise<ExpressionTools>
  /** undefined: the server cannot be asked; what still differs counts as changed. */
  readonly speller?: (desired: SchemaState, current: SchemaState, changed: ReadonlySet<string>) => Speller
  readonly hash: (text: string) => string
  /** The desired texts are PostgreSQL's own: what it spells otherwise is another text, though it may mean the same. */
  readonly spelled?: boolean
}

export async function diff(
  first: SchemaState,
  desired: SchemaState,
  ledger: Ledger,
  options: ScopeOptions,
  ports: DiffPorts,
): Promise<Difference> {
  const { state: current, renames } = mayRename(first, desired)
    ? applyRenames(first, desired, ledger, await ports.tools())
    : { state: first, renames: [] }
  if (renames.length > 0) ledger = followed(ledger, first, current)
  const isFiltered = filtered(options)
  const creates: Entry[] = []
  const pairs: Alteration[] = []
  for (const entry of desired.entries.values()) {
    if (isFiltered(entry.id)) continue
    const existing = current.entries.get(entry.key)
    if (!existing) {
      if (!entry.kind.implied?.(entry.object, current, desired)) creates.push(entry)
    } else if (!recordedEqual(existing, entry, ledger, ports.hash)) {
      const changed = entry.kind.differences(existing.object, entry.object)
      if (changed.length > 0) pairs.push({ current: existing, desired: entry, changed })
    }
  }
  const byText = (left: readonly Alteration[]) => settle(left, async () => byParseTree(left, await ports.tools()))
  const settled =
    ports.spelled && ports.speller ? pairs.flatMap((pair) => reconciled(pair, alike)) : await byText(pairs)
  const changedKeys = new Set([...creates, ...settled.map((pair) => pair.desired)].map((entry) => entry.key))
  const alters = ports.speller
    ? await bySpelling(settled, ports.speller(desired, current, changedKeys), ports.spelled ? byText : undefined)
    : settled
  const drops: Drop[] = []
  const strangers = new Map<string, NotManaged>()
  for (const entry of current.entries.values()) {
    const how = standing(entry, current, desired, ledger, options, isFiltered)
    if (how === 'removed' || how === 'part') drops.push({ entry, undeclared: how === 'part' })
    else if (how !== 'declared') strangers.set(entry.key, { object: entry.id, reason: how })
  }
  keepHomes(current, drops, strangers)
  // A stranger's columns, constraints and comments say nothing that the stranger does not.
  const notManaged = [...strangers].flatMap(([key, one]) => {
    const entry = current.entries.get(key)
    if (entry?.kind.optional) return []
    const parent =
      entry && (entry.id.table !== undefined || entry.object.on !== undefined) ? current.parent(entry) : undefined
    return parent && (strangers.has(parent.key) || entry?.object.on !== undefined) ? [] : [one]
  })
  const unwanted = (entry: Entry) =>
    /^(removed|part)$/.test(standing(entry, current, desired, ledger, options, isFiltered))
  const parts = changedParts(current, desired).filter(
    ({ whole: { id, key } }) => !isFiltered(id) && !strangers.has(key),
  )
  const difference = { current, renames, creates, drops, notManaged, strangers: new Set(strangers.keys()), unwanted }
  return { ...difference, ...withParts(parts, alters, current, desired) }
}

/** What of its parts is had only by making it again makes an object another one. */
function withParts(
  parts: readonly PartChange[],
  alters: readonly Alteration[],
  current: SchemaState,
  desired: SchemaState,
): Pick<Difference, 'parts' | 'alters'> {
  const again = new Map(
    parts.flatMap((part) =>
      partOperations(part, desired) === 'recreate' ? [[part.whole.key, part.whole] as const] : [],
    ),
  )
  const others = alters.filter((pair) => !again.has(pair.desired.key))
  const remade = [...again.values()].flatMap((whole) => {
    const existing = current.entries.get(whole.key)
    return existing ? [{ current: existing, desired: whole, changed: ['parts'] }] : []
  })
  return { parts: parts.filter(({ whole }) => !again.has(whole.key)), alters: [...others, ...remade] }
}

/** What strangers live in (a schema) stays, whoever made it. */
function keepHomes(current: SchemaState, drops: Drop[], strangers: Map<string, NotManaged>): void {
  const homes = new Set<string>()
  for (const key of strangers.keys()) {
    const entry = current.entries.get(key)
    if (entry && entry.object.on === undefined)
      for (let up = current.parent(entry); up; up = current.parent(up)) homes.add(up.key)
  }
  for (let index = drops.length - 1; index >= 0; index--) {
    const { entry } = drops[index]!
    if (!homes.has(entry.key) || entry.id.schemaName !== undefined) continue
    drops.splice(index, 1)
    strangers.set(entry.key, { object: entry.id, reason: 'undeclared' })
  }
}

/** The ledger's rows under the names that their objects have after the renames. */
function followed(ledger: Ledger, first: SchemaState, renamed: SchemaState): Ledger {
  const before = new Map(
    [...first.entries.values()].flatMap((entry) =>
      entry.addresses[0] === undefined ? [] : [[entry.addresses[0], entry.key] as const],
    ),
  )
  const rows = new Map(ledger.rows)
  for (const entry of renamed.entries.values()) {
    const old = before.get(entry.addresses[0] ?? '')
    const row = old === undefined || old === entry.key ? undefined : ledger.rows.get(old)
    if (row) rows.set(entry.key, { ...row, key: entry.key })
  }
  return { rows, others: ledger.others }
}

function recordedEqual(current: Entry, desired: Entry, ledger: Ledger, hash: (text: string) => string): boolean {
  const row = ledger.rows.get(current.key)
  return (
    row !== undefined &&
    row.catalogHash === hash(canonicalObject(current.object)) &&
    row.declaredHash === hash(canonicalObject(desired.object))
  )
}

async function settle(
  pairs: readonly Alteration[],
  step: (pairs: readonly Alteration[]) => Promise<readonly Alteration[]>,
): Promise<readonly Alteration[]> {
  return pairs.some((pair) => textual(pair).length > 0) ? step(pairs) : pairs
}

/** Paths at which both sides have an expression and the texts differ. */
function textual(pair: Alteration): readonly (readonly string[])[] {
  return expressionsOf(pair.desired.object)
    .filter(({ path, expression }) => {
      const other = (at(pair.current.object, path) as { expression?: unknown } | undefined)?.expression
      return typeof other === 'string' && other !== expression
    })
    .map(({ path }) => path)
}

/** The pair with the current text put where `equal` says that both mean the same; gone when nothing differs any more. */
function reconciled(
  pair: Alteration,
  equal: (current: string, desired: string, path: readonly string[]) => boolean,
): readonly Alteration[] {
  const object = mapExpressions(pair.desired.object, (expression, path) => {
    const other = (at(pair.current.object, path) as { expression?: unknown } | undefined)?.expression
    return typeof other === 'string' && other !== expression && equal(other, expression, path) ? other : expression
  })
  const desired = { ...pair.desired, object }
  const changed = desired.kind.differences(pair.current.object, object)
  return changed.length === 0 ? [] : [{ current: pair.current, desired, changed }]
}

function byParseTree(pairs: readonly Alteration[], tools: ExpressionTools): readonly Alteration[] {
  return pairs.flatMap((pair) =>
    reconciled(pair, (a, b, path) => tools.same(a, b, path[0] === 'default' ? topCast(pair) : undefined)),
  )
}

/** The text of the object's own type, to which one cast at the top of a default says nothing. */
function topCast(pair: Alteration): string | undefined {
  const type = (pair.desired.object as { type?: { typeName?: string; schemaName?: string; dimensions?: number } }).type
  if (!type?.typeName) return undefined
  return `${type.schemaName === undefined ? '' : `"${type.schemaName}".`}${type.schemaName === undefined ? type.typeName : `"${type.typeName}"`}${type.dimensions ? '[]' : ''}`
}

/** Would the pair differ less if the texts meant the same? Only then is PostgreSQL asked. */
const worthAsking = (pair: Alteration): boolean =>
  textual(pair).length > 0 && (reconciled(pair, () => true)[0]?.changed.length ?? 0) < pair.changed.length

/** The same text, or what a dump makes of it. */
const alike = (one: string | undefined, other: string | undefined): boolean =>
  one === other || (one !== undefined && other !== undefined && restored(one) === restored(other))

const textAt = (object: unknown, path: readonly string[]): string | undefined =>
  (at(object, path) as { expression?: string } | undefined)?.expression

/** `otherwise` settles what the server could not be asked about. */
async function bySpelling(
  pairs: readonly Alteration[],
  speller: Speller,
  otherwise?: (pairs: readonly Alteration[]) => Promise<readonly Alteration[]>,
): Promise<readonly Alteration[]> {
  const asked = pairs.filter(worthAsking)
  if (asked.length === 0) return pairs
  const once = await speller.spell(asked.map((pair) => pair.desired))
  const results = new Map<string, readonly Alteration[]>()
  const open: { readonly pair: Alteration; readonly spelled: Entry }[] = []
  asked.forEach((pair, index) => {
    const object = once[index]
    if (object === undefined) return
    const left = reconciled(learned(pair, object), (current, _desired, path) => alike(textAt(object, path), current))
    results.set(pair.desired.key, left)
    if (left.some(worthAsking))
      open.push({
        pair: left[0]!,
        spelled: { ...pair.desired, object: { ...pair.desired.object, ...pick(object, pair.desired.object) } },
      })
  })
  if (open.length > 0) {
    const currents = open.map(({ pair }) => ({
      ...pair.desired,
      object: withTextsOf(pair.desired.object, pair.current.object),
    }))
    const twice = await speller.spell([...open.map(({ spelled }) => spelled), ...currents])
    open.forEach(({ pair }, index) => {
      const [a, b] = [twice[index], twice[open.length + index]]
      if (a === undefined || b === undefined) return
      results.set(
        pair.desired.key,
        reconciled(pair, (_current, _desired, path) => alike(textAt(a, path), textAt(b, path))),
      )
    })
  }
  const silent = asked.filter((pair) => !results.has(pair.desired.key))
  if (otherwise && silent.length > 0) {
    const left = new Map((await otherwise(silent)).map((pair) => [pair.desired.key, pair]))
    for (const { desired } of silent) results.set(desired.key, [left.get(desired.key) ?? []].flat())
  }
  return pairs.flatMap((pair) => results.get(pair.desired.key) ?? [pair])
}

/** The pair with what PostgreSQL found out about the desired object. */
function learned(pair: Alteration, spelled: Entry['object']): Alteration {
  const { desired } = pair
  const [said, found] = [desired.object, spelled] as unknown as readonly Readonly<Record<string, unknown>>[]
  const facts = (desired.kind.derived ?? []).filter((field) => (said?.[field] ?? null) === null)
  if (facts.length === 0) return pair
  const object = { ...desired.object, ...Object.fromEntries(facts.map((field) => [field, found?.[field]])) }
  return { ...pair, desired: { ...desired, object } }
}

const pick = (spelled: unknown, object: Entry['object']): Partial<Entry['object']> => withTextsOf(object, spelled)
