import {
  Column,
  DbContext,
  type DbEntityTable,
  type DbModelConfig,
  Entity,
  enumType,
  integer,
  materializedView,
  PrimaryKey,
  sql,
  timestamptz,
  varchar,
  view,
  With,
} from '../../../src/index.js'

const role = enumType('role', ['admin', 'member'])

@Entity('users')
@With(
  view('admins', {
    query: sql`select id, email from users where role = 'admin' and email in ('a@x', 'b@x')`,
    securityBarrier: true,
    columnComments: { email: 'where they are reached' },
    comment: 'those who may',
  }),
)
class User {
  @PrimaryKey(integer(), { identity: 'always' }) id!: number
  @Column(varchar(100)) email!: string
  @Column(role, { default: 'member' }) role!: 'admin' | 'member'
  @Column(timestamptz(), { default: sql`now()` }) createdAt!: Date
  @Column(integer(), { nullable: true }) bossId!: number | null
}

/** Views over tables, over views, over themselves, and in words that PostgreSQL spells otherwise. */
export default class Db extends DbContext {
  get users(): DbEntityTable<User> {
    return this.table(User)
  }
  protected override setupModel(model: DbModelConfig): void {
    model.has(
      view('admin_names', { query: sql`select upper(email) as name from admins`, columns: ['Loud Name'] }),
      view('chain', {
        query: sql`with recursive up(id, boss_id, depth) as (
          select id, boss_id, 0 from users union all select u.id, u.boss_id, depth + 1 from users u join up on up.boss_id = u.id
        ) select * from up`,
      }),
      view('members', {
        query: sql`select id, email, role from users where role = 'member'`,
        checkOption: 'cascaded',
        defaults: { role: sql`'member'`, email: sql`'nobody' || '@x'` },
      }),
      view('local_members', { query: sql`select * from members where id > 0`, checkOption: 'local' }),
      view('numbers', { query: sql`values (1, 'one'), (2, 'two')`, columns: ['n', 'word'], schema: 'extra' }),
      view('all_of_it', { query: sql`select n.*, u.* from extra.numbers n join users u on u.id = n.n` }),
      materializedView('per_role', {
        query: sql`select role, count(*) as users, max(created_at) as latest from users group by role`,
        indexes: [
          { columns: ['role'], unique: true, comment: 'one each' },
          {
            columns: [sql`date_trunc('day', latest at time zone 'UTC')`, { column: 'users', order: 'desc' }],
            where: sql`users > 1`,
          },
          { columns: ['users'], name: 'per_role_by_users', method: 'hash' },
        ],
        storage: { fillfactor: 70, autovacuum_enabled: false },
        comment: 'how many',
        columnComments: { users: 'a count' },
      }),
      materializedView('later', { query: sql`select role from per_role`, withData: false, columns: ['r'] }),
      view('over_later', { query: sql`select r from later` }),
    )
  }
}
