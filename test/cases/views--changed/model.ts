import {
  Column,
  DbContext,
  type DbEntityTable,
  type DbModelConfig,
  Entity,
  enumType,
  integer,
  PrimaryKey,
  sql,
  varchar,
  view,
} from '../../../src/index.js'

const state = enumType('state', ['on', 'off'])

@Entity('users')
class User {
  @PrimaryKey(integer()) id!: number
  @Column(varchar(100)) email!: string
  @Column(varchar(20), { nullable: true }) alias!: string | null
  @Column(state, { default: 'on' }) state!: 'on' | 'off'
}

/** A column goes that views read, others come; the views are replaced where that can be, else made again with all that is on them. */
export default class Db extends DbContext {
  get users(): DbEntityTable<User> {
    return this.table(User)
  }
  protected override setupModel(model: DbModelConfig): void {
    model.has(
      view('longer', {
        query: sql`select id, email, state from users where state = 'on'`,
        comment: 'kept',
        columnComments: { id: 'kept too' },
      }),
      view('shorter', { query: sql`select id from users`, comment: 'comes back' }),
      view('over_shorter', { query: sql`select id from shorter`, columnComments: { id: 'comes back too' } }),
      view('guarded', { query: sql`select id from users` }),
      view('checked', {
        query: sql`select id, alias from users where id > 0`,
        checkOption: 'cascaded',
        defaults: { id: sql`7` },
      }),
      view('new_name', { query: sql`select id from users`, comment: 'what it is', renamedFrom: 'old_name' }),
      view('over_old_name', { query: sql`select new_name.id from new_name` }),
      view('reads_nick', { query: sql`select id, id::text as nick from users` }),
      view('pair', { query: sql`select id, alias from users` }),
      view('over_pair', { query: sql`select pair.id, pair.alias as a from public.pair` }),
    )
  }
}
