import {
  Check,
  Column,
  DbContext,
  type DbEntityTable,
  Entity,
  enumType,
  ForeignKey,
  Index,
  integer,
  PrimaryKey,
  sql,
  text,
} from '../../../src/index.js'

const state = enumType('state', ['a'])

@Entity('b')
@Check(sql`upper(psi) || 'x' <> 'Ax'`)
@Index(['psi'])
class B {
  @PrimaryKey(integer()) id!: number
  @Column(text()) psi!: string
  @Column(integer()) one!: number
  @Column(integer()) two!: number
  @Column(state, { default: 'a' }) state!: 'a'
}

@Entity('c')
class C {
  @PrimaryKey(integer()) id!: number
  @ForeignKey(() => B) @Column(integer()) bId!: number
}

export default class Db extends DbContext {
  get b(): DbEntityTable<B> {
    return this.table(B)
  }
  get c(): DbEntityTable<C> {
    return this.table(C)
  }
}
