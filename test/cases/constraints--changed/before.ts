import {
  Check,
  Column,
  DbContext,
  type DbEntityTable,
  Entity,
  integer,
  PrimaryKey,
  sql,
  text,
  Unique,
} from '../../../src/index.js'

@Entity('t')
@Unique(['a'])
@Unique(['a', 'b'], { name: 'kept_name' })
@Check('c', sql`a <> 'x'`)
@Check('gone', sql`a <> 'y'`)
class T {
  @PrimaryKey(integer()) id!: number
  @Column(text()) a!: string
  @Column(text()) b!: string
}

export default class Db extends DbContext {
  get t(): DbEntityTable<T> {
    return this.table(T)
  }
}
