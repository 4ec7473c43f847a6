// Roles and conditions in place, a comment kept; sense, command and a condition that goes need it made again; renamed; dropped.
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

export const roles = ['lockstep_case_old', 'lockstep_case_new']

@Entity('notes')
@With(
  policy('readers', {
    for: 'select',
    to: ['lockstep_case_new', 'lockstep_case_old'],
    using: sql`owner = session_user`,
  }),
)
@With(policy('writers', { using: sql`true`, withCheck: sql`owner <> ''`, comment: 'Stays' }))
@With(policy('sense', { as: 'restrictive', using: sql`id > 0` }))
@With(policy('command', { for: 'delete', using: sql`id > 0` }))
@With(policy('emptied', { using: sql`id > 0` }))
@With(policy('new_name', { renamedFrom: 'old_name', using: sql`id > 5` }))
class Note {
  @PrimaryKey(integer()) id!: number
  @Column(text()) owner!: string
}

export default class Notes extends DbContext {
  protected override setupModel(model: DbModelConfig): void {
    model.entity(Note)
  }
}
