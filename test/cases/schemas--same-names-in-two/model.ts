import {
  Check,
  Column,
  DbContext,
  type DbEntityTable,
  Entity,
  enumType,
  ForeignKey,
  Index,
  integer,
  PrimaryKey,
  serial,
  sql,
  text,
} from '../../../src/index.js'

const mood = enumType('mood', ['ok'])
const otherMood = enumType('mood', ['good', 'bad'], { schema: 'other' })

@Entity('t')
@Index(['name'])
class T {
  @PrimaryKey(serial()) id!: number
  @Column(text()) name!: string
  @Column(mood, { default: 'ok' }) mood!: 'ok'
}

@Entity({ table: 't', schema: 'other' })
@Index(['name'])
@Check('named', sql`name <> 'x' and mood = 'good'`)
class Other {
  @PrimaryKey(serial()) id!: number
  @Column(text()) name!: string
  @Column(otherMood, { default: 'good' }) mood!: 'good' | 'bad'
  @ForeignKey(() => T) @Column(integer(), { nullable: true }) tId!: number | null
}

export default class Db extends DbContext {
  get t(): DbEntityTable<T> {
    return this.table(T)
  }
  get others(): DbEntityTable<Other> {
    return this.table(Other)
  }
}
