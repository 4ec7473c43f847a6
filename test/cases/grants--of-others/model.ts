// A role that the model does not name keeps what it has; of one that it names, what it does not say is asked about. What default privileges give to a new table is no difference.
import {
  Column,
  DbContext,
  type DbModelConfig,
  Entity,
  grant,
  integer,
  PrimaryKey,
  text,
  With,
} from '../../../src/index.js'

export const roles = ['lockstep_others_app', 'lockstep_others_dba']
export const strangers = true

@Entity('documents')
@With(grant(['select', 'update'], { to: 'lockstep_others_app' }))
class Document {
  @PrimaryKey(integer()) id!: number
  @Column(text()) owner!: string
}

@Entity('alone')
class Alone {
  @PrimaryKey(integer()) id!: number
}

@Entity('fresh')
class Fresh {
  @PrimaryKey(integer()) id!: number
}

@Entity('narrow')
@With(grant('insert', { to: 'lockstep_others_app' }))
class Narrow {
  @PrimaryKey(integer()) id!: number
}

export default class Documents extends DbContext {
  protected override setupModel(model: DbModelConfig): void {
    for (const entity of [Document, Alone, Fresh, Narrow]) model.entity(entity)
  }
}
