import { Column, DbContext, type DbEntityTable, Entity, enumType, integer, PrimaryKey } from '../../../src/index.js'

const state = enumType('state', ['a', 'b', 'c', 'd', "e'"])
const color = enumType('color', ['red', 'green'], { renamed: { green: 'gren' } })

@Entity('t')
class T {
  @PrimaryKey(integer(), { identity: 'always' }) id!: number
  @Column(state, { default: 'c' }) state!: 'a' | 'b' | 'c' | 'd' | "e'"
  @Column(color, { default: 'green' }) color!: 'red' | 'green'
}

export default class Db extends DbContext {
  get t(): DbEntityTable<T> {
    return this.table(T)
  }
}
