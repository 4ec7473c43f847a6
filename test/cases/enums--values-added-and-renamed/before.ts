import { Column, DbContext, type DbEntityTable, Entity, enumType, integer, PrimaryKey } from '../../../src/index.js'

const state = enumType('state', ['b', 'd'])
const color = enumType('color', ['red', 'gren'])

@Entity('t')
class T {
  @PrimaryKey(integer(), { identity: 'always' }) id!: number
  @Column(state, { default: 'b' }) state!: 'b' | 'd'
  @Column(color, { default: 'gren' }) color!: 'red' | 'gren'
}

export default class Db extends DbContext {
  get t(): DbEntityTable<T> {
    return this.table(T)
  }
}
