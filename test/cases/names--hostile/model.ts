import {
  Check,
  Column,
  DbContext,
  type DbEntityTable,
  Entity,
  enumType,
  ForeignKey,
  Index,
  integer,
  PrimaryKey,
  serial,
  sql,
  text,
  Unique,
} from '../../../src/index.js'

const labels = enumType('e\'nu"m; --', ["it's", '"quoted"', 'back\\slash', 'Ünïcode', '); drop table users; --'])

@Entity({ table: 'a"b; drop table users; --', schema: 'Söme "Schema"', comment: "it's \\ a 'comment'; --" })
@Index(['weird'], { name: 'in"dex; --' })
@Unique(['weird', 'label'], { name: "un'ique" })
@Check('che"ck\'', sql`"we""ird; --" <> ''`)
class Hostile {
  @PrimaryKey(serial(), { name: 'I D' }) id!: number
  @Column(text(), { name: 'we"ird; --', default: "'; drop table users; --", comment: '$$ "\'' }) weird!: string
  @Column(labels, { default: "it's" }) label!:
    | "it's"
    | '"quoted"'
    | 'back\\slash'
    | 'Ünïcode'
    | '); drop table users; --'
  @Column(labels.array(), { default: ["it's", '"quoted"', 'back\\slash'] }) labels!: (
    | "it's"
    | '"quoted"'
    | 'back\\slash'
    | 'Ünïcode'
    | '); drop table users; --'
  )[]
  @ForeignKey(() => Hostile, { name: 'f k' }) @Column(integer(), { name: 'Ünïcode.column', nullable: true }) parent!:
    | number
    | null
}

@Entity('Ünïcode')
class Unicode {
  @PrimaryKey(integer(), { name: 'select' }) id!: number
  @Column(text(), { name: 'Capital Column', default: '\\x; \n' }) capital!: string
}

export default class Db extends DbContext {
  get hostile(): DbEntityTable<Hostile> {
    return this.table(Hostile)
  }
  get unicode(): DbEntityTable<Unicode> {
    return this.table(Unicode)
  }
}
