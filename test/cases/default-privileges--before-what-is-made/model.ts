// They change before anything is made, and what they give is known: the second plan is empty, and what a grant says otherwise is set right.
import {
  DbContext,
  type DbModelConfig,
  defaultPrivileges,
  Entity,
  grant,
  integer,
  PrimaryKey,
  With,
} from '../../../src/index.js'

export const roles = ['lockstep_future_app', 'lockstep_future_old']

@Entity({ table: 'second', schema: 'app' })
@With(grant(['select', 'update'], { to: 'lockstep_future_app' }))
class Second {
  @PrimaryKey(integer()) id!: number
}

@Entity({ table: 'third', schema: 'app' })
class Third {
  @PrimaryKey(integer()) id!: number
}

export default class App extends DbContext {
  protected override setupModel(model: DbModelConfig): void {
    model.entity(Second)
    model.entity(Third)
    model.has(
      defaultPrivileges(['select', 'delete'], { on: 'tables', schema: 'app', to: 'lockstep_future_app' }),
      defaultPrivileges('usage', { on: 'sequences', to: 'lockstep_future_app', withGrantOption: true }),
      defaultPrivileges([], { on: 'functions', to: 'public' }),
      defaultPrivileges('all', { on: 'types', for: 'lockstep_future_old', to: 'lockstep_future_app' }),
    )
  }
}
