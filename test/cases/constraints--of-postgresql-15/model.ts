import {
  Column,
  DbContext,
  type DbEntityTable,
  Entity,
  ForeignKey,
  Index,
  integer,
  PrimaryKey,
  Unique,
} from '../../../src/index.js'

@Entity('a')
@PrimaryKey(['x', 'y'])
@Unique(['y'], { nullsNotDistinct: true })
@Index(['z', 'y'], { unique: true, nullsNotDistinct: true })
class A {
  @Column(integer()) x!: number
  @Column(integer()) y!: number
  @Column(integer(), { nullable: true }) z!: number | null
}

@Entity('b')
@ForeignKey(() => A, { properties: ['x', 'y'], onDelete: { setNull: ['y'] } })
@ForeignKey(() => A, { properties: ['y', 'id'], onDelete: { setDefault: ['y'] } })
class B {
  @PrimaryKey(integer()) id!: number
  @Column(integer(), { nullable: true }) x!: number | null
  @Column(integer(), { nullable: true }) y!: number | null
}

export default class Db extends DbContext {
  get a(): DbEntityTable<A> {
    return this.table(A)
  }
  get b(): DbEntityTable<B> {
    return this.table(B)
  }
}

export const since = 150000
