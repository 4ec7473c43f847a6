import {
  Check,
  Column,
  DbContext,
  type DbEntityTable,
  Entity,
  Index,
  integer,
  PrimaryKey,
  sql,
  text,
  varchar,
} from '../../../src/index.js'

@Entity('t')
@Index([sql`lower(a)`])
@Index(['a'])
@Index([{ property: 'b', collation: 'C' }, sql`upper(b) collate "POSIX"`])
@Index([{ expression: sql`a || b`, collation: 'C' }])
@Check('c', sql`a < 'm' collate "C"`)
class T {
  @PrimaryKey(integer()) id!: number
  @Column(text(), { collation: 'C' }) a!: string
  @Column(varchar(5), { collation: { schema: 'pg_catalog', name: 'POSIX' } }) b!: string
  @Column(text(), { default: 'x' }) c!: string
}

export default class Db extends DbContext {
  get t(): DbEntityTable<T> {
    return this.table(T)
  }
}
