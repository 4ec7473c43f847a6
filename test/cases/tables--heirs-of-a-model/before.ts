import {
  Check,
  Column,
  DbContext,
  type DbModelConfig,
  Entity,
  integer,
  PrimaryKey,
  serial,
  sql,
  text,
} from '../../../src/index.js'

@Entity('people')
@Check('named', sql`name <> ''`)
class Person {
  @PrimaryKey(serial()) id!: number
  @Column(text(), { default: '?' }) name!: string
  @Column(integer(), { nullable: true, options: null }) age!: number | null
}

@Entity({ table: 'audited', keyless: true })
class Audited {
  @Column(text(), { nullable: true }) editor!: string | null
  @Column(text(), { comment: 'Of the one who wrote it' }) name!: string
}

/** Its class has everything from its parent's too. */
@Entity({ table: 'students', inherits: () => Person })
class Student extends Person {
  @Column(text()) school!: string
}

/** Its class has nothing of its parents. */
@Entity({ table: 'teachers', inherits: [() => Person, () => Audited], keyless: true })
class Teacher {
  @Column(text(), { default: 'Dr.' }) name!: string
  @Column(integer()) room!: number
}

@Entity({ table: 'guests', keyless: true })
class Guest {
  @Column(integer()) id!: number
  @Column(text()) name!: string
}

export default class Db extends DbContext {
  protected override setupModel(model: DbModelConfig): void {
    model.entity(Student)
    model.entity(Teacher)
    model.entity(Guest)
  }
}
