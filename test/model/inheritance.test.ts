// Base classes, serial columns and enums: what several entities share.
import {
  bigserial,
  Check,
  Column,
  Entity,
  enumType,
  ForeignKey,
  Index,
  integer,
  PrimaryKey,
  serial,
  smallserial,
  sql,
  text,
  timestamptz,
  Unique,
  varchar,
} from 'lockstep-pg'
import { describe, expect, test } from 'vitest'
import { modelOf, plain } from './support/building.js'

abstract class Timed {
  @PrimaryKey(integer(), { identity: 'always' }) id!: number
  @Column(timestamptz(), { default: sql`now()` }) @Index() createdAt!: Date
}

@Check(sql`label <> ''`)
@Unique(['label'])
abstract class Labelled extends Timed {
  @Column(text()) label!: string
}

@Entity({ table: 'cities', schema: 'geo' })
class City extends Labelled {
  @Column(integer()) people!: number
}

@Entity('towns')
class Town extends Labelled {
  @Column(varchar(40)) override label: string = ''
  @PrimaryKey(integer()) part!: number
}

class Village extends City {
  @Column(integer()) sheep!: number
}

describe('what base classes say', () => {
  const tables = modelOf({ entities: [City, Town, Village] }).tables

  test('columns, keys, indexes and checks are inherited, the base first', () => {
    expect(plain(tables[0])).toMatchObject({
      schemaName: 'geo',
      name: 'cities',
      columns: [{ name: 'id' }, { name: 'created_at' }, { name: 'label' }, { name: 'people' }],
      primaryKey: { name: 'cities_pkey', columns: ['id'] },
      indexes: [{ name: 'cities_created_at_idx' }],
      uniques: [{ name: 'cities_label_key' }],
      checks: [{ name: 'cities_label_check' }],
    })
  })

  test('a column that is declared again is replaced as a whole, in its place; keys add up', () => {
    expect(tables[1]?.columns.map((column) => [column.name, column.type.sql, column.nullable])).toEqual([
      ['id', 'integer', false],
      ['created_at', 'timestamptz', false],
      ['label', 'varchar(40)', false],
      ['part', 'integer', false],
    ])
    expect(tables[1]?.primaryKey?.columns).toEqual(['id', 'part'])
  })

  test('the table, schema and comment are not', () => {
    expect(tables[2]).toMatchObject({ schemaName: 'public', name: 'village', entity: 'Village' })
    expect(tables[2]?.columns.map((column) => column.name)).toEqual(['id', 'created_at', 'label', 'people', 'sheep'])
  })

  test('a foreign key of a base class leads from each table', () => {
    abstract class Owned {
      @PrimaryKey(integer()) id!: number
      @ForeignKey(() => City) @Column(integer()) city!: number
    }
    class House extends Owned {}
    class Car extends Owned {}
    const model = modelOf({ entities: [House, Car] })
    expect(model.tables.map((table) => [table.name, table.foreignKeys[0]?.name])).toEqual([
      ['house', 'house_city_fkey'],
      ['car', 'car_city_fkey'],
      ['cities', undefined],
    ])
  })
})

describe('serial columns', () => {
  test('a sequence of its own, named as PostgreSQL does; the default calls it', () => {
    class Three {
      @PrimaryKey(serial()) id!: number
      @Column(smallserial()) small!: number
      @Column(bigserial<bigint>(), { nullable: true, name: 'Big' }) big!: bigint | null
    }
    const model = modelOf({ entities: [Three] })
    expect(plain(model.sequences)).toEqual(
      (
        [
          ['integer', 'id'],
          ['smallint', 'small'],
          ['bigint', 'Big'],
        ] as const
      ).map(([dataType, column]) => ({
        schemaName: 'public',
        name: `three_${column}_seq`,
        dataType,
        ownedBy: { schemaName: 'public', table: 'three', column },
      })),
    )
    expect(model.tables[0]?.columns[2]).toMatchObject({
      type: { sql: 'bigint', serial: true },
      nullable: true,
      default: { expression: `nextval('"public"."three_Big_seq"'::regclass)` },
    })
  })

  test('a name that a table or another sequence has gives way', () => {
    @Entity('a')
    class A {
      @PrimaryKey(serial()) b_c!: number
    }
    @Entity('a_b')
    class AB {
      @PrimaryKey(serial()) c!: number
    }
    @Entity('a_b_c_seq1')
    class Seq {
      @PrimaryKey(integer()) id!: number
    }
    const model = modelOf({ entities: [A, AB, Seq] })
    expect(model.sequences.map((sequence) => sequence.name)).toEqual(['a_b_c_seq', 'a_b_c_seq2'])
  })

  test('none for a table that is not managed, nor for a column that is ignored', () => {
    @Entity({ table: 'theirs', managed: false })
    class Theirs {
      @PrimaryKey(serial()) id!: number
    }
    class Mine {
      @PrimaryKey(integer()) id!: number
      @Column(serial(), { ignore: true }) left!: number
    }
    expect(modelOf({ entities: [Theirs, Mine] }).sequences).toEqual([])
  })
})

describe('enums', () => {
  const labels = ['it\'s "fine"', 'a,b', '{}', 'Ünï', "\\'; drop table x; --"] as const
  const odd = enumType('Odd "one"', labels, { schema: 'kinds' })

  test('labels and names of any letters are kept; the type is quoted and knows its schema', () => {
    class One {
      @PrimaryKey(integer()) id!: number
      @Column(odd, { default: 'a,b' }) odd!: (typeof labels)[number]
      @Column(odd.array(), { default: ['{}'] }) odds!: (typeof labels)[number][]
    }
    const model = modelOf({ entities: [One] })
    expect(plain(model.enums)).toEqual([{ schemaName: 'kinds', name: 'Odd "one"', values: labels }])
    expect(model.tables[0]?.columns.map((column) => plain(column.type))).toEqual([
      { sql: 'integer' },
      { sql: '"Odd ""one"""', schemaName: 'kinds' },
      { sql: '"Odd ""one"""[]', schemaName: 'kinds' },
    ])
    expect(model.schemas.map((schema) => schema.name)).toEqual(['public', 'kinds'])
  })

  test('used by several columns, or said twice alike, it is one', () => {
    class One {
      @PrimaryKey(odd) a!: (typeof labels)[number]
      @Column(enumType('Odd "one"', labels, { schema: 'kinds' })) b!: (typeof labels)[number]
    }
    expect(modelOf({ entities: [One], setup: (model) => void model.enum(odd) }).enums).toHaveLength(1)
  })

  test('one name in two schemas is two', () => {
    const model = modelOf({
      setup: (m) => {
        m.enum('e', ['a'], { schema: 'x' })
        m.enum('e', ['b'], { schema: 'y' })
      },
    })
    expect(model.enums.map((one) => `${one.schemaName}.${one.name}`)).toEqual(['x.e', 'y.e'])
  })
})
