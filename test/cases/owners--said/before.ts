import {
  Column,
  DbContext,
  type DbModelConfig,
  Entity,
  integer,
  owner,
  PrimaryKey,
  sql,
  varchar,
  view,
  With,
} from '../../../src/index.js'

@Entity('notes')
@With(owner('lockstep_owner_a'))
class Note {
  @PrimaryKey(integer()) id!: number
  @Column(varchar(20)) text!: string
}

@Entity('others')
@With(owner('lockstep_owner_a'))
class Other {
  @PrimaryKey(integer()) id!: number
}

export default class Notes extends DbContext {
  protected override setupModel(model: DbModelConfig): void {
    model.entity(Note)
    model.entity(Other)
    const texts = view('texts', { query: sql`select text from notes` })
    model.has(texts, owner('lockstep_owner_a', { on: texts }))
  }
}
