// Every command, both senses, several roles, sub-selects on other tables and on the own one, functions, hostile names.
import {
  Column,
  DbContext,
  type DbModelConfig,
  Entity,
  integer,
  PrimaryKey,
  policy,
  sql,
  text,
  timestamptz,
  With,
} from '../../../src/index.js'

export const roles = ['lockstep_case_reader', 'lockstep_case_writer']

@Entity('members')
class Member {
  @PrimaryKey(integer()) id!: number
  @Column(text()) login!: string
}

@Entity('documents')
@With(
  policy('everybody', { for: 'select', using: sql`published_at <= now() or extract(year from published_at) = 1999` }),
)
@With(
  policy('own_rows', {
    to: ['lockstep_case_writer', 'lockstep_case_reader'],
    using: sql`owner = current_user`,
    withCheck: sql`owner != 'nobody' and status in ('draft', 'done')`,
  }),
)
@With(
  policy('of members', {
    as: 'restrictive',
    for: 'update',
    to: 'lockstep_case_writer',
    using: sql`exists (select 1 from members m where m.login = documents.owner)`,
    withCheck: sql`owner in (select login from members where members.id > 0)`,
  }),
)
@With(
  policy('new "rows"', {
    for: 'insert',
    to: 'lockstep_case_writer',
    withCheck: sql`(select count(*) from documents d where d.owner = documents.owner) < 10`,
  }),
)
@With(policy('none', { for: 'delete', as: 'restrictive', using: sql`false`, comment: 'Nobody deletes' }))
@With(policy('plain'))
class Document {
  @PrimaryKey(integer()) id!: number
  @Column(text()) owner!: string
  @Column(text()) status!: string
  @Column(timestamptz()) publishedAt!: Date
}

export default class Documents extends DbContext {
  protected override setupModel(model: DbModelConfig): void {
    model.entity(Member)
    model.entity(Document)
  }
}
