import {
  Column,
  DbContext,
  type DbModelConfig,
  Entity,
  integer,
  PrimaryKey,
  policy,
  sql,
  text,
  With,
} from '../../../src/index.js'

@Entity('notes')
@With(policy('readers', { for: 'select', to: 'lockstep_case_old', using: sql`owner = current_user` }))
@With(
  policy('writers', {
    to: 'lockstep_case_old',
    using: sql`true`,
    withCheck: sql`owner = current_user`,
    comment: 'Stays',
  }),
)
@With(policy('sense', { using: sql`id > 0` }))
@With(policy('command', { for: 'update', using: sql`id > 0` }))
@With(policy('emptied', { using: sql`id > 0`, withCheck: sql`id > 1` }))
@With(policy('old_name', { using: sql`id > 0` }))
@With(policy('gone', { using: sql`id > 0` }))
class Note {
  @PrimaryKey(integer()) id!: number
  @Column(text()) owner!: string
}

export default class Notes extends DbContext {
  protected override setupModel(model: DbModelConfig): void {
    model.entity(Note)
  }
}
