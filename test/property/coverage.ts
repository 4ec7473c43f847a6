// What random pairs have touched: how often each field of each kind was created, altered, dropped.
import { SchemaIntrospector } from '../../src/catalog/introspector.js'
import type { SchemaState } from '../../src/engine/state.js'
import type { DatabaseClient } from '../../src/index.js'
import { registry } from '../../src/objects/registry.js'

export type Coverage = Map<string, { created: number; altered: number; dropped: number }>

async function stateOf(client: DatabaseClient): Promise<SchemaState> {
  const introspector = new SchemaIntrospector(registry, client)
  return (await introspector.read({ schemas: [], allSchemas: true, ownSchema: 'lockstep', context: '' })).state()
}

const said = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== false && !(Array.isArray(value) && value.length === 0)

/** Adds what leads from one database to the other. */
export async function cover(coverage: Coverage, from: DatabaseClient, to: DatabaseClient): Promise<void> {
  const [before, after] = [await stateOf(from), await stateOf(to)]
  const add = (field: string, how: 'created' | 'altered' | 'dropped') => {
    const row = coverage.get(field) ?? { created: 0, altered: 0, dropped: 0 }
    row[how]++
    coverage.set(field, row)
  }
  const fields = (object: object) => Object.entries(object).flatMap(([field, value]) => (said(value) ? [field] : []))
  for (const [key, { kind, object }] of after.entries) {
    const other = before.entries.get(key)
    if (!other) for (const field of fields(object)) add(`${kind.name}.${field}`, 'created')
    else for (const field of kind.differences(other.object, object)) add(`${kind.name}.${field}`, 'altered')
  }
  for (const [key, { kind, object }] of before.entries)
    if (!after.entries.has(key)) for (const field of fields(object)) add(`${kind.name}.${field}`, 'dropped')
}
