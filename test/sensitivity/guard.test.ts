// Every field that an object of a managed kind has is changed by some drift; a new field without one fails here.
import { expect, test } from 'vitest'
import type { Entry } from '../../src/engine/state.js'
import { registry } from '../../src/objects/registry.js'
import { withDatabase } from '../support/database.js'
import { allDrifts as all } from './all.js'
import { fieldsOf, objectsOf, setUp } from './drift.js'

const database = withDatabase()

test('every managed kind has drifts', () => {
  const managed = registry.kinds.filter((kind) => !kind.unmanaged).map((kind) => kind.name)
  expect(all.map(({ kind }) => kind).sort()).toEqual([...managed].sort())
})

test('every field of every kind has a drift', async () => {
  const entries: Entry[] = []
  for (const one of all) {
    const { client } = await database()
    await setUp(one, client)
    entries.push(...(await objectsOf(client)).values())
  }
  for (const { kind, drifts, never = {} } of all) {
    const found = entries.filter((entry) => entry.kind.name === kind).flatMap(fieldsOf)
    const drifted = drifts.flatMap(({ fields }) => fields)
    const expected = ['(missing)', '(undeclared)', ...found]
    const covered = new Set([...drifted, ...Object.keys(never)])
    expect([kind, [...new Set(expected)].filter((field) => !covered.has(field))]).toEqual([kind, []])
    expect([kind, Object.keys(never).filter((field) => drifted.includes(field) || !expected.includes(field))]).toEqual([
      kind,
      [],
    ])
  }
})
