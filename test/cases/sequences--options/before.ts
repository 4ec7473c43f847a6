import { DbContext, type DbModelConfig } from '../../../src/index.js'

export default class Db extends DbContext {
  protected override setupModel(model: DbModelConfig): void {
    model.sequence('numbers', { start: 1000, increment: 5, dataType: 'integer', cache: 3 })
    model.sequence('old_name')
    model.sequence('gone')
  }
}
