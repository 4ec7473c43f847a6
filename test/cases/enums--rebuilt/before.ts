import {
  boolean,
  Check,
  Column,
  DbContext,
  type DbEntityTable,
  Entity,
  enumType,
  Index,
  integer,
  PrimaryKey,
  sql,
} from '../../../src/index.js'

const state = enumType('state', ['new', 'open', 'shut', 'gone'])

@Entity('tickets')
@Index(['state'], { where: sql`state = 'open'` })
@Check('not_gone', sql`state <> 'gone' or closed`)
class Ticket {
  @PrimaryKey(integer(), { identity: 'always' }) id!: number
  @Column(state, { default: 'new' }) state!: 'new' | 'open' | 'shut' | 'gone'
  @Column(state.array(), { default: ['new', 'open'] }) history!: ('new' | 'open' | 'shut' | 'gone')[]
  @Column(boolean(), { default: false }) closed!: boolean
}

export default class Db extends DbContext {
  get tickets(): DbEntityTable<Ticket> {
    return this.table(Ticket)
  }
}
