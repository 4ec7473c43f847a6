import {
  Column,
  collation,
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

const bytes = collation('bytes', { provider: 'libc', locale: 'C' })
const mood = enumType('mood', ['bad', 'good'])
const email = domain('email', text(), { check: sql`value ~ '@' and value <> ''`, notNull: true })
const amount = domain('amount', integer(), {
  check: { at_least_zero: sql`value >= 0`, tiny: { expression: sql`value < 5`, notValid: true } },
})
const code = domain('code', varchar(20), { collation: bytes })
const part = domain('part', integer(), { check: sql`fits(value)` })
const grade = domain('grade', integer(), { check: sql`value between 1 and 6` })
const state = domain('mood_state', mood, { default: 'good', renamedFrom: 'state' })

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
  @Column(amount) plain!: number
}

export default class Db extends DbContext {
  get orders(): DbEntityTable<Order> {
    return this.table(Order)
  }
  protected override setupModel(model: DbModelConfig): void {
    model.has(
      sqlFunction('fits', {
        arguments: { v: integer(), least: { type: integer(), default: sql`0` } },
        returns: 'boolean',
        language: 'sql',
        volatility: 'immutable',
        body: 'select v > least',
      }),
    )
  }
}
