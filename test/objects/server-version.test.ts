// What a server lacks is an error of the plan that names the object, the feature and the version.
import { describe, expect, test } from 'vitest'
import { registry } from '../../src/objects/registry.js'

const at = { schemaName: 'public', tableName: 't' }
const key = { name: 'k', type: 'unique', columns: ['a', 'b'] }
const reference = {
  name: 'f',
  columns: ['a'],
  references: { schemaName: 'public', table: 'u', columns: ['a'] },
  onDelete: 'set null',
  onUpdate: 'no action',
}
const index = { keys: [], include: [], unique: true, method: 'btree', where: null, nullsNotDistinct: true }

describe('SERVER_TOO_OLD', () => {
  test.for<readonly [string, number, Record<string, unknown>]>([
    [
      'NULLS NOT DISTINCT',
      15,
      { type: 'create_unique_constraint', ...at, constraint: { ...key, nullsNotDistinct: true } },
    ],
    ['NULLS NOT DISTINCT', 15, { type: 'create_index', ...at, indexName: 'i', config: index }],
    [
      'WITHOUT OVERLAPS',
      18,
      { type: 'create_primary_key', ...at, constraint: { ...key, type: 'primary key', withoutOverlaps: true } },
    ],
    [
      'NOT ENFORCED',
      18,
      {
        type: 'create_check_constraint',
        ...at,
        constraint: { name: 'c', type: 'check', expression: 'true', notEnforced: true },
      },
    ],
    [
      'The virtual generated column',
      18,
      {
        type: 'add_column',
        ...at,
        columnName: 'c',
        config: { type: 'integer', nullable: true, generated: { expression: 'a', stored: false } },
      },
    ],
    [
      'NOT VALID of NOT NULL',
      18,
      {
        type: 'add_column',
        ...at,
        columnName: 'c',
        config: {
          type: 'integer',
          nullable: false,
          notNullConstraint: { name: null, notValid: true, noInherit: false },
        },
      },
    ],
    [
      'NO INHERIT of NOT NULL',
      18,
      {
        type: 'alter_column',
        ...at,
        columnName: 'c',
        from: { type: 'integer', nullable: true },
        to: {
          type: 'integer',
          nullable: false,
          notNullConstraint: { name: 'n', notValid: false, noInherit: true },
        },
      },
    ],
    ['SET NULL', 15, { type: 'create_foreign_key', ...at, constraint: { ...reference, setColumns: ['a'] } }],
    ['PERIOD', 18, { type: 'create_foreign_key', ...at, constraint: { ...reference, period: true } }],
    ['NOT ENFORCED', 18, { type: 'create_foreign_key', ...at, constraint: { ...reference, notEnforced: true } }],
    [
      'NOT ENFORCED',
      18,
      {
        type: 'alter_foreign_key',
        ...at,
        constraintName: 'f',
        from: reference,
        to: { ...reference, notEnforced: true },
      },
    ],
  ])('%s needs %i', ([feature, major, operation]) => {
    const spec = registry.spec(String(operation.type))
    const make = (version: number) => spec.sql(operation as never, { version })
    expect(() => make(major * 10000)).not.toThrow()
    expect(() => make((major - 1) * 10000 + 9)).toThrow(
      expect.objectContaining({
        code: 'SERVER_TOO_OLD',
        message: expect.stringMatching(
          new RegExp(`^${feature}.* needs PostgreSQL ${major}; this server is PostgreSQL ${major - 1}\\.$`),
        ),
      }),
    )
  })
})

test('a tablespace, storage parameters and statistics targets are changed in place', () => {
  const config = { ...index, nullsNotDistinct: false }
  const operation = {
    type: 'alter_index',
    ...at,
    indexName: 'i',
    from: { ...config, storage: { fillfactor: '70', fastupdate: 'off' }, tablespace: 'fast', statistics: { 1: 5 } },
    to: { ...config, storage: { fillfactor: '80' }, statistics: { 2: 7 } },
  }
  const texts = registry.spec('alter_index').sql(operation as never, { version: 150000 })
  expect([texts].flat().map((part) => (part as { text: string }).text)).toEqual([
    'alter index "public"."i" reset ("fastupdate")',
    `alter index "public"."i" set ("fillfactor" = '80')`,
    'alter index "public"."i" set tablespace "pg_default"',
    'alter index "public"."i" alter column 1 set statistics -1',
    'alter index "public"."i" alter column 2 set statistics 7',
  ])
})
