// Partitions and parents in a model: what becomes of them, and what is refused before a server sees it.
import {
  Check,
  Column,
  date,
  Entity,
  type EntityClass,
  type EntityOptions,
  Index,
  integer,
  type PartitionByOptions,
  type PartitionOptions,
  PrimaryKey,
  serial,
  sql,
  text,
  Unique,
} from 'lockstep-pg'
import { describe, expect, test } from 'vitest'
import { issuesOf, modelOf, plain } from './support/building.js'

const partitioned = (partitionBy: PartitionByOptions | undefined, partitions: EntityOptions['partitions']) => {
  @Entity({
    table: 'events',
    ...(partitionBy ? { partitionBy } : {}),
    ...(partitions === undefined ? {} : { partitions }),
    keyless: true,
  })
  class Event {
    @Column(integer()) id!: number
    @Column(date()) at!: Date
  }
  return { entities: [Event] as readonly EntityClass[] }
}

describe('partitions', () => {
  test('are tables with the columns of theirs', () => {
    const [table, first] = modelOf(
      partitioned({ range: ['at'] }, [{ name: 'first', schema: 'parts', from: sql`minvalue`, to: new Date(0) }]),
    ).tables
    expect(table?.partitionBy).toEqual({ strategy: 'range', keys: [{ column: 'at' }] })
    expect(plain(first)).toMatchObject({
      schemaName: 'parts',
      name: 'first',
      columns: [{ name: 'id' }, { name: 'at' }],
      parents: [
        { table: 'events', columns: ['id', 'at'], bound: "FOR VALUES FROM (minvalue) TO ('1970-01-01T00:00:00.000Z')" },
      ],
    })
  })

  test('of somebody else', () => {
    expect(modelOf(partitioned({ hash: ['id'] }, 'external')).tables).toMatchObject([{ externalPartitions: true }])
  })

  const range = { range: ['at'] } as const
  test.for<readonly [PartitionByOptions | undefined, readonly PartitionOptions[] | 'external', string, string]>([
    [undefined, 'external', 'OPTIONS_CONFLICT', 'is not partitioned'],
    [{ range: [] }, [], 'OPTIONS_CONFLICT', 'key is empty'],
    [{ list: ['id', 'at'] }, [], 'OPTIONS_CONFLICT', 'of one property'],
    [{ list: ['id'], hash: ['id'] } as PartitionByOptions, [], 'OPTIONS_CONFLICT', 'in one way'],
    [{ range: ['att'] }, [], 'UNKNOWN_PROPERTY', "'att'"],
    [range, [{ name: 'x'.repeat(64), from: 1, to: 2 }], 'NAME_TOO_LONG', '64 bytes'],
    [range, [{ name: '', default: true }], 'NAME_EMPTY', 'empty'],
    [range, [{ name: 'events', default: true }], 'DUPLICATE_TABLE', 'is the table of Event too'],
    [range, [{ name: 'a', in: [1] }], 'OPTIONS_CONFLICT', 'no bound of a table that is partitioned by range'],
    [{ hash: ['id'] }, [{ name: 'a', default: true }], 'OPTIONS_CONFLICT', 'no bound of|hashes have none'],
    [{ hash: ['id'] }, [{ name: 'a', modulus: 2, remainder: 2 }], 'OPTIONS_CONFLICT', 'the remainder 2 of 2'],
    [{ list: ['id'] }, [{ name: 'a', in: [] }], 'OPTIONS_CONFLICT', 'empty list'],
    [{ range: ['id', 'at'] }, [{ name: 'a', from: 1, to: [1, 2] }], 'OPTIONS_CONFLICT', 'from 1 value to 2 values'],
    [range, [{ name: 'a', from: null, to: 1 }], 'OPTIONS_CONFLICT', 'NULL in its range'],
    [
      range,
      [
        { name: 'a', default: true },
        { name: 'b', default: true },
      ],
      'OPTIONS_CONFLICT',
      "has the bound of 'a'",
    ],
  ])('%j %j', ([partitionBy, partitions, code, message]) => {
    const issues = issuesOf(partitioned(partitionBy, partitions))
    expect(issues).toMatchObject([{ code, entity: 'Event', message: expect.stringMatching(message) }])
    expect(issues[0]?.hint).toMatch(/\S.*[.?]$/)
  })

  test('keys and unique indexes hold what the table is partitioned by', () => {
    @Entity({ table: 'events', partitionBy: { range: ['at'] } })
    @Unique(['name'])
    @Unique(['at', 'name'])
    @Index(['name'], { unique: true, name: 'by_name' })
    @Index(['name'])
    class Event {
      @PrimaryKey(integer()) id!: number
      @Column(date()) at!: Date
      @Column(text()) name!: string
    }
    @Entity({ table: 'other', partitionBy: { hash: [sql`id % 5`] } })
    class Other {
      @PrimaryKey(integer()) id!: number
    }
    expect(issuesOf({ entities: [Event, Other] }).map(({ message }) => message)).toEqual([
      "The primary key lacks 'at', by which the table is partitioned.",
      "The unique constraint 'events_name_key' lacks 'at', by which the table is partitioned.",
      "The unique index 'by_name' lacks 'at', by which the table is partitioned.",
      'The primary key cannot be on a table that is partitioned by an expression.',
    ])
  })
})

@Entity('people')
@Check('named', sql`name <> ''`)
class Person {
  @PrimaryKey(serial()) id!: number
  @Column(text(), { comment: 'c' }) name!: string
}

@Entity({ table: 'students', inherits: () => Person })
@Check('local', sql`school <> ''`)
class Student extends Person {
  @Column(text()) school!: string
}

describe('parents', () => {
  test('their columns and checks are not declared again, those of the class are its own', () => {
    const tables = modelOf({ entities: [Student] }).tables
    expect(tables.map(({ name }) => name).sort()).toEqual(['people', 'students'])
    const student = tables.find(({ name }) => name === 'students')
    expect(plain(student)).toMatchObject({
      parents: [{ schemaName: 'public', table: 'people', columns: ['id', 'name'] }],
      primaryKey: { columns: ['id'] },
      checks: [{ name: 'local' }],
      columns: [
        { name: 'id', default: { expression: `nextval('"public"."people_id_seq"'::regclass)` } },
        { name: 'name' },
        { name: 'school' },
      ],
    })
    expect(student?.columns[1]).not.toHaveProperty('comment')
    expect(student?.columns.map(({ local }) => local)).toEqual([undefined, undefined, undefined])
    expect(modelOf({ entities: [Student] }).sequences).toHaveLength(1)
  })

  test('a class of its own takes properties of its parents for keys and indexes, and overrides columns', () => {
    class Guest {
      name!: string
      id!: number
    }
    const { tables } = modelOf({
      setup: (model) =>
        model.entity(Guest, (e) => {
          e.toTable('guests').hasTableOptions({ inherits: () => Person })
          e.property((guest) => guest.name)
            .hasType(text())
            .hasDefaultValue('?')
          e.hasKey((guest) => [guest.id])
          e.hasIndex((guest) => [guest.name])
        }),
    })
    expect(plain(tables.find(({ name }) => name === 'guests'))).toMatchObject({
      columns: [{ name: 'id' }, { name: 'name', local: true, default: { literal: '?' } }],
      primaryKey: { columns: ['id'] },
      indexes: [{ keys: [{ column: 'name' }] }],
    })
  })

  test.for<readonly [string, EntityOptions]>([
    ['which is none', { inherits: class Nothing {} }],
    ['something that is no class', { inherits: (() => undefined) as never }],
    ['twice', { inherits: [Person, () => Person] }],
    ['A partitioned table cannot inherit', { inherits: Person, partitionBy: { hash: ['id'] } }],
  ])('%s', ([message, options]) => {
    @Entity({ table: 'heirs', keyless: true, ...options })
    class Heir {
      @Column(integer()) id!: number
    }
    expect(issuesOf({ entities: [Heir] }).map((issue) => issue.message)).toEqual(
      expect.arrayContaining([expect.stringContaining(message)]),
    )
  })

  test('circles, and columns of two types', () => {
    @Entity({ table: 'a', keyless: true, inherits: () => B })
    class A {
      @Column(integer()) x!: number
    }
    @Entity({ table: 'b', keyless: true, inherits: () => A })
    class B {
      @Column(text()) x!: string
    }
    expect(issuesOf({ entities: [A] }).map(({ message }) => message)).toEqual([
      "The entity inherits from 'A', which inherits from it.",
      "The column 'x' is text in 'B', and integer in 'A': PostgreSQL merges them.",
    ])
  })
})
