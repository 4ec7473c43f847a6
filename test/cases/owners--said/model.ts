// Owners where the model says them; a view that is made again gets its owner back, and its owner needs no grant; the sequence of a column is its table's owner's.
import {
  Column,
  DbContext,
  type DbModelConfig,
  Entity,
  grant,
  integer,
  owner,
  PrimaryKey,
  schema,
  serial,
  sql,
  varchar,
  view,
  With,
} from '../../../src/index.js'

export const roles = ['lockstep_owner_a', 'lockstep_owner_b']

@Entity('notes')
@With(owner('lockstep_owner_b'), grant('select', { to: ['lockstep_owner_a', 'lockstep_owner_b'] }))
class Note {
  @PrimaryKey(integer()) id!: number
  @Column(varchar(40)) text!: string
  @Column(serial()) turn!: number
}

@Entity('others')
class Other {
  @PrimaryKey(integer()) id!: number
  @Column(serial()) turn!: number
}

export default class Notes extends DbContext {
  protected override setupModel(model: DbModelConfig): void {
    model.entity(Note)
    model.entity(Other)
    const texts = view('texts', { query: sql`select text from notes` })
    model.has(
      texts,
      owner('lockstep_owner_a', { on: texts }),
      owner('lockstep_owner_b', { on: schema('app') }),
      grant('all', { on: { kind: 'sequence', name: 'numbers' }, to: 'lockstep_owner_a' }),
    )
    model.schema('app')
    model.sequence('numbers')
  }
}
