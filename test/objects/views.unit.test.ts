// What factories of views refuse, and what a version lacks.
import { expect, test } from 'vitest'
import { materializedView, type PlacedObject, raw, sql, view } from '../../src/index.js'
import { registry } from '../../src/objects/registry.js'

const placed = (make: PlacedObject) => make({ schemaName: 'app' })

test('a view lies where it is attached, or where it says', () => {
  expect(placed(view('v', { query: sql`select 1 as a;` }))).toMatchObject({
    kind: 'view',
    object: { schemaName: 'app', name: 'v', query: { expression: 'select 1 as a' } },
  })
  expect(placed(view('v', { query: sql`select 1`, schema: 'other' })).object).toMatchObject({ schemaName: 'other' })
})

test.each([
  ['select 1; drop table users', 'NOT_AN_EXPRESSION'],
  ['', 'NOT_AN_EXPRESSION'],
  ['select (1', 'NOT_AN_EXPRESSION'],
  ['select 1 -- and more', 'NOT_AN_EXPRESSION'],
])('%j is no query', (text, code) => {
  expect(() => view('v', { query: raw(text) })).toThrow(expect.objectContaining({ code }))
  expect(() => materializedView('m', { query: raw(text) })).toThrow(expect.objectContaining({ code }))
})

test('a name is needed', () => {
  expect(() => view('', { query: sql`select 1` })).toThrow(expect.objectContaining({ code: 'NAME_EMPTY' }))
})

test('indexes of a materialized view have the names that PostgreSQL would choose', () => {
  const indexes = [{ columns: ['a'] }, { columns: ['a'] }, { columns: [sql`lower(b)`], where: sql`a > 0` }]
  const made = placed(materializedView('m', { query: sql`select 1 as a, 'x' as b`, indexes }))
  expect(made.indexes?.map(({ name }) => name)).toEqual(['m_a_idx', 'm_a_idx1', 'm_lower_idx'])
})

test('what a version lacks is refused when planning', () => {
  const made = placed(view('v', { query: sql`select 1 as a`, securityInvoker: true }))
  const state = {
    children: () => [],
    all: () => [],
    base: () => undefined,
    meant: () => [],
    find: () => undefined,
    get: () => undefined,
    address: () => sql``,
  }
  const [operation] = registry.kind('view').create(made.object, { ...state, server: { version: 140000 } })
  const spec = registry.spec('create_view')
  expect(() => spec.sql(operation, { version: 140000 })).toThrow(expect.objectContaining({ code: 'SERVER_TOO_OLD' }))
  expect(spec.sql(operation, { version: 150000 })).toHaveLength(1)
})
