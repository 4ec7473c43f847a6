// Roles are never made: the plan says which are missing.
import { DbContext, type DbModelConfig, Entity, integer, PrimaryKey, policy, sql, With } from '../../../src/index.js'

export const refused = 'ROLE_MISSING'

@Entity('notes')
@With(
  policy('readers', {
    for: 'select',
    to: ['lockstep_case_nobody', 'public', 'lockstep_case_absent'],
    using: sql`true`,
  }),
)
class Note {
  @PrimaryKey(integer()) id!: number
}

export default class Notes extends DbContext {
  protected override setupModel(model: DbModelConfig): void {
    model.entity(Note)
  }
}
