// What an object needs on its own side: its parent, what it names, and what its expressions mention.
import type { Name } from './identity.js'
import type { Reference } from './kind.js'
import type { ExpressionTools, QualifiedName } from './ports.js'
import type { Entry, SchemaState } from './state.js'
import { expressionsOf } from './walk.js'

export interface Resolved {
  readonly entry: Entry
  readonly strength: Reference['strength']
}

/** Names that SQL text mentions without a schema are looked for in these, the object's own schema first. */
export interface SearchPath {
  readonly schemas: readonly string[]
}

export function references(
  entry: Entry,
  side: SchemaState,
  path: SearchPath,
  tools: ExpressionTools | undefined,
): readonly Resolved[] {
  const found = new Map<string, Resolved>()
  const add = (target: Entry | undefined, strength: Reference['strength']) => {
    if (!target || target.key === entry.key) return
    const known = found.get(target.key)
    if (!known || (known.strength === 'mentions' && strength === 'needs'))
      found.set(target.key, { entry: target, strength })
  }
  add(side.parent(entry), 'needs')
  for (const { ref, strength } of entry.kind.dependsOn?.(entry.object) ?? [])
    for (const target of side.meant(ref)) add(target, strength)
  if (tools)
    for (const { expression } of expressionsOf(entry.object)) mentioned(entry, expression, side, path, tools, add)
  return [...found.values()]
}

function mentioned(
  entry: Entry,
  expression: string,
  side: SchemaState,
  path: SearchPath,
  tools: ExpressionTools,
  add: (target: Entry | undefined, strength: 'mentions') => void,
): void {
  const said = tools.mentions(expression)
  const resolve = ({ space, ...name }: QualifiedName & { readonly space: string }): readonly Entry[] => {
    const schemas =
      name.schemaName !== undefined
        ? [name.schemaName]
        : [...(entry.id.schemaName === undefined ? [] : [entry.id.schemaName]), ...path.schemas]
    for (const schemaName of schemas) {
      const targets = side.meant({ space, schemaName, name: name.name } satisfies Name)
      if (targets.length > 0) return targets
    }
    return []
  }
  const columnsOf = (schemaName: string | undefined, table: string) => {
    for (const name of said.columns) {
      const column = side.named({ space: 'column', schemaName, table, name })
      add(column, 'mentions')
      if (column) rowsIn(column)
    }
  }
  const asked = new Set<string>()
  /** Of a value that is a row of a relation, at whatever depth of its types, columns are named too. */
  const rowsIn = (holder: Entry) => {
    if (asked.has(holder.key)) return
    asked.add(holder.key)
    for (const { ref } of holder.kind.dependsOn?.(holder.object) ?? [])
      if (ref.space === 'type')
        for (const target of side.meant(ref)) {
          partsOf(target)
          rowsIn(target)
        }
  }
  /** Its columns that are named; all where the text takes them all. */
  const partsOf = ({ id }: Entry) => {
    columnsOf(id.schemaName, id.name)
    for (const child of side.born(id))
      if (
        child.id.table === id.name &&
        (said.everything || said.arbiters.includes(child.id.name) || child.kind.carriesQueries?.(child.object))
      )
        add(child, 'mentions')
  }
  for (const name of said.functions)
    for (const target of resolve({ space: 'routine', ...name })) add(target, 'mentions')
  for (const name of said.types)
    for (const target of resolve({ space: 'type', ...name })) {
      add(target, 'mentions')
      partsOf(target)
    }
  for (const name of said.relations)
    for (const target of resolve({ space: 'relation', ...name })) {
      add(target, 'mentions')
      partsOf(target)
    }
  rowsIn(entry)
  if (entry.id.table !== undefined) columnsOf(entry.id.schemaName, entry.id.table)
}
