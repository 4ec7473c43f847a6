import {
  bigint,
  Check,
  Column,
  DbContext,
  type DbEntityTable,
  Entity,
  ForeignKey,
  integer,
  PrimaryKey,
  sql,
  Unique,
} from '../../../src/index.js'

@Entity('a')
class A {
  @PrimaryKey(integer()) id!: number
  @Unique() @Column(bigint(), { nullable: true }) n!: string | null
}

@Entity('b')
@Check('b_id_check', sql`id > 0`)
class B {
  @PrimaryKey(integer()) id!: number
  @ForeignKey(() => A, { references: 'n', onDelete: 'set null' }) @Column(bigint()) aId!: string
}

@Entity('c')
class C {
  @PrimaryKey(integer()) id!: number
}

export default class Db extends DbContext {
  get a(): DbEntityTable<A> {
    return this.table(A)
  }
  get b(): DbEntityTable<B> {
    return this.table(B)
  }
  get c(): DbEntityTable<C> {
    return this.table(C)
  }
}

export const strangers = true
