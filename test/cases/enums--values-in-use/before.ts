import { Column, DbContext, type DbEntityTable, Entity, enumType, integer, PrimaryKey } from '../../../src/index.js'

const state = enumType('state', ['new', 'old', 'gone'])

@Entity('tickets')
class Ticket {
  @PrimaryKey(integer(), { identity: 'always' }) id!: number
  @Column(state) state!: 'new' | 'old' | 'gone'
  @Column(state.array()) history!: ('new' | 'old' | 'gone')[]
}

export default class Db extends DbContext {
  get tickets(): DbEntityTable<Ticket> {
    return this.table(Ticket)
  }
}
