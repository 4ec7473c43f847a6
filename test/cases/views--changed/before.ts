import {
  Column,
  DbContext,
  type DbEntityTable,
  type DbModelConfig,
  Entity,
  integer,
  PrimaryKey,
  sql,
  text,
  varchar,
  view,
} from '../../../src/index.js'

@Entity('users')
class User {
  @PrimaryKey(integer()) id!: number
  @Column(varchar(100)) email!: string
  @Column(text(), { nullable: true }) nick!: string | null
}

export default class Db extends DbContext {
  get users(): DbEntityTable<User> {
    return this.table(User)
  }
  protected override setupModel(model: DbModelConfig): void {
    model.has(
      view('longer', { query: sql`select id from users`, comment: 'kept', columnComments: { id: 'kept too' } }),
      view('shorter', { query: sql`select id, email from users`, comment: 'comes back' }),
      view('over_shorter', { query: sql`select id from shorter`, columnComments: { id: 'comes back too' } }),
      view('guarded', { query: sql`select id from users`, securityBarrier: true }),
      view('checked', {
        query: sql`select id, nick from users where id > 0`,
        checkOption: 'local',
        defaults: { nick: sql`'x'` },
      }),
      view('old_name', { query: sql`select id from users`, comment: 'what it is' }),
      view('over_old_name', { query: sql`select old_name.id from old_name` }),
      view('reads_nick', { query: sql`select id, nick from users` }),
      view('pair', { query: sql`select id from users` }),
      view('over_pair', { query: sql`select pair.id from public.pair` }),
      view('gone', { query: sql`select id from users` }),
      view('over_gone', { query: sql`select id from gone` }),
    )
  }
}
