import { Column, DbContext, type DbEntityTable, Entity, PrimaryKey, serial, text } from '../../../src/index.js'

@Entity('people')
class Person {
  @PrimaryKey(serial()) id!: number
  @Column(text()) name!: string
}

export default class Db extends DbContext {
  get people(): DbEntityTable<Person> {
    return this.table(Person)
  }
}
