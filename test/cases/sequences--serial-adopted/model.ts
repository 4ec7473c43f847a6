import {
  bigserial,
  Column,
  DbContext,
  type DbEntityTable,
  Entity,
  PrimaryKey,
  serial,
  smallserial,
  text,
} from '../../../src/index.js'

@Entity('people')
class Person {
  @PrimaryKey(serial()) id!: number
  @Column(text()) name!: string
  @Column(bigserial()) big!: string
  @Column(smallserial()) small!: number
}

export default class Db extends DbContext {
  get people(): DbEntityTable<Person> {
    return this.table(Person)
  }
}
