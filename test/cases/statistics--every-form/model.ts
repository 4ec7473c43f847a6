// Types chosen and all, columns and expressions, a single expression, a target, another schema.
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
  With,
} from '../../../src/index.js'

@Entity('addresses')
@With(statistics('places', { columns: ['zip', 'city'] }))
@With(
  statistics('one "type"', {
    columns: ['city', 'zip', 'street'],
    types: ['dependencies'],
    comment: 'Which follows from which',
  }),
)
@With(statistics('two_types', { columns: ['city', 'street'], types: ['ndistinct', 'mcv'], target: 500 }))
@With(statistics('mixed', { columns: ['zip'], expressions: [sql`lower(city)`, sql`id % 10`] }))
@With(statistics('lowered', { expressions: [sql`lower(street)`] }))
@With(statistics('elsewhere', { columns: ['id', 'zip'], schema: 'stats' }))
class Address {
  @PrimaryKey(integer()) id!: number
  @Column(text()) city!: string
  @Column(text()) zip!: string
  @Column(text()) street!: string
}

export default class Addresses extends DbContext {
  protected override setupModel(model: DbModelConfig): void {
    model.schema('stats')
    model.entity(Address)
  }
}
