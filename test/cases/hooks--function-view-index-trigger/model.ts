import {
  Column,
  type DatabaseClient,
  DbContext,
  type DbEntityTable,
  Entity,
  ForeignKey,
  integer,
  PrimaryKey,
  text,
  timestamptz,
  varchar,
} from '../../../src/index.js'

@Entity('users')
class User {
  @PrimaryKey(integer(), { identity: 'always' }) id!: number
  @Column(varchar(50)) username!: string
  @Column(text()) email!: string
  @Column(timestamptz(), { nullable: true }) updatedAt!: Date | null
}

@Entity('posts')
class Post {
  @PrimaryKey(integer(), { identity: 'always' }) id!: number
  @ForeignKey(() => User, { onDelete: 'cascade' }) @Column(integer()) userId!: number
  @Column(text()) content!: string
  @Column(timestamptz(), { nullable: true }) publishedAt!: Date | null
}

/** A function, a materialized view, a full-text index and a trigger, each of which may run again. */
export default class Db extends DbContext {
  get users(): DbEntityTable<User> {
    return this.table(User)
  }
  get posts(): DbEntityTable<Post> {
    return this.table(Post)
  }
  protected override async onMigrationComplete(client: DatabaseClient): Promise<void> {
    await client.query(`
      create or replace function find_user(wanted varchar) returns table (id integer, username varchar) as $$
      begin
        return query select u.id, u.username from users u where u.username = wanted;
      end;
      $$ language plpgsql;
    `)
    await client.query(`
      create materialized view if not exists user_stats as
      select u.id, u.username, count(p.id) as posts, max(p.published_at) as last_post from users u left join posts p on p.user_id = u.id group by u.id, u.username;
    `)
    await client.query(
      "create index if not exists posts_content_fts on posts using gin (to_tsvector('english', content))",
    )
    await client.query(`
      create or replace function touch() returns trigger as $$ begin new.updated_at = now(); return new; end; $$ language plpgsql;
    `)
    await client.query(
      'drop trigger if exists set_updated_at on users; create trigger set_updated_at before update on users for each row execute function touch()',
    )
  }
}

/** Without the ledger nobody knows that the hook made the full-text index. */
export const hookParts = true
