import { Column, DbContext, type DbEntityTable, Entity, integer, PrimaryKey, text } from '../../../src/index.js'

@Entity({ table: 'two', renamedFrom: 'one' })
class One {
  @PrimaryKey(integer()) id!: number
  @Column(text(), { name: 'y', renamedFrom: 'x' }) x!: string
  @Column(text(), { name: 'x', renamedFrom: 'y' }) y!: string
}

@Entity({ table: 'one', renamedFrom: 'two' })
class Two {
  @PrimaryKey(integer()) id!: number
}

export default class Db extends DbContext {
  get one(): DbEntityTable<One> {
    return this.table(One)
  }
  get two(): DbEntityTable<Two> {
    return this.table(Two)
  }
}
