import {
  bigint,
  Column,
  DbContext,
  type DbEntityTable,
  date,
  Entity,
  integer,
  numeric,
  PrimaryKey,
  smallint,
  text,
  timestamptz,
  varchar,
} from '../../../src/index.js'

@Entity('t')
class T {
  @PrimaryKey(smallint()) id!: number
  @Column(integer(), { default: 5 }) a!: number
  @Column(text(), { default: '1' }) b!: string
  @Column(varchar(10)) c!: string
  @Column(numeric(10, 2), { nullable: true }) d!: string | null
  @Column(date(), { nullable: true }) e!: Date | null
  @Column(timestamptz(), { nullable: true }) f!: Date | null
  @Column(bigint(), { default: '7' }) g!: string
}

export default class Db extends DbContext {
  get t(): DbEntityTable<T> {
    return this.table(T)
  }
}
