// Types, columns and expressions need them made again; target and schema do not; a column's type, name and end under them.
import {
  Column,
  DbContext,
  type DbModelConfig,
  Entity,
  integer,
  PrimaryKey,
  sql,
  statistics,
  text,
  varchar,
  With,
} from '../../../src/index.js'

@Entity('orders')
@With(statistics('types', { columns: ['a', 'renamed'], types: ['mcv', 'ndistinct'], comment: 'Stays' }))
@With(statistics('target', { columns: ['a', 'renamed'], target: 1000 }))
@With(statistics('untargeted', { columns: ['a', 'renamed'] }))
@With(statistics('columns', { columns: ['a', 'renamed'] }))
@With(statistics('expressions', { expressions: [sql`upper(c)`], comment: 'Stays too' }))
@With(statistics('retyped', { columns: ['a', 'd'], target: 7 }))
@With(statistics('retyped_expression', { columns: ['a'], expressions: [sql`d || 'x'`] }))
@With(statistics('with_dropped', { columns: ['a', 'd'] }))
@With(statistics('moved', { schema: 'stats', columns: ['a', 'renamed'] }))
@With(statistics('new_name', { renamedFrom: 'old_name', columns: ['renamed', 'c'] }))
class Order {
  @PrimaryKey(integer()) id!: number
  @Column(integer()) a!: number
  @Column(integer(), { renamedFrom: 'b' }) renamed!: number
  @Column(text()) c!: string
  @Column(varchar(30)) d!: string
}

export default class Orders extends DbContext {
  protected override setupModel(model: DbModelConfig): void {
    model.schema('stats')
    model.entity(Order)
  }
}
