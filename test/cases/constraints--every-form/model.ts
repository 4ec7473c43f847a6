import {
  Check,
  Column,
  DbContext,
  type DbEntityTable,
  Entity,
  Exclude,
  ForeignKey,
  Index,
  int4range,
  integer,
  PrimaryKey,
  sql,
  text,
  Unique,
} from '../../../src/index.js'

@Entity('rooms')
@Unique(['name'], { include: ['id'], with: { fillfactor: 70 } })
@Unique(['name', 'area'], { deferrable: 'initially deferred' })
@Unique(['area', 'id'])
@Check('area_is_known', sql`lower(area) in ('a', 'b')`, { noInherit: true })
class Room {
  @PrimaryKey(integer()) id!: number
  @Column(text()) name!: string
  @Column(text()) area!: string
}

@Entity('bookings')
@Exclude([{ property: 'during', with: '&&' }])
@Exclude(
  [
    { expression: sql`int4range(room_id, room_id, '[]')`, with: '=' },
    { property: 'during', with: '&&' },
  ],
  {
    where: sql`room_id <> 0`,
    deferrable: true,
    comment: 'One at a time',
  },
)
@Exclude([{ property: 'area', with: '=', collation: 'C', opclass: 'text_pattern_ops', order: 'desc' }], {
  method: 'btree',
  include: ['roomId'],
  with: { fillfactor: 80 },
  name: 'area once',
})
@ForeignKey(() => Room, {
  properties: ['area', 'roomId'],
  references: ['area', 'id'],
  match: 'full',
  deferrable: 'initially deferred',
})
@Check('during_is_given', sql`not isempty(during)`, { notValid: true, comment: 'Old rows are as they are' })
@Index([{ expression: sql`lower(area)`, statistics: 500 }], { with: { fillfactor: 50, deduplicate_items: false } })
@Index(
  [{ expression: sql`to_tsvector('simple', area)`, opclass: 'tsvector_ops', opclassParameters: { siglen: 100 } }],
  {
    method: 'gist',
  },
)
class Booking {
  @PrimaryKey(integer()) id!: number
  @ForeignKey(() => Room, { deferrable: true, notValid: true }) @Column(integer()) roomId!: number
  @Column(text()) area!: string
  @Column(int4range()) during!: string
}

export default class Db extends DbContext {
  get rooms(): DbEntityTable<Room> {
    return this.table(Room)
  }
  get bookings(): DbEntityTable<Booking> {
    return this.table(Booking)
  }
}
