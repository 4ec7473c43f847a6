import {
  Check,
  Column,
  DbContext,
  type DbEntityTable,
  type DbModelConfig,
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

const kind = enumType('kind', ['a', 'b'], { schema: 'crm' })

@Entity({ table: 'users', schema: 'crm', comment: 'People', renamedFrom: 'people' })
@Index(['email'])
@Check(sql`age > 0`)
class User {
  @PrimaryKey(serial()) id!: number
  @Unique() @Column(text(), { comment: 'mail' }) email!: string
  @Column(integer(), { name: 'age', default: 1, renamedFrom: 'years' }) age!: number
  @Column(kind, { default: 'a' }) kind!: 'a' | 'b'
}

@Entity({ table: 'posts', schema: 'crm', renamedFrom: 'notes' })
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
  protected override setupModel(model: DbModelConfig): void {
    model.schema('crm', { renamedFrom: 'sales', comment: 'Customers' })
  }
}
