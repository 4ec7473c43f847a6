// Tables, single columns, views, sequences, types, schemas; several grants add up; with grant option; what everybody has by itself is taken away.
import {
  Column,
  DbContext,
  type DbModelConfig,
  Entity,
  enumType,
  grant,
  integer,
  PrimaryKey,
  schema,
  sql,
  text,
  view,
  With,
} from '../../../src/index.js'

export const roles = ['lockstep_grants_app', 'lockstep_grants_odd']

const mood = enumType('mood', ['good', 'bad'])

@Entity('people')
@With(
  grant('select', { to: ['lockstep_grants_app', 'lockstep_grants_odd'] }),
  grant(['insert', 'delete'], { to: 'lockstep_grants_app', withGrantOption: true }),
  grant(['update', 'select'], { to: 'lockstep_grants_app', columns: ['name', 'mood'] }),
  grant('select', { to: 'public', columns: ['id'] }),
)
class Person {
  @PrimaryKey(integer()) id!: number
  @Column(text()) name!: string
  @Column(mood) mood!: 'good' | 'bad'
}

@Entity({ table: 'orders', schema: 'app' })
@With(grant(['truncate', 'trigger'], { to: 'lockstep_grants_app' }))
class Order {
  @PrimaryKey(integer()) id!: number
}

export default class People extends DbContext {
  protected override setupModel(model: DbModelConfig): void {
    model.entity(Person)
    model.entity(Order)
    model.sequence('numbers')
    const names = view('names', { query: sql`select name from people` })
    model.has(
      names,
      grant('select', { on: names, to: 'lockstep_grants_odd', columns: ['name'] }),
      grant('usage', { on: { kind: 'sequence', name: 'numbers' }, to: 'lockstep_grants_app' }),
      grant([], { on: { kind: 'enum', name: 'mood' }, to: 'public' }),
      grant('usage', { on: { kind: 'enum', name: 'mood' }, to: 'lockstep_grants_app' }),
      grant('usage', { on: schema('app'), to: 'lockstep_grants_app' }),
      grant('create', { on: schema('public'), to: 'lockstep_grants_app' }),
    )
  }
}
