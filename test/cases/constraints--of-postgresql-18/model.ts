import {
  Check,
  Column,
  DbContext,
  type DbEntityTable,
  Entity,
  ForeignKey,
  int4range,
  integer,
  PrimaryKey,
  sql,
  Unique,
} from '../../../src/index.js'

@Entity('rooms')
@PrimaryKey(['area', 'open'], { withoutOverlaps: true })
@Unique(['open', 'area'], { withoutOverlaps: true })
@Check('hint', sql`not isempty(area)`, { notEnforced: true })
class Room {
  @Column(int4range()) area!: string
  @Column(int4range()) open!: string
}

@Entity('bookings')
@ForeignKey(() => Room, { properties: ['area', 'during'], period: true })
@ForeignKey(() => Hint, { properties: ['hintId'], notEnforced: true })
@ForeignKey(() => Hint, { properties: ['kept'], notEnforced: false })
class Booking {
  @PrimaryKey(integer()) id!: number
  @Column(int4range()) area!: string
  @Column(int4range()) during!: string
  @Column(integer()) hintId!: number
  @Column(integer()) kept!: number
}

@Entity('hints')
class Hint {
  @PrimaryKey(integer()) id!: number
}

export default class Db extends DbContext {
  get rooms(): DbEntityTable<Room> {
    return this.table(Room)
  }
  get bookings(): DbEntityTable<Booking> {
    return this.table(Booking)
  }
}

export const since = 180000
