import { DbContext, type DbModelConfig } from '../../../src/index.js'

export default class Db extends DbContext {
  protected override setupModel(model: DbModelConfig): void {
    model.schema('kept')
    model.schema('new')
  }
}
