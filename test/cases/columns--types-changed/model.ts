import {
  bigint,
  Column,
  DbContext,
  type DbEntityTable,
  Entity,
  integer,
  numeric,
  PrimaryKey,
  sql,
  text,
  timestamptz,
  varchar,
} from '../../../src/index.js'

@Entity('t')
class T {
  @PrimaryKey(integer()) id!: number
  @Column(bigint(), { default: '6' }) a!: string
  @Column(integer(), { default: 2, using: sql`b::integer` }) b!: number
  @Column(text()) c!: string
  @Column(numeric(12, 4), { backfill: sql`0` }) d!: string
  @Column(timestamptz(), { nullable: true }) e!: Date | null
  @Column(timestamptz(3), { nullable: true }) f!: Date | null
  @Column(varchar(30), { default: '7' }) g!: string
}

export default class Db extends DbContext {
  get t(): DbEntityTable<T> {
    return this.table(T)
  }
}
