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
  timestamptz,
  varchar,
} from '../../../src/index.js'

@Entity('people')
@Check('named', sql`name <> ''`)
@Check('of_age', sql`age >= 0`)
class Person {
  @PrimaryKey(serial()) id!: number
  @Column(varchar(200), { default: '?' }) name!: string
  @Column(integer(), { nullable: true, options: { nDistinct: 120, nDistinctInherited: -0.1 } }) age!: number | null
  @Column(timestamptz(), { default: sql`now()` }) since!: Date
}

@Entity({ table: 'audited', keyless: true })
class Audited {
  @Column(text(), { nullable: true }) editor!: string | null
  @Column(varchar(200), { comment: 'Of the one who wrote it' }) name!: string
}

@Entity({ table: 'students', inherits: () => Person })
class Student extends Person {
  @Column(text()) school!: string
}

@Entity({ table: 'teachers', inherits: [() => Person], keyless: true })
class Teacher {
  @Column(varchar(200), { default: 'Prof.' }) name!: string
  @Column(text(), { nullable: true }) editor!: string | null
  @Column(integer()) room!: number
}

/** It becomes an heir. */
@Entity({ table: 'guests', inherits: () => Audited, keyless: true })
class Guest {
  @Column(integer()) id!: number
  @Column(varchar(200)) name!: string
}

@Entity({ table: 'tagged', keyless: true })
class Tagged {
  @Column(text().array(), { default: [], storage: 'external' }) tags!: string[]
}

/** An heir of an heir, and of a second parent. */
@Entity({ table: 'tutors', keyless: true })
class Tutor {
  @Column(integer(), { default: 18 }) age!: number
}

export default class Db extends DbContext {
  protected override setupModel(model: DbModelConfig): void {
    model.entity(Student)
    model.entity(Teacher)
    model.entity(Guest)
    model.entity(Tutor, (e) => {
      e.hasTableOptions({ inherits: [() => Student, () => Tagged] })
      e.hasIndex((tutor) => [tutor.age])
    })
  }
}
