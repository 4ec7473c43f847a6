import {
  Column,
  DbContext,
  type DbEntityTable,
  Entity,
  ForeignKey,
  integer,
  PrimaryKey,
  text,
} from '../../../src/index.js'

@Entity({ table: 'legacy', managed: false })
class Legacy {
  @PrimaryKey(integer()) id!: number
}

@Entity('t')
class T {
  @PrimaryKey(integer()) id!: number
  @ForeignKey(() => Legacy) @Column(integer(), { nullable: true }) legacyId!: number | null
  @Column(text(), { nullable: true, ignore: true }) secret!: string | null
  @Column(integer(), { nullable: true, default: 9, ignore: ['default'] }) d!: number | null
}

export default class Db extends DbContext {
  get t(): DbEntityTable<T> {
    return this.table(T)
  }
}

export const strangers = true
