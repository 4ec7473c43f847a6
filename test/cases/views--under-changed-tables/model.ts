import {
  Column,
  customType,
  DbContext,
  type DbEntityTable,
  type DbModelConfig,
  Entity,
  enumType,
  integer,
  materializedView,
  PrimaryKey,
  sql,
  text,
  varchar,
  view,
} from '../../../src/index.js'

const grade = enumType('grade', ['high', 'mid', 'low'])

@Entity('items')
class Item {
  @PrimaryKey(integer()) id!: number
  @Column(varchar(40)) code!: string
  @Column(grade) grade!: 'low' | 'mid' | 'high'
  @Column(text(), { nullable: true, renamedFrom: 'note' }) label!: string | null
}

/** The type of a column, the order of an enum and a column's name change under views of views. */
@Entity('kept')
class Kept {
  @PrimaryKey(integer()) id!: number
  @Column(customType<string>('public.codes'), { nullable: true }) row!: string | null
  @Column(customType<string>('public.codes').array(), { nullable: true }) rows!: string[] | null
}

export default class Db extends DbContext {
  get items(): DbEntityTable<Item> {
    return this.table(Item)
  }
  get kept(): DbEntityTable<Kept> {
    return this.table(Kept)
  }
  protected override setupModel(model: DbModelConfig): void {
    model.has(
      view('codes', {
        query: sql`select id, code, grade from items`,
        comment: 'all of them',
        columnComments: { code: 'short' },
      }),
      view('loud_codes', { query: sql`select upper(code) as code from codes` }),
      materializedView('code_list', {
        query: sql`select code, grade, count(*) as n from codes group by code, grade`,
        indexes: [{ columns: ['code', 'grade'], unique: true, comment: 'theirs' }, { columns: [sql`lower(code)`] }],
      }),
      materializedView('empty_list', { query: sql`select code from code_list`, withData: false }),
      view('over_list', { query: sql`select code from code_list where code in ('a', 'b')` }),
      view('notes', { query: sql`select i.id, i.label as note from items i` }),
    )
  }
}
