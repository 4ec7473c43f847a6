import {
  Column,
  DbContext,
  type DbEntityTable,
  type DbModelConfig,
  Entity,
  integer,
  PrimaryKey,
  sql,
} from '../../../src/index.js'

@Entity('invoices')
class Invoice {
  @PrimaryKey(integer(), { default: sql`nextval('numbers')` }) id!: number
  @Column(integer(), { identity: { generation: 'byDefault', start: 5, increment: 2, maxValue: 5000, cycle: true } })
  line!: number
}

export default class Db extends DbContext {
  get invoices(): DbEntityTable<Invoice> {
    return this.table(Invoice)
  }
  protected override setupModel(model: DbModelConfig): void {
    model.sequence('numbers', {
      increment: 10,
      minValue: -5,
      maxValue: 100000,
      cycle: true,
      ownedBy: { table: 'invoices', column: 'id' },
    })
    model.sequence('new_name', { renamedFrom: 'old_name', comment: 'renamed' })
  }
}
