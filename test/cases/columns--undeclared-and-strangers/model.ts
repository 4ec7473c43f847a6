import { Column, DbContext, type DbEntityTable, Entity, integer, PrimaryKey, text } from '../../../src/index.js'

@Entity('t')
class T {
  @PrimaryKey(integer()) id!: number
  @Column(text(), { nullable: true }) a!: string | null
}

export default class Db extends DbContext {
  get t(): DbEntityTable<T> {
    return this.table(T)
  }
}

export const strangers = true
