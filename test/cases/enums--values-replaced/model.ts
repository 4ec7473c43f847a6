import {
  Column,
  compositeType,
  DbContext,
  type DbEntityTable,
  domain,
  Entity,
  enumType,
  ForeignKey,
  Index,
  integer,
  PrimaryKey,
  sql,
} from '../../../src/index.js'

const state = enumType('state', ['open', 'new', 'done'], { replaced: { old: 'done', "it's": 'open' } })
const kept = domain('kept', state, { default: 'new' })
const event = compositeType('event', { state, times: integer() })

@Entity('levels')
class Level {
  @PrimaryKey(state) state!: 'open' | 'new' | 'done'
}

@Entity('tickets')
@Index(['state'], { where: sql`state = 'open'` })
class Ticket {
  @PrimaryKey(integer(), { identity: 'always' }) id!: number
  @ForeignKey(() => Level) @Column(state, { default: 'new' }) state!: 'open' | 'new' | 'done'
  @Column(state.array(), { default: ['new', 'done'] }) history!: ('open' | 'new' | 'done')[]
  @Column(kept) kept!: 'open' | 'new' | 'done'
  @Column(kept.array()) keeps!: ('open' | 'new' | 'done')[]
  @Column(event) event!: string
  @Column(event.array()) events!: string[]
}

export default class Db extends DbContext {
  get tickets(): DbEntityTable<Ticket> {
    return this.table(Ticket)
  }
}
