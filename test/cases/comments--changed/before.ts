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

@Entity({ table: 't', comment: 'one' })
@Index(['a'], { comment: 'index' })
@Check('c', sql`a <> ''`, { comment: 'check' })
class T {
  @PrimaryKey(integer(), { comment: 'id' }) id!: number
  @Column(text(), { comment: 'a' }) a!: string
  @Column(text()) b!: string
}

export default class Db extends DbContext {
  get t(): DbEntityTable<T> {
    return this.table(T)
  }
}
