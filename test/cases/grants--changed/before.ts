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
  varchar,
  view,
  With,
} from '../../../src/index.js'

const mood = enumType('mood', ['good', 'bad', 'odd'])

@Entity({ table: 'people', renamedFrom: 'persons' })
@With(
  grant(['select', 'insert', 'update'], { to: 'lockstep_granted_app' }),
  grant('references', { to: 'lockstep_granted_app', columns: ['id'] }),
  grant('select', { to: 'lockstep_granted_old' }),
)
class Person {
  @PrimaryKey(integer()) id!: number
  @Column(varchar(20)) name!: string
  @Column(mood) mood!: 'good' | 'bad' | 'odd'
  @Column(text(), { nullable: true }) gone!: string | null
}

export default class People extends DbContext {
  protected override setupModel(model: DbModelConfig): void {
    model.entity(Person)
    const names = view('names', { query: sql`select name, mood from people` })
    model.has(
      names,
      grant('select', { on: names, to: 'lockstep_granted_app' }),
      grant('update', { on: names, to: 'lockstep_granted_app', columns: ['name'] }),
      grant([], { on: { kind: 'enum', name: 'mood' }, to: 'public' }),
      grant('usage', { on: schema('public'), to: 'lockstep_granted_old' }),
    )
  }
}
