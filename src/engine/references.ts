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
    for (const name of said.columns) add(side.named({ space: 'column', schemaName, table, name }), 'mentions')
  }
  for (const name of said.functions)
    for (const target of resolve({ space: 'routine', ...name })) add(target, 'mentions')
  for (const name of said.types) for (const target of resolve({ space: 'type', ...name })) add(target, 'mentions')
  for (const name of said.relations) {
    for (const target of resolve({ space: 'relation', ...name })) {
      add(target, 'mentions')
      columnsOf(target.id.schemaName, target.id.name)
      for (const child of side.born(target.id))
        if (child.id.table === target.id.name && (said.everything || child.kind.carriesQueries?.(child.object)))
          add(child, 'mentions')
    }
  }
  if (entry.id.table !== undefined) columnsOf(entry.id.schemaName, entry.id.table)
}
