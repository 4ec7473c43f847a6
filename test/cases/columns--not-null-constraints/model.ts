import {
  Column,
  DbContext,
  type DbEntityTable,
  type DbModelConfig,
  Entity,
  integer,
  PrimaryKey,
  text,
} from '../../../src/index.js'

@Entity('people')
class Person {
  @PrimaryKey(integer()) id!: number
  @Column(text(), { notNullConstraint: null }) email!: string
  @Column(text(), { notNullConstraint: { name: 'phone "given"', noInherit: true } }) phone!: string
  @Column(text(), { notNullConstraint: { name: 'city_given' } }) city!: string
  @Column(text(), { notNullConstraint: {} }) street!: string
  @Column(text(), { renamedFrom: 'country' }) land!: string
  @Column(text(), { notNullConstraint: { name: 'note_later', notValid: true } }) note!: string
  @Column(text(), { notNullConstraint: { notValid: true } }) nick!: string
}

@Entity('guests')
class Guest {
  @PrimaryKey(integer(), { notNullConstraint: { name: 'guest_id' } }) id!: number
  @Column(text()) name!: string
  @Column(text()) late!: string
}

export default class Db extends DbContext {
  get people(): DbEntityTable<Person> {
    return this.table(Person)
  }
  get guests(): DbEntityTable<Guest> {
    return this.table(Guest)
  }
  protected override setupModel(model: DbModelConfig): void {
    model.entity(Guest, (e) => {
      e.property((g) => g.name).isRequired({ name: 'name_given', noInherit: true })
      e.property((g) => g.late).isRequired({ name: 'late_given', notValid: true })
    })
  }
}

export const since = 180000
