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

export default class Db extends DbContext {
  get sales(): DbEntityTable<Sale> {
    return this.table(Sale)
  }
  protected override setupModel(model: DbModelConfig): void {
    model.has(
      materializedView('totals', {
        query: sql`select shop, sum(amount) as total from sales group by shop`,
        indexes: [{ columns: ['shop'], unique: true }, { columns: ['total'] }],
        comment: 'by shop',
      }),
      materializedView('unfilled', { query: sql`select id from sales`, withData: false }),
      materializedView('stored', {
        query: sql`select id, shop from sales`,
        storage: { fillfactor: 90, autovacuum_enabled: false },
      }),
      materializedView('old_list', { query: sql`select id from sales`, indexes: [{ columns: ['id'] }] }),
      materializedView('gone', { query: sql`select id from sales`, indexes: [{ columns: ['id'] }] }),
    )
  }
}
