import { Column, DbContext, type DbEntityTable, Entity, enumType, integer, PrimaryKey } from '../../../src/index.js'

const state = enumType('state', ['b', 'a'])

@Entity('t')
class T {
  @PrimaryKey(integer()) id!: number
  @Column(state) state!: 'a' | 'b'
}

export default class Db extends DbContext {
  get t(): DbEntityTable<T> {
    return this.table(T)
  }
}

export const refused = 'BLOCKED_BY_UNMANAGED'
