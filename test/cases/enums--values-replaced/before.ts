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

const state = enumType('state', ['new', 'open', 'old', "it's"])
const kept = domain('kept', state, { default: 'new' })
const event = compositeType('event', { state, times: integer() })

@Entity('levels')
class Level {
  @PrimaryKey(state) state!: 'new' | 'open' | 'old' | "it's"
}

@Entity('tickets')
@Index(['state'], { where: sql`state = 'open'` })
class Ticket {
  @PrimaryKey(integer(), { identity: 'always' }) id!: number
  @ForeignKey(() => Level) @Column(state, { default: 'new' }) state!: 'new' | 'open' | 'old' | "it's"
  @Column(state.array(), { default: ['new', 'old'] }) history!: ('new' | 'open' | 'old' | "it's")[]
  @Column(kept) kept!: 'new' | 'open' | 'old' | "it's"
  @Column(kept.array()) keeps!: ('new' | 'open' | 'old' | "it's")[]
  @Column(event) event!: string
  @Column(event.array()) events!: string[]
}

export default class Db extends DbContext {
  get tickets(): DbEntityTable<Ticket> {
    return this.table(Ticket)
  }
}
