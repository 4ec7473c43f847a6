import {
  boolean,
  Check,
  Column,
  char,
  DbContext,
  type DbEntityTable,
  Entity,
  enumType,
  ForeignKey,
  Index,
  integer,
  jsonb,
  numeric,
  PrimaryKey,
  serial,
  sql,
  text,
  timestamptz,
  timetz,
  Unique,
  varbit,
  varchar,
} from '../../../src/index.js'

const state = enumType('status', ['a', 'b'])

@Entity('users')
@Check(sql`age >= 0 and age <= 150`)
@Check(sql`status in ('x', 'y') and upper(status) <> 'Z'`)
@Index([sql`lower(email)`], { where: sql`state in ('a', 'b') and age is not null` })
class User {
  @PrimaryKey(integer(), { identity: 'always' }) id!: number
  @Unique() @Column(varchar(100)) email!: string
  @Column(integer(), { nullable: true }) age!: number | null
  @Column(state, { default: 'a' }) state!: 'a' | 'b'
  @Column(numeric(10, 2), { default: '1', nullable: true }) n!: string | null
  @Column(integer(), { default: -1, nullable: true }) m!: number | null
  @Column(timestamptz(3), { default: sql`now()`, nullable: true }) t!: Date | null
  @Column(jsonb(), { default: {}, nullable: true }) j!: unknown | null
  @Column(text().array(), { default: [] }) tags!: string[]
  @Column(char(3), { nullable: true }) c!: string | null
  @Column(varbit(5), { nullable: true }) b!: string | null
  @Column(timetz(), { nullable: true }) tz!: string | null
  @Column(boolean(), { default: false }) flag!: boolean
  @Column(text(), { generated: sql`lower(email)`, nullable: true }) low!: string | null
  @Column(varchar(20), { nullable: true }) status!: string | null
}

@Entity('posts')
@Index(['userId'])
@Index([{ property: 'at', order: 'desc', nulls: 'last' }], { include: ['userId'], name: 'posts_at_idx' })
class Post {
  @PrimaryKey(serial()) id!: number
  @ForeignKey(() => User, { onDelete: 'cascade' }) @Column(integer()) userId!: number
  @Column(timestamptz(), { default: sql`now()`, nullable: true }) at!: Date | null
}

export default class Db extends DbContext {
  get users(): DbEntityTable<User> {
    return this.table(User)
  }
  get posts(): DbEntityTable<Post> {
    return this.table(Post)
  }
}

export const strangers = true
