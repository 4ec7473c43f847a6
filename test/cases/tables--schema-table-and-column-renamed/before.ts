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
  PrimaryKey,
  serial,
  sql,
  text,
  Unique,
} from '../../../src/index.js'

const kind = enumType('kind', ['a', 'b'], { schema: 'sales' })

@Entity({ table: 'people', schema: 'sales', comment: 'People' })
@Index(['email'])
@Check(sql`years > 0`)
class User {
  @PrimaryKey(serial()) id!: number
  @Unique() @Column(text(), { comment: 'mail' }) email!: string
  @Column(integer(), { name: 'years', default: 1 }) age!: number
  @Column(kind, { default: 'a' }) kind!: 'a' | 'b'
}

@Entity({ table: 'notes', schema: 'sales' })
class Post {
  @PrimaryKey(integer(), { identity: 'always' }) id!: number
  @ForeignKey(() => User) @Column(integer()) userId!: number
}

export default class Db extends DbContext {
  get users(): DbEntityTable<User> {
    return this.table(User)
  }
  get posts(): DbEntityTable<Post> {
    return this.table(Post)
  }
}
