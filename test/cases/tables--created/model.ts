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
  jsonb,
  numeric,
  PrimaryKey,
  serial,
  sql,
  text,
  timestamptz,
  Unique,
  varchar,
} from '../../../src/index.js'

const status = enumType('order_status', ['pending', 'processing', "it's done"])

@Entity('users')
@Index(['email'], { unique: true, where: sql`deleted_at is null` })
@Check('age_is_sane', sql`age between 0 and 150`)
class User {
  @PrimaryKey(integer(), { identity: 'always' }) id!: number
  @Column(varchar(100)) username!: string
  @Column(text()) email!: string
  @Column(integer(), { nullable: true }) age!: number | null
  @Column(timestamptz(), { default: sql`now()` }) createdAt!: Date
  @Column(timestamptz(3), { nullable: true }) deletedAt!: Date | null
}

@Entity({ table: 'posts', comment: "posts'" })
@Index(['userId'])
@Index([sql`lower(title)`, { property: 'price', order: 'desc', nulls: 'last' }], { include: ['slug'] })
@Check(sql`status in ('pending', 'processing') or price > 0`)
class Post {
  @PrimaryKey(serial()) id!: number
  @ForeignKey(() => User, { onDelete: 'cascade' }) @Column(integer()) userId!: number
  @Column(status, { default: 'pending' }) status!: 'pending' | 'processing' | "it's done"
  @Column(text().array(), { default: [] }) tags!: string[]
  @Column(jsonb<{ a: number }>(), { default: { a: 1 }, comment: 'JSON' }) meta!: { a: number }
  @Column(numeric(10, 2), { default: '0' }) price!: string
  @Unique() @Column(text(), { generated: sql`lower(title)` }) slug!: string
  @Column(text()) title!: string
}

export default class Db extends DbContext {
  get posts(): DbEntityTable<Post> {
    return this.table(Post)
  }
  get users(): DbEntityTable<User> {
    return this.table(User)
  }
}
