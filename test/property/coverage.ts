// What random pairs have touched: how often each field of each kind was created, altered, dropped.
import { SchemaIntrospector } from '../../src/catalog/introspector.js'
import type { SchemaState } from '../../src/engine/state.js'
import type { DatabaseClient } from '../../src/index.js'
import { registry } from '../../src/objects/registry.js'
import { allDrifts } from '../sensitivity/all.js'

export type State = SchemaState

interface Touched {
  created: number
  altered: number
  dropped: number
}

export async function stateOf(client: DatabaseClient): Promise<State> {
  const introspector = new SchemaIntrospector(registry, client)
  return (await introspector.read({ schemas: [], allSchemas: true, ownSchema: 'lockstep', context: '' })).state()
}

/** Fields that no drift speaks of are found by the pairs themselves. */
const known = (): readonly string[] =>
  allDrifts.flatMap(({ kind, drifts, never = {} }) =>
    [...drifts.flatMap(({ fields }) => fields), ...Object.keys(never)]
      .filter((field) => !field.startsWith('('))
      .map((field) => `${kind}.${field.split('.')[0]}`),
  )

const said = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== false && !(Array.isArray(value) && value.length === 0)

const fields = (object: object): readonly string[] =>
  Object.entries(object).flatMap(([field, value]) => (said(value) ? [field] : []))

export class Coverage {
  readonly #rows = new Map<string, Touched>(known().map((field) => [field, { created: 0, altered: 0, dropped: 0 }]))

  /** Adds what leads from one schema to the other. */
  add(before: State, after: State): void {
    const add = (field: string, how: keyof Touched) => {
      const row = this.#rows.get(field) ?? { created: 0, altered: 0, dropped: 0 }
      row[how]++
      this.#rows.set(field, row)
    }
    for (const [key, { kind, object }] of after.entries) {
      const other = before.entries.get(key)
      if (!other) for (const field of fields(object)) add(`${kind.name}.${field}`, 'created')
      else for (const field of kind.differences(other.object, object)) add(`${kind.name}.${field}`, 'altered')
    }
    for (const [key, { kind, object }] of before.entries)
      if (!after.entries.has(key)) for (const field of fields(object)) add(`${kind.name}.${field}`, 'dropped')
  }

  /** One line for each field. */
  lines(): readonly string[] {
    return [...this.#rows]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([field, { created, altered, dropped }]) => `${field} ${created} ${altered} ${dropped}`)
  }
}
