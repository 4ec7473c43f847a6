import {
  Check,
  Column,
  collation,
  compositeType,
  DbContext,
  type DbEntityTable,
  type DbModelConfig,
  Entity,
  Index,
  integer,
  PrimaryKey,
  sql,
  text,
  Unique,
} from '../../../src/index.js'

const german = collation('german', { locale: 'de-DE', comment: 'As in a phone book' })
const word = compositeType('word', { spelled: { type: text(), collation: german } })

@Entity('words')
@Unique(['word'])
@Index(['other'], { where: sql`other > 'b' collate german` })
@Check('sorted', sql`other < 'z' collate german`)
class Word {
  @PrimaryKey(integer(), { identity: 'always' }) id!: number
  @Column(text(), { collation: german }) word!: string
  @Column(text()) other!: string
  @Column(word, { nullable: true }) of!: string | null
}

export default class Db extends DbContext {
  get words(): DbEntityTable<Word> {
    return this.table(Word)
  }
  protected override setupModel(model: DbModelConfig): void {
    model.has(collation('unused', { provider: 'libc', lcCollate: 'C', lcCtype: 'POSIX' }))
  }
}
