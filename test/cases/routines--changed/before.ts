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

const level = enumType('level', ['low', 'high'])

@Entity('users')
@With(
  trigger('set_updated_at', { when: 'before', events: ['update'], forEach: 'row', function: 'touch' }),
  trigger('noted', {
    when: 'after',
    events: ['insert'],
    forEach: 'row',
    function: 'note',
    arguments: ['users'],
    enabled: 'disabled',
  }),
)
class User {
  @PrimaryKey(integer(), { identity: 'always' }) id!: number
  @Column(text()) first!: string
  @Column(text()) last!: string
  @Column(level, { default: 'low' }) level!: 'low' | 'high'
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
      sqlFunction('short', { arguments: { v: text() }, returns: text(), language: 'sql', body: 'select v' }),
      sqlFunction('touch', { returns: 'trigger', body: 'begin new.updated_at := now(); return new; end' }),
      sqlFunction('note', { returns: 'trigger', body: 'begin return new; end' }),
      sqlFunction('label', {
        arguments: { number: integer() },
        returns: text(),
        language: 'sql',
        volatility: 'immutable',
        body: "select 'no. ' || number",
      }),
      sqlFunction('full_name', {
        arguments: { person: 'users' },
        returns: text(),
        statement: sql`return person.first || ' ' || person.last`,
      }),
      sqlFunction('is_high', {
        arguments: [level],
        returns: 'boolean',
        language: 'sql',
        body: "select $1::text = 'high'",
      }),
      sqlFunction('old_name', {
        arguments: { a: integer() },
        returns: integer(),
        language: 'sql',
        body: 'select a',
        comment: 'about it',
      }),
      procedure('clean', {
        arguments: { before: timestamptz() },
        language: 'sql',
        body: 'delete from users where updated_at < before',
      }),
      aggregate('product', {
        arguments: [numeric()],
        state: { function: 'numeric_mul', type: numeric(), initial: '1' },
      }),
    )
  }
}
