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
@Index(['title'], { unique: true })
@Index(['body'], { method: 'gin' })
@Index([{ property: 'body', opclass: 'jsonb_path_ops' }], { method: 'gin', name: 'by path' })
@Index([
  { property: 'title', opclass: 'text_pattern_ops', order: 'desc' },
  { property: 'size', order: 'desc', nulls: 'last' },
])
@Index([{ property: 'title', collation: 'C', nulls: 'first' }])
@Index([sql`lower(title)`, sql`coalesce(size, -1)`], {
  where: sql`size in (1, 2) and title like 'a%' or size is null`,
  include: ['size'],
  comment: 'lower',
})
@Index([sql`(body ->> 'a')`])
@Index(['size'], { method: 'hash' })
@Index(['id'], { method: 'brin' })
@Index(['tags'], { method: 'gin', name: 'docs_tags' })
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
