import {
  Column,
  DbContext,
  type DbEntityTable,
  Entity,
  enumType,
  Index,
  integer,
  PrimaryKey,
  text,
} from '../../../src/index.js'

const mood = enumType('mood', ['bad', 'ok'])

@Entity('t')
@PrimaryKey(['label'])
@Index(['size'])
class T {
  @Column(text()) label!: string
  @Column(integer(), { nullable: true }) size!: number | null
  @Column(mood, { nullable: true }) copy!: 'ok' | 'bad' | null
}

export default class Db extends DbContext {
  get t(): DbEntityTable<T> {
    return this.table(T)
  }
}
