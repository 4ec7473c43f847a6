import {
  Column,
  DbContext,
  type DbEntityTable,
  Entity,
  ForeignKey,
  integer,
  PrimaryKey,
  text,
  Unique,
} from '../../../src/index.js'

@Entity('a')
class A {
  @PrimaryKey(integer()) id!: number
  @ForeignKey(() => B, { onDelete: 'cascade' }) @Column(integer(), { nullable: true }) bId!: number | null
  @ForeignKey(() => A) @Column(integer(), { nullable: true }) parentId!: number | null
}

@Entity('b')
@Unique(['x', 'y'])
class B {
  @PrimaryKey(integer()) id!: number
  @Column(integer()) aId!: number
  @Column(integer()) x!: number
  @Column(text()) y!: string
}

@Entity('c')
@ForeignKey(() => B, {
  properties: ['bx', 'by'],
  references: ['x', 'y'],
  onDelete: 'set default',
  name: 'c_to_b',
  renamedFrom: 'c to b',
})
class C {
  @PrimaryKey(integer()) id!: number
  @Column(integer(), { default: 0 }) bx!: number
  @Column(text(), { default: '' }) by!: string
}

export default class Db extends DbContext {
  get a(): DbEntityTable<A> {
    return this.table(A)
  }
  get c(): DbEntityTable<C> {
    return this.table(C)
  }
}
