import {
  bigint,
  Check,
  Column,
  DbContext,
  type DbEntityTable,
  Entity,
  enumType,
  ForeignKey,
  integer,
  PrimaryKey,
  sql,
  text,
  Unique,
} from '../../../src/index.js'

const state = enumType('state', ['a', 'b'])

@Entity({ table: 'eps', renamedFrom: 'b' })
@Check(sql`left(psi, 1) ~ '[a-z]'`)
@Unique(['psi'])
class B {
  @PrimaryKey(bigint()) id!: string
  @Column(text()) psi!: string
  @Column(integer(), { name: 'one', renamedFrom: 'two' }) two!: number
  @Column(integer(), { name: 'two', renamedFrom: 'one' }) one!: number
  @Column(state, { default: 'b' }) state!: 'a' | 'b'
}

@Entity('c')
class C {
  @PrimaryKey(integer()) id!: number
  @ForeignKey(() => B) @Column(bigint()) bId!: string
}

export default class Db extends DbContext {
  get b(): DbEntityTable<B> {
    return this.table(B)
  }
  get c(): DbEntityTable<C> {
    return this.table(C)
  }
}
