import {
  Column,
  DbContext,
  type DbEntityTable,
  type DbModelConfig,
  Entity,
  integer,
  materializedView,
  PrimaryKey,
  sql,
  text,
} from '../../../src/index.js'

@Entity('sales')
class Sale {
  @PrimaryKey(integer()) id!: number
  @Column(text()) shop!: string
  @Column(integer()) amount!: number
}

/** Made again with its indexes and its comment, filled or not as it was. */
export default class Db extends DbContext {
  get sales(): DbEntityTable<Sale> {
    return this.table(Sale)
  }
  protected override setupModel(model: DbModelConfig): void {
    model.has(
      materializedView('totals', {
        query: sql`select shop, sum(amount) as total, count(*) as n from sales group by shop`,
        indexes: [{ columns: ['shop'], unique: true }, { columns: [{ column: 'n', order: 'desc' }] }],
        comment: 'by shop',
      }),
      materializedView('unfilled', { query: sql`select id, amount from sales`, withData: false }),
      materializedView('stored', { query: sql`select id, shop from sales`, storage: { fillfactor: 80 } }),
      materializedView('new_list', {
        renamedFrom: 'old_list',
        query: sql`select id from sales`,
        indexes: [{ columns: ['id'] }],
      }),
    )
  }
}
