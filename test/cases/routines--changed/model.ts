import {
  aggregate,
  Column,
  DbContext,
  type DbEntityTable,
  type DbModelConfig,
  Entity,
  enumType,
  integer,
  numeric,
  PrimaryKey,
  procedure,
  sql,
  sqlFunction,
  text,
  timestamptz,
  trigger,
  With,
} from '../../../src/index.js'

const level = enumType('level', ['high', 'low', 'middle'])

@Entity('users')
@With(
  trigger('touched', {
    when: 'before',
    events: ['update'],
    of: ['first', 'last'],
    forEach: 'row',
    function: 'touch',
    condition: sql`old.first is distinct from new.first`,
    renamedFrom: 'set_updated_at',
    comment: 'keeps the time',
  }),
  trigger('noted', { when: 'after', events: ['insert'], forEach: 'row', function: 'note', arguments: ['users'] }),
)
class User {
  @PrimaryKey(integer(), { identity: 'always' }) id!: number
  @Column(text()) first!: string
  @Column(text()) last!: string
  @Column(level, { default: 'low' }) level!: 'low' | 'high' | 'middle'
  @Column(timestamptz(), { nullable: true }) updatedAt!: Date | null
  @Column(text(), { default: sql`label(1)` }) label!: string
  @Column(text(), { default: sql`short('x'::text)` }) short!: string
}

export default class Db extends DbContext {
  get users(): DbEntityTable<User> {
    return this.table(User)
  }
  protected override setupModel(model: DbModelConfig): void {
    model.has(
      // An argument with a default comes: beside its successor the old one would be meant as well.
      sqlFunction('short', {
        arguments: { v: text(), to: { type: integer(), default: sql`1` } },
        returns: text(),
        language: 'sql',
        body: 'select left(v, "to")',
      }),
      sqlFunction('touch', {
        returns: 'trigger',
        body: 'begin new.updated_at := clock_timestamp(); return new; end',
        settings: { search_path: ['public', 'pg_temp'] },
      }),
      sqlFunction('note', { returns: 'trigger', body: 'begin return new; end' }),
      // An argument of another name: what uses it makes way.
      sqlFunction('label', {
        arguments: { no: integer() },
        returns: text(),
        language: 'sql',
        volatility: 'immutable',
        body: "select 'no. ' || no",
      }),
      sqlFunction('full_name', {
        arguments: { person: 'users' },
        returns: text(),
        statement: sql`return person.last || ', ' || person.first`,
      }),
      sqlFunction('is_high', {
        arguments: [level],
        returns: 'boolean',
        language: 'sql',
        body: "select $1::text = 'high'",
      }),
      sqlFunction('new_name', {
        arguments: { a: integer(), b: { type: integer(), default: sql`1` } },
        returns: { table: { x: integer(), y: level } },
        language: 'sql',
        body: 'select a, null::level',
        rows: 5,
        parallel: 'safe',
        comment: 'about it',
      }),
      procedure('clean', {
        arguments: { before: timestamptz(), number: { type: integer(), mode: 'inout', default: sql`0` } },
        body: 'begin delete from users where updated_at < before; end',
        securityDefiner: true,
      }),
      aggregate('product', {
        arguments: [numeric()],
        state: { function: 'numeric_mul', type: numeric(), initial: '1' },
        combine: 'numeric_mul',
        parallel: 'safe',
      }),
    )
  }
}
