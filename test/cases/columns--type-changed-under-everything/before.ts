import {
  Check,
  Column,
  type DatabaseClient,
  DbContext,
  type DbEntityTable,
  Entity,
  Index,
  integer,
  PrimaryKey,
  sql,
  varchar,
} from '../../../src/index.js'

@Entity('users')
@Index(['username'])
@Index([sql`lower(username)`], { where: sql`username <> ''` })
@Check('short', sql`length(username) < 90`)
class User {
  @PrimaryKey(integer(), { identity: 'always' }) id!: number
  @Column(varchar(50)) username!: string
  @Column(varchar(60), { generated: sql`upper(username)` }) loud!: string
}

export default class Db extends DbContext {
  get users(): DbEntityTable<User> {
    return this.table(User)
  }

  protected override async onMigrationComplete(client: DatabaseClient): Promise<void> {
    await client.script('create or replace view user_names as select username from users')
  }
}
