import { Column, DbContext, type DbEntityTable, Entity, integer, PrimaryKey, sql, text } from '../../../src/index.js'

@Entity('t')
class T {
  @PrimaryKey(integer()) id!: number
  @Column(text(), { default: sql`next_code()` }) a!: string
  @Column(text(), { default: sql`app.next_code() || 'x'` }) b!: string
  @Column(text(), { default: sql`current_setting('x', true)` }) c!: string
}

export default class Db extends DbContext {
  get t(): DbEntityTable<T> {
    return this.table(T)
  }
}

export const strangers = true
