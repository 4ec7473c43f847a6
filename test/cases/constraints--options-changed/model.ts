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
  varchar,
} from '../../../src/index.js'

@Entity('rooms')
@Unique(['name'], { with: { fillfactor: 80 } })
@Unique(['area', 'id'], { name: 'used', include: ['name'] })
@Check('checked', sql`id > 0`, { notValid: false })
@Check('inherited', sql`id > 1`, { noInherit: true })
class Room {
  @PrimaryKey(integer()) id!: number
  @Column(text()) name!: string
  @Column(text()) area!: string
}

@Entity('bookings')
@Exclude([{ property: 'during', with: '-|-' }], { name: 'apart' })
@Exclude([{ expression: sql`lower(area)`, with: '=' }], { method: 'btree', name: 'again', comment: 'changed' })
@ForeignKey(() => Room, {
  properties: ['area', 'roomId'],
  references: ['area', 'id'],
  name: 'both',
  deferrable: 'initially deferred',
})
@Index([{ expression: sql`lower(area)`, statistics: 300 }], { name: 'measured', with: { fillfactor: 60 } })
class Booking {
  @PrimaryKey(integer()) id!: number
  @ForeignKey(() => Room, { notValid: false, deferrable: true, name: 'later' }) @Column(integer()) roomId!: number
  @Column(varchar(100)) area!: string
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
