import {
  Column,
  DbContext,
  type DbEntityTable,
  Entity,
  enumType,
  Index,
  integer,
  PrimaryKey,
  sql,
  text,
} from '../../../src/index.js'

const mood = enumType('mood', ['ok', 'bad', 'odd'])

@Entity('t')
@PrimaryKey(['label'])
@Index(['size'])
class T {
  @Column(text()) name!: string
  @Column(mood, { default: 'ok' }) mood!: 'ok' | 'bad' | 'odd'
  @Column(text(), { generated: sql`upper(name)` }) label!: string
  @Column(integer(), { nullable: true, generated: sql`length(name)` }) size!: number | null
  @Column(mood, { nullable: true, generated: sql`coalesce(mood, 'ok')` }) copy!: 'ok' | 'bad' | 'odd' | null
}

export default class Db extends DbContext {
  get t(): DbEntityTable<T> {
    return this.table(T)
  }
}
