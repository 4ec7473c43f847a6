import {
  Check,
  Column,
  DbContext,
  type DbEntityTable,
  Entity,
  Index,
  integer,
  PrimaryKey,
  sql,
  Unique,
} from '../../../src/index.js'

@Entity('t')
@Unique(['a', 'b'])
@Index(['a', 'b'])
@Index(['b', 'c'])
@Check('a_below_b', sql`a < b`)
class T {
  @PrimaryKey(integer()) id!: number
  @Column(integer()) a!: number
  @Column(integer()) b!: number
  @Column(integer()) c!: number
}

export default class Db extends DbContext {
  get t(): DbEntityTable<T> {
    return this.table(T)
  }
}
