import {
  Column,
  customType,
  DbContext,
  type DbEntityTable,
  type DbModelConfig,
  Entity,
  Index,
  integer,
  PrimaryKey,
  text,
} from '../../../src/index.js'

@Entity('t')
@Index([{ property: 'name', opclass: 'gin_trgm_ops' }], { method: 'gin' })
class T {
  @PrimaryKey(integer()) id!: number
  @Column(customType<string>('citext'), { default: 'x' }) mail!: string
  @Column(text()) name!: string
}

export default class Db extends DbContext {
  get t(): DbEntityTable<T> {
    return this.table(T)
  }
  protected override setupModel(model: DbModelConfig): void {
    model.extension('citext')
    model.extension('pg_trgm', { schema: 'ext', comment: 'trigrams' })
  }
}
