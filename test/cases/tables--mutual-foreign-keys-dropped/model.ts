import { DbContext, type DbEntityTable, Entity, integer, PrimaryKey } from '../../../src/index.js'

@Entity('z')
class Z {
  @PrimaryKey(integer()) id!: number
}

export default class Db extends DbContext {
  get z(): DbEntityTable<Z> {
    return this.table(Z)
  }
}
