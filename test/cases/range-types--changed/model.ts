import {
  Column,
  DbContext,
  type DbEntityTable,
  doublePrecision,
  Entity,
  Index,
  integer,
  PrimaryKey,
  rangeType,
} from '../../../src/index.js'

const floats = rangeType('floatrange', { subtype: doublePrecision() })
const span = rangeType('time_span', { subtype: doublePrecision(), renamedFrom: 'span', multirangeName: 'time_spans' })

@Entity('readings')
@Index(['within'], { method: 'gist' })
class Reading {
  @PrimaryKey(integer(), { identity: 'always' }) id!: number
  @Column(floats) within!: string
  @Column(floats.array()) list!: string[]
  @Column(floats.multirange()) several!: string
  @Column(span) span!: string
}

export default class Db extends DbContext {
  get readings(): DbEntityTable<Reading> {
    return this.table(Reading)
  }
}
