// Narrowed to columns, widened, taken away; grants of a view and an enum that are made again come back; a table renamed under them.
import {
  Column,
  DbContext,
  type DbModelConfig,
  Entity,
  enumType,
  grant,
  integer,
  PrimaryKey,
  sql,
  varchar,
  view,
  With,
} from '../../../src/index.js'

export const roles = ['lockstep_granted_app', 'lockstep_granted_old']

const mood = enumType('mood', ['good', 'bad'])

@Entity({ table: 'persons', renamedFrom: 'people' })
@With(
  grant(['select', 'delete'], { to: 'lockstep_granted_app' }),
  grant(['references', 'update'], { to: 'lockstep_granted_app', columns: ['id'] }),
)
class Person {
  @PrimaryKey(integer()) id!: number
  @Column(varchar(40)) name!: string
  @Column(mood) mood!: 'good' | 'bad'
}

export default class People extends DbContext {
  protected override setupModel(model: DbModelConfig): void {
    model.entity(Person)
    const names = view('names', { query: sql`select name, mood from persons` })
    model.has(
      names,
      grant('select', { on: names, to: 'lockstep_granted_app' }),
      grant('update', { on: names, to: 'lockstep_granted_app', columns: ['name'] }),
      grant([], { on: { kind: 'enum', name: 'mood' }, to: 'public' }),
    )
  }
}
