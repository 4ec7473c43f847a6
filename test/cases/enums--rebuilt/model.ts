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

const state = enumType('state', ['open', 'new', 'shut', 'archived'])

@Entity('tickets')
@Index(['state'], { where: sql`state = 'open'` })
@Check('not_gone', sql`state <> 'archived' or closed`)
class Ticket {
  @PrimaryKey(integer(), { identity: 'always' }) id!: number
  @Column(state, { default: 'new' }) state!: 'open' | 'new' | 'shut' | 'archived'
  @Column(state.array(), { default: ['new', 'open'] }) history!: ('open' | 'new' | 'shut' | 'archived')[]
  @Column(boolean(), { default: false }) closed!: boolean
}

export default class Db extends DbContext {
  get tickets(): DbEntityTable<Ticket> {
    return this.table(Ticket)
  }
}
