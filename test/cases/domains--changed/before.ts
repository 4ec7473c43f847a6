import {
  Column,
  DbContext,
  type DbEntityTable,
  type DbModelConfig,
  domain,
  Entity,
  enumType,
  Index,
  integer,
  PrimaryKey,
  sql,
  sqlFunction,
  text,
  varchar,
} from '../../../src/index.js'

const mood = enumType('mood', ['good', 'bad'])
const email = domain('email', text(), { check: sql`value ~ '@'`, comment: 'As it is typed' })
const amount = domain('amount', integer(), {
  default: 1,
  check: { not_negative: sql`value >= 0`, small: sql`value < 100` },
})
const code = domain('code', varchar(10))
const part = domain('part', integer(), { check: sql`fits(value)` })
const grade = domain('grade', integer())
const state = domain('state', mood, { default: 'good' })

@Entity('orders')
@Index(['code'])
class Order {
  @PrimaryKey(integer(), { identity: 'always' }) id!: number
  @Column(email) email!: string
  @Column(amount) amount!: number
  @Column(code) code!: string
  @Column(code.array(), { default: ['x'] }) codes!: string[]
  @Column(state, { nullable: true }) state!: 'good' | 'bad' | null
  @Column(part, { nullable: true }) part!: number | null
  @Column(grade.array()) grades!: number[]
  @Column(integer()) plain!: number
}

export default class Db extends DbContext {
  get orders(): DbEntityTable<Order> {
    return this.table(Order)
  }
  protected override setupModel(model: DbModelConfig): void {
    model.has(
      sqlFunction('fits', {
        arguments: { v: integer() },
        returns: 'boolean',
        language: 'sql',
        volatility: 'immutable',
        body: 'select v > 0',
      }),
    )
  }
}
