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
@With(statistics('types', { columns: ['a', 'b'], types: ['mcv'], comment: 'Stays' }))
@With(statistics('target', { columns: ['a', 'b'] }))
@With(statistics('untargeted', { columns: ['a', 'b'], target: 10 }))
@With(statistics('columns', { columns: ['a', 'b'] }))
@With(statistics('expressions', { expressions: [sql`lower(c)`], comment: 'Stays too' }))
@With(statistics('retyped', { columns: ['a', 'd'], target: 7 }))
@With(statistics('retyped_expression', { columns: ['a'], expressions: [sql`d || 'x'`] }))
@With(statistics('with_dropped', { columns: ['a', 'e'] }))
@With(statistics('moved', { columns: ['a', 'b'] }))
@With(statistics('old_name', { columns: ['b', 'c'] }))
@With(statistics('gone', { columns: ['b', 'c'] }))
class Order {
  @PrimaryKey(integer()) id!: number
  @Column(integer()) a!: number
  @Column(integer(), { renamedFrom: 'renamed' }) b!: number
  @Column(text()) c!: string
  @Column(varchar(10)) d!: string
  @Column(integer(), { nullable: true }) e!: number | null
}

export default class Orders extends DbContext {
  protected override setupModel(model: DbModelConfig): void {
    model.schema('stats')
    model.entity(Order)
  }
}
