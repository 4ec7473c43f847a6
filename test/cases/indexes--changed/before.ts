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
@Index(['title'], { name: 'a' })
@Index([{ property: 'title', order: 'asc' }], { name: 'b', comment: 'kept' })
@Index([sql`lower(title)`], { name: 'c' })
@Index(['title'], { name: 'd', where: sql`size > 1` })
@Index(['size'], { name: 'e' })
@Index(['title'], { name: 'f' })
@Index(['title'], { name: 'g' })
@Index(['title'], { name: 'old' })
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
