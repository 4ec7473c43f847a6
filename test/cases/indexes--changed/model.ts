import {
  Column,
  DbContext,
  type DbEntityTable,
  Entity,
  Index,
  integer,
  jsonb,
  PrimaryKey,
  sql,
  text,
} from '../../../src/index.js'

@Entity('docs')
@Index(['title'], { name: 'a', unique: true })
@Index([{ property: 'title', order: 'desc' }], { name: 'b', comment: 'kept' })
@Index([sql`upper(title)`], { name: 'c' })
@Index(['title'], { name: 'd', where: sql`size > 2` })
@Index(['size'], { name: 'e', method: 'hash' })
@Index([{ property: 'title', opclass: 'text_pattern_ops' }], { name: 'f' })
@Index(['title'], { name: 'g', include: ['size'] })
@Index(['title'], { name: 'new', renamedFrom: 'old' })
class Doc {
  @PrimaryKey(integer()) id!: number
  @Column(text()) title!: string
  @Column(jsonb()) body!: unknown
  @Column(text().array(), { default: [] }) tags!: string[]
  @Column(integer(), { nullable: true }) size!: number | null
}

export default class Db extends DbContext {
  get docs(): DbEntityTable<Doc> {
    return this.table(Doc)
  }
}
