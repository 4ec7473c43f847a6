import { DbContext, type DbModelConfig, defaultPrivileges, Entity, integer, PrimaryKey } from '../../../src/index.js'

@Entity({ table: 'first', schema: 'app' })
class First {
  @PrimaryKey(integer()) id!: number
}

export default class App extends DbContext {
  protected override setupModel(model: DbModelConfig): void {
    model.entity(First)
    model.has(
      defaultPrivileges('insert', { on: 'tables', schema: 'app', to: 'lockstep_future_old' }),
      defaultPrivileges('usage', { on: 'sequences', to: 'lockstep_future_app' }),
    )
  }
}
