import { Column, DbContext, type DbEntityTable, Entity, enumType, integer, PrimaryKey } from '../../../src/index.js'

const state = enumType('status', ['settled', 'open'], { renamedFrom: 'order_status', renamed: { settled: 'paid' } })

@Entity('t')
class T {
  @PrimaryKey(integer(), { identity: 'always' }) id!: number
  @Column(state, { default: 'open' }) state!: 'settled' | 'open'
  @Column(state.array(), { default: ['settled'] }) past!: ('settled' | 'open')[]
}

export default class Db extends DbContext {
  get t(): DbEntityTable<T> {
    return this.table(T)
  }
}
