import { Column, DbContext, type DbEntityTable, date, Entity, integer, PrimaryKey } from '../../../src/index.js'

@Entity({ table: 'measured', partitionBy: { range: ['at'] }, partitions: 'external' })
class Measured {
  @PrimaryKey(integer()) id!: number
  @PrimaryKey(date()) at!: Date
  @Column(integer(), { default: 0 }) value!: number
}

export default class Db extends DbContext {
  get measured(): DbEntityTable<Measured> {
    return this.table(Measured)
  }
}

export const strangers = true
