import {
  bigint,
  Column,
  compositeType,
  DbContext,
  type DbEntityTable,
  Entity,
  integer,
  PrimaryKey,
  text,
  varchar,
} from '../../../src/index.js'

const address = compositeType('address', { street: text(), zip: varchar(10), country: text() })
const place = compositeType('place', { at: address, name: text(), others: address.array() })
const pair = compositeType('pair', { first: { type: integer(), renamedFrom: 'a' }, b: integer(), c: bigint() })

@Entity('people')
class Person {
  @PrimaryKey(integer(), { identity: 'always' }) id!: number
  @Column(address, { nullable: true }) home!: string | null
  @Column(place.array()) places!: string[]
  @Column(pair) pair!: string
  @Column(pair.array()) pairs!: string[]
}

export default class Db extends DbContext {
  get people(): DbEntityTable<Person> {
    return this.table(Person)
  }
}
