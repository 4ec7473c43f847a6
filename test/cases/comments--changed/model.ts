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
  text,
} from '../../../src/index.js'

@Entity({ table: 't', comment: "two's" })
@Index(['a'], { comment: 'other' })
@Check('c', sql`a <> 'x'`, { comment: 'check' })
class T {
  @PrimaryKey(integer(), { comment: null }) id!: number
  @Column(text()) a!: string
  @Column(text(), { comment: 'b' }) b!: string
}

export default class Db extends DbContext {
  get t(): DbEntityTable<T> {
    return this.table(T)
  }
}
