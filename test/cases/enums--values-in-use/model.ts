import { Column, DbContext, type DbEntityTable, Entity, enumType, integer, PrimaryKey } from '../../../src/index.js'

const state = enumType('state', ['new', 'gone'])

@Entity('tickets')
class Ticket {
  @PrimaryKey(integer(), { identity: 'always' }) id!: number
  @Column(state) state!: 'new' | 'gone'
  @Column(state.array()) history!: ('new' | 'gone')[]
}

export default class Db extends DbContext {
  get tickets(): DbEntityTable<Ticket> {
    return this.table(Ticket)
  }
}

export const refused = 'VALUES_IN_USE'
