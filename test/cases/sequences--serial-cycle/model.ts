import { Column, DbContext, type DbEntityTable, Entity, integer, PrimaryKey, serial, text } from '../../../src/index.js'

@Entity('people')
class Person {
  @PrimaryKey(integer(), { identity: 'always' }) id!: number
  @Column(text()) name!: string
  @Column(serial()) place!: number
}

@Entity('pets')
class Pet {
  @PrimaryKey(serial()) id!: number
}

export default class Db extends DbContext {
  get people(): DbEntityTable<Person> {
    return this.table(Person)
  }
  get pets(): DbEntityTable<Pet> {
    return this.table(Pet)
  }
}
