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

const state = enumType('state', ['open', 'closed', 'lost'])

@Entity('tickets')
@With(policy('open_ones', { using: sql`state <> 'lost' and owner = 'me'`, comment: 'Only those' }))
@With(policy('by_place', { for: 'select', using: sql`place is not null` }))
class Ticket {
  @PrimaryKey(integer()) id!: number
  @Column(varchar(20)) owner!: string
  @Column(state) state!: 'open' | 'closed' | 'lost'
  @Column(text(), { nullable: true }) place!: string | null
}

@Entity('replies')
@With(
  policy('of_open_tickets', {
    using: sql`exists (select 1 from tickets t where t.id = ticket_id and t.owner = author)`,
  }),
)
class Reply {
  @PrimaryKey(integer()) id!: number
  @Column(integer()) ticketId!: number
  @Column(text()) author!: string
}

export default class Tickets extends DbContext {
  protected override setupModel(model: DbModelConfig): void {
    model.entity(Ticket)
    model.entity(Reply)
  }
}
