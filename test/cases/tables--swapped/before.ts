import { Column, DbContext, type DbEntityTable, Entity, integer, PrimaryKey, text } from '../../../src/index.js'

@Entity('one')
class One {
  @PrimaryKey(integer()) id!: number
  @Column(text(), { name: 'x' }) x!: string
  @Column(text(), { name: 'y' }) y!: string
}

@Entity('two')
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
