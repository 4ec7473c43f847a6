// A column's type, an enum's values, a column's name and a table's name under policies; a column that goes, and the policy speaks no longer of it.
import {
  Column,
  DbContext,
  type DbModelConfig,
  Entity,
  enumType,
  integer,
  PrimaryKey,
  policy,
  sql,
  text,
  varchar,
  With,
} from '../../../src/index.js'

const state = enumType('state', ['open', 'closed'])

@Entity('tickets')
@With(policy('open_ones', { using: sql`state <> 'closed' and owner = 'me'`, comment: 'Only those' }))
@With(policy('by_place', { for: 'select', using: sql`id > 0` }))
class Ticket {
  @PrimaryKey(integer()) id!: number
  @Column(varchar(50)) owner!: string
  @Column(state) state!: 'open' | 'closed'
}

@Entity({ table: 'answers', renamedFrom: 'replies' })
@With(
  policy('of_open_tickets', { using: sql`exists (select 1 from tickets t where t.id = ticket and t.owner = author)` }),
)
class Reply {
  @PrimaryKey(integer()) id!: number
  @Column(integer(), { renamedFrom: 'ticket_id' }) ticket!: number
  @Column(text()) author!: string
}

export default class Tickets extends DbContext {
  protected override setupModel(model: DbModelConfig): void {
    model.entity(Ticket)
    model.entity(Reply)
  }
}
