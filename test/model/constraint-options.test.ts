// What keys, constraints, indexes and foreign keys may be told: said with decorators and fluently it is the same, and every conflict is named.
import {
  Check,
  Column,
  type DbModelConfig,
  Entity,
  type EntityBuilder,
  Exclude,
  ForeignKey,
  Index,
  int4range,
  integer,
  PrimaryKey,
  sql,
  text,
  Unique,
} from 'lockstep-pg'
import { describe, expect, test } from 'vitest'
import { issuesOf, modelOf } from './support/building.js'

@Entity('rooms')
@PrimaryKey(['id', 'open'], { withoutOverlaps: true, tablespace: 'fast', with: { Fillfactor: 70 } })
@Unique(['name'], { nullsNotDistinct: true, include: ['id'], deferrable: 'initially deferred' })
@Unique(['id', 'name'], { deferrable: false })
@Check('named', sql`id > 0`, { notValid: true, noInherit: true })
@Check('unchecked', sql`id > 1`, { notEnforced: true, notValid: true })
@Exclude(
  [
    { property: 'open', with: 'ext.&&', opclass: 'ext.range_ops', opclassParameters: { siglen: 32 } },
    { expression: sql`lower(name)`, with: '=', collation: 'C' },
  ],
  { where: sql`id > 0`, include: ['id'], deferrable: true, method: 'GiST', with: { buffering: false } },
)
@Index(['name', { expression: sql`lower(name)`, statistics: 500 }], {
  unique: true,
  nullsNotDistinct: false,
  tablespace: 'fast',
  with: { fillfactor: 50 },
})
class Room {
  @Column(integer()) id!: number
  @Column(text()) name!: string
  @Column(int4range()) open!: string
}

@Entity('bookings')
@ForeignKey(() => Room, {
  properties: ['roomId', 'during'],
  period: true,
  match: 'full',
  deferrable: 'initially immediate',
  onDelete: { setNull: ['roomId'] },
  notValid: true,
})
@ForeignKey(() => Room, {
  properties: ['other', 'during'],
  onDelete: { setDefault: ['other', 'during'] },
  match: 'simple',
  notEnforced: true,
  notValid: true,
})
class Booking {
  @PrimaryKey(integer()) id!: number
  @Column(integer()) roomId!: number
  @Column(integer()) other!: number
  @Column(int4range()) during!: string
}

const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as { tables: Record<string, unknown>[] }
const { tables } = plain(modelOf({ entities: [Room, Booking] }))

class PlainRoom {
  id!: number
  name!: string
  open!: string
}
class PlainBooking {
  id!: number
  roomId!: number
  other!: number
  during!: string
}

function fluently(model: DbModelConfig): void {
  model.entity(PlainRoom, (e) => {
    e.toTable('rooms')
    e.property((r) => r.id).hasType(integer())
    e.property((r) => r.name).hasType(text())
    e.property((r) => r.open).hasType(int4range())
    e.hasKey((r) => [r.id, r.open])
      .withoutOverlaps()
      .hasTablespace('fast')
      .hasStorage({ Fillfactor: 70 })
    e.isUnique((r) => r.name)
      .nullsNotDistinct()
      .include((r) => r.id)
      .isDeferrable('initially deferred')
    e.isUnique((r) => [r.id, r.name]).isDeferrable(false)
    e.hasCheckConstraint('named', sql`id > 0`).isNotValid().hasNoInherit()
    e.hasCheckConstraint('unchecked', sql`id > 1`).isNotEnforced()
    e.hasExclusion(
      { property: 'open', with: 'ext.&&', opclass: 'ext.range_ops', opclassParameters: { siglen: 32 } },
      { expression: sql`lower(name)`, with: '=', collation: 'C' },
    )
      .where(sql`id > 0`)
      .include((r) => r.id)
      .isDeferrable()
      .hasMethod('gist')
      .hasStorage({ buffering: false })
    e.hasIndex((r) => [r.name, sql`lower(name)`])
      .isUnique()
      .nullsNotDistinct(false)
      .hasStatistics(500, 1)
      .hasTablespace('fast')
      .hasStorage({ fillfactor: 50 })
  })
  model.entity(PlainBooking, (e) => {
    e.toTable('bookings')
    e.property((b) => b.id).hasType(integer())
    e.property((b) => b.roomId).hasType(integer())
    e.property((b) => b.other).hasType(integer())
    e.property((b) => b.during).hasType(int4range())
    e.hasKey((b) => b.id)
    e.hasOne(PlainRoom)
      .withForeignKey((b) => [b.roomId, b.during])
      .hasPeriod()
      .hasMatch('full')
      .isDeferrable('initially immediate')
      .onDeleteSetNull((b) => b.roomId)
      .isNotValid()
    e.hasOne(PlainRoom)
      .withForeignKey((b) => [b.other, b.during])
      .onDeleteSetDefault((b) => [b.other, b.during])
      .hasMatch('simple')
      .isNotEnforced()
  })
}

describe('one model, said twice', () => {
  test('decorators', () => {
    expect(tables[0]).toMatchObject({
      primaryKey: {
        name: 'rooms_pkey',
        columns: ['id', 'open'],
        withoutOverlaps: true,
        tablespace: 'fast',
        storage: { fillfactor: '70' },
      },
      uniques: [
        {
          name: 'rooms_name_id_key',
          columns: ['name'],
          include: ['id'],
          nullsNotDistinct: true,
          deferrable: true,
          initiallyDeferred: true,
        },
        { name: 'rooms_id_name_key', deferrable: false, initiallyDeferred: false },
      ],
      checks: [
        { name: 'named', notValid: true, noInherit: true },
        { name: 'unchecked', notEnforced: true },
      ],
      excludes: [
        {
          name: 'rooms_open_lower_id_excl',
          method: 'gist',
          keys: [
            {
              column: 'open',
              operator: '&&',
              operatorSchema: 'ext',
              opclass: 'ext.range_ops',
              opclassParameters: { siglen: '32' },
            },
            { expression: 'lower(name)', operator: '=', collation: 'C' },
          ],
          where: 'id > 0',
          include: ['id'],
          deferrable: true,
          initiallyDeferred: false,
          storage: { buffering: 'false' },
        },
      ],
      indexes: [
        {
          nullsNotDistinct: false,
          tablespace: 'fast',
          storage: { fillfactor: '50' },
          statistics: { 2: 500 },
        },
      ],
    })
    expect((tables[0]?.checks as object[] | undefined)?.[1]).not.toHaveProperty('notValid')
    expect(tables[1]?.foreignKeys).toMatchObject([
      {
        onDelete: 'set null',
        setColumns: ['room_id'],
        period: true,
        matchFull: true,
        deferrable: true,
        initiallyDeferred: false,
        notValid: true,
      },
      { onDelete: 'set default', setColumns: ['other', 'during'], matchFull: false, notEnforced: true },
    ])
  })

  test('fluently', () => {
    const said = plain(modelOf({ setup: fluently })).tables
    expect(said.map((table) => ({ ...table, entity: String(table.entity).replace('Plain', '') }))).toEqual(tables)
  })
})

describe('what cannot be meant', () => {
  class Thing {
    id!: number
    name!: string
  }
  const issue = (say: (e: EntityBuilder<Thing>) => void) =>
    issuesOf({
      setup: (model) =>
        void model.entity(Thing, (e) => {
          e.property((t) => t.id).hasType(integer())
          e.property((t) => t.name).hasType(text())
          e.hasKey((t) => t.id)
          say(e)
        }),
    }).map(({ code, message }) => `${code}: ${message}`)

  test.for<readonly [string, (e: EntityBuilder<Thing>) => void, RegExp]>([
    [
      'NULLs that are equal in an index that is not unique',
      (e) => void e.hasIndex((t) => t.name).nullsNotDistinct(),
      /^OPTIONS_CONFLICT: .*unique index/,
    ],
    [
      'ranges of nothing',
      (e) => void e.isUnique((t) => t.name).withoutOverlaps(),
      /^OPTIONS_CONFLICT: WITHOUT OVERLAPS/,
    ],
    [
      'an operator that is none',
      (e) => void e.hasExclusion({ property: 'name', with: 'or 1=1' }),
      /^OPTIONS_CONFLICT: 'or 1=1'/,
    ],
    ['nothing to exclude', (e) => void e.hasExclusion(), /^UNKNOWN_PROPERTY: An exclusion constraint/],
    [
      'parameters of no operator class',
      (e) => void e.hasExclusion({ property: 'name', with: '=', opclassParameters: { a: 1 } }),
      /^OPTIONS_CONFLICT: .*no operator class/,
    ],
    [
      'a statistics target of a column',
      (e) => void e.hasIndex((t) => t.name).hasStatistics(5),
      /^OPTIONS_CONFLICT: .*its column's/,
    ],
    [
      'a statistics target that is none',
      (e) => void e.hasIndex(() => sql`lower(name)`).hasStatistics(-1),
      /^OPTIONS_CONFLICT: The statistics target -1/,
    ],
    [
      'a column set that the foreign key lacks',
      (e) =>
        void e
          .hasOne(Thing)
          .withForeignKey((t) => t.id)
          .onDeleteSetNull((t) => t.name),
      /^FOREIGN_KEY_MISMATCH: .*'name'/,
    ],
    [
      'a period of nothing',
      (e) =>
        void e
          .hasOne(Thing)
          .withForeignKey((t) => t.id)
          .hasPeriod(),
      /^FOREIGN_KEY_MISMATCH: PERIOD/,
    ],
    [
      'a foreign key to a deferrable one',
      (e) => {
        e.isUnique((t) => t.name).isDeferrable()
        e.hasOne(Thing)
          .withForeignKey((t) => t.name)
          .withPrincipalKey((t) => t.name)
      },
      /^KEY_TARGET_MISSING/,
    ],
  ])('%s', ([, say, message]) => {
    const found = issue(say)
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(message)
  })
})
