import { bigint, Column, DbContext, type DbEntityTable, Entity, integer, PrimaryKey } from '../../../src/index.js'

@Entity('t')
class T {
  @PrimaryKey(integer()) id!: number
  @Column(bigint()) a!: string
}

/** A view that nobody declared is somebody else's. */
export default class Db extends DbContext {
  get t(): DbEntityTable<T> {
    return this.table(T)
  }
}

export const refused = 'BLOCKED_BY_UNMANAGED'
