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
@PrimaryKey(['id', 'b'])
@Unique(['b', 'a'], { name: 'kept_name' })
@Check('c', sql`a not in ('x', 'z')`)
class T {
  @Column(integer()) id!: number
  @Column(text()) a!: string
  @Column(text()) b!: string
}

export default class Db extends DbContext {
  get t(): DbEntityTable<T> {
    return this.table(T)
  }
}
