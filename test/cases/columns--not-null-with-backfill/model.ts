import { Column, DbContext, type DbEntityTable, Entity, integer, PrimaryKey, sql, text } from '../../../src/index.js'

@Entity('t')
class T {
  @PrimaryKey(integer()) id!: number
  @Column(text(), { backfill: sql`'none ' || id` }) a!: string
  @Column(text(), { backfill: sql`upper(a)` }) b!: string
  @Column(integer(), { default: 3 }) c!: number
}

export default class Db extends DbContext {
  get t(): DbEntityTable<T> {
    return this.table(T)
  }
}
