import {
  bigint,
  bit,
  boolean,
  box,
  bytea,
  type Circle,
  Column,
  char,
  cidr,
  circle,
  DbContext,
  type DbEntityTable,
  date,
  datemultirange,
  daterange,
  doublePrecision,
  Entity,
  type Interval,
  inet,
  int4multirange,
  int4range,
  int8range,
  integer,
  interval,
  json,
  jsonb,
  jsonpath,
  line,
  lseg,
  macaddr,
  macaddr8,
  money,
  numeric,
  numrange,
  oid,
  type Point,
  PrimaryKey,
  path,
  pgLsn,
  point,
  polygon,
  real,
  smallint,
  sql,
  text,
  time,
  timestamp,
  timestamptz,
  timetz,
  tsquery,
  tsrange,
  tstzrange,
  tsvector,
  uuid,
  varbit,
  varchar,
  xml,
} from '../../../src/index.js'

@Entity('every_type')
class EveryType {
  @PrimaryKey(integer()) id!: number
  @Column(smallint(), { nullable: true, default: 1 }) c0!: number | null
  @Column(bigint(), { nullable: true, default: '5' }) c1!: string | null
  @Column(numeric(), { nullable: true }) c2!: string | null
  @Column(numeric(5), { nullable: true, default: '1' }) c3!: string | null
  @Column(numeric(10, 2), { nullable: true, default: '-1.50' }) c4!: string | null
  @Column(real(), { nullable: true, default: 1.5 }) c5!: number | null
  @Column(doublePrecision(), { nullable: true, default: -0.1 }) c6!: number | null
  @Column(money(), { nullable: true }) c7!: string | null
  @Column(text(), { nullable: true, default: 'a\\b' }) c8!: string | null
  @Column(varchar(), { nullable: true, default: '' }) c9!: string | null
  @Column(varchar(10), { nullable: true, default: 'x' }) c10!: string | null
  @Column(char(), { nullable: true, default: 'y' }) c11!: string | null
  @Column(char(3), { nullable: true, default: 'abc' }) c12!: string | null
  @Column(bytea(), { nullable: true, default: Buffer.from([1, 255]) }) c13!: Buffer | null
  @Column(boolean(), { nullable: true, default: true }) c14!: boolean | null
  @Column(uuid(), { nullable: true, default: sql`gen_random_uuid()` }) c15!: string | null
  @Column(json(), { nullable: true, default: [1, 'a'] }) c16!: unknown | null
  @Column(jsonb(), { nullable: true }) c17!: unknown | null
  @Column(jsonpath(), { nullable: true }) c18!: string | null
  @Column(xml(), { nullable: true }) c19!: string | null
  @Column(date(), { nullable: true, default: sql`current_date` }) c20!: Date | null
  @Column(time(), { nullable: true, default: '10:00' }) c21!: string | null
  @Column(time(2), { nullable: true }) c22!: string | null
  @Column(timetz(1), { nullable: true }) c23!: string | null
  @Column(timestamp(), { nullable: true, default: new Date(0) }) c24!: Date | null
  @Column(timestamp(0), { nullable: true, default: sql`localtimestamp` }) c25!: Date | null
  @Column(timestamptz(6), { nullable: true, default: new Date(0) }) c26!: Date | null
  @Column(interval(), { nullable: true, default: sql`'1 day'` }) c27!: Interval | null
  @Column(interval({ precision: 3 }), { nullable: true }) c28!: Interval | null
  @Column(interval({ fields: 'day to second', precision: 2 }), { nullable: true }) c29!: Interval | null
  @Column(interval({ fields: 'year to month' }), { nullable: true, default: sql`interval '1-2'` }) c30!: Interval | null
  @Column(inet(), { nullable: true, default: '127.0.0.1' }) c31!: string | null
  @Column(cidr(), { nullable: true }) c32!: string | null
  @Column(macaddr(), { nullable: true }) c33!: string | null
  @Column(macaddr8(), { nullable: true }) c34!: string | null
  @Column(bit(), { nullable: true, default: '1' }) c35!: string | null
  @Column(bit(4), { nullable: true }) c36!: string | null
  @Column(varbit(), { nullable: true }) c37!: string | null
  @Column(varbit(8), { nullable: true }) c38!: string | null
  @Column(point(), { nullable: true, default: sql`'(1,2)'` }) c39!: Point | null
  @Column(line(), { nullable: true }) c40!: string | null
  @Column(lseg(), { nullable: true }) c41!: string | null
  @Column(box(), { nullable: true }) c42!: string | null
  @Column(path(), { nullable: true }) c43!: string | null
  @Column(polygon(), { nullable: true }) c44!: string | null
  @Column(circle(), { nullable: true }) c45!: Circle | null
  @Column(tsvector(), { nullable: true }) c46!: string | null
  @Column(tsquery(), { nullable: true }) c47!: string | null
  @Column(int4range(), { nullable: true, default: sql`'[1,3)'` }) c48!: string | null
  @Column(int8range(), { nullable: true }) c49!: string | null
  @Column(numrange(), { nullable: true }) c50!: string | null
  @Column(tsrange(), { nullable: true }) c51!: string | null
  @Column(tstzrange(), { nullable: true }) c52!: string | null
  @Column(daterange(), { nullable: true }) c53!: string | null
  @Column(int4multirange(), { nullable: true }) c54!: string | null
  @Column(datemultirange(), { nullable: true }) c55!: string | null
  @Column(oid(), { nullable: true, default: 1 }) c56!: number | null
  @Column(pgLsn(), { nullable: true }) c57!: string | null
  @Column(integer().array(), { nullable: true, default: [1, 2] }) c58!: number[] | null
  @Column(varchar(5).array(), { nullable: true, default: ['a', 'b"c', ''] }) c59!: string[] | null
  @Column(numeric(6, 2).array(), { nullable: true, default: [] }) c60!: string[] | null
  @Column(timestamptz(3).array(), { nullable: true }) c61!: Date[] | null
  @Column(char(2).array(), { nullable: true }) c62!: string[] | null
  @Column(boolean().array(), { nullable: true, default: [true, false] }) c63!: boolean[] | null
}

export default class Db extends DbContext {
  get types(): DbEntityTable<EveryType> {
    return this.table(EveryType)
  }
}
