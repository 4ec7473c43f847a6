import { Column, DbContext, type DbEntityTable, Entity, Index, integer, PrimaryKey } from '../../../src/index.js'

@Entity('t')
@Index(['b', 'c'])
class T {
  @PrimaryKey(integer()) id!: number
  @Column(integer()) b!: number
  @Column(integer()) c!: number
}

export default class Db extends DbContext {
  get t(): DbEntityTable<T> {
    return this.table(T)
  }
}
