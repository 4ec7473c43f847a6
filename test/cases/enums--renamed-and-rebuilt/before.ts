import { Column, DbContext, type DbEntityTable, Entity, enumType, integer, PrimaryKey } from '../../../src/index.js'

const state = enumType('order_status', ['open', 'paid', 'gone'])

@Entity('t')
class T {
  @PrimaryKey(integer(), { identity: 'always' }) id!: number
  @Column(state, { default: 'open' }) state!: 'open' | 'paid' | 'gone'
  @Column(state.array(), { default: ['paid'] }) past!: ('open' | 'paid' | 'gone')[]
}

export default class Db extends DbContext {
  get t(): DbEntityTable<T> {
    return this.table(T)
  }
}
