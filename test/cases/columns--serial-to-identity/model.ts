import { Column, DbContext, type DbEntityTable, Entity, integer, PrimaryKey, text } from '../../../src/index.js'

@Entity('people')
class Person {
  @PrimaryKey(integer(), { identity: 'byDefault' }) id!: number
  @Column(text()) name!: string
}

export default class Db extends DbContext {
  get people(): DbEntityTable<Person> {
    return this.table(Person)
  }
}
