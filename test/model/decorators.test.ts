// What each decorator comes to, in the legacy form, and that the fluent API says the same.
import {
  bigserial,
  boolean,
  Check,
  Column,
  customType,
  type DbModelConfig,
  Entity,
  type EntityClass,
  enumType,
  ForeignKey,
  Index,
  integer,
  jsonb,
  numeric,
  PrimaryKey,
  serial,
  sql,
  text,
  timestamptz,
  Unique,
  varchar,
  With,
} from 'lockstep-pg'
import { describe, expect, test } from 'vitest'
import { modelOf, plain } from './support/building.js'

const status = enumType('order_status', ['pending', 'done'], { comment: 'How far it is' })

@Entity({ table: 'people', schema: 'auth', comment: 'People', renamedFrom: 'persons', ignore: ['comment'] })
@Index(['email'], { unique: true, where: sql`deleted_at is null`, comment: 'living ones', renamedFrom: 'old_idx' })
@Index([sql`lower(email)`, { property: 'createdAt', order: 'desc', nulls: 'last', opclass: 'timestamptz_ops' }], {
  name: 'by_mail',
  method: 'btree',
  include: ['age'],
})
@Unique(['email', 'age'], { name: 'mail_age', comment: 'a pair' })
@Check('age_is_sane', sql`age between 0 and 150`, { comment: 'sane', renamedFrom: 'age_check' })
@Check(sql`age < id`)
@Check(sql`age <> 13`)
@With((table) => ({ kind: 'made_up', object: table }))
class Person {
  @PrimaryKey(integer(), { identity: { generation: 'byDefault', start: 10, increment: 2n, cycle: true } }) id!: number
  @Column(varchar(100), { collation: 'C', comment: 'mail', renamedFrom: 'mail' }) @Unique() email!: string
  @Column(integer(), { nullable: true, using: sql`age::integer`, backfill: sql`0` }) @Index() age!: number | null
  @Column(timestamptz(), { default: sql`now()` }) createdAt!: Date
  @Column(timestamptz(), { nullable: true, ignore: ['default'] }) deletedAt!: Date | null
  @Column(numeric(10, 2), { generated: sql`age * 2` }) twice!: string
  @Column(jsonb<{ a: number[] }>(), { default: { a: [1] }, name: 'Settings' }) settings!: { a: number[] }
  @Column(boolean(), { ignore: true }) flag!: boolean
  @Column(status.array(), { default: ['done'] }) history!: ('pending' | 'done')[]
}

@Entity()
@ForeignKey(() => Person, { properties: ['holder', 'holderAge'], references: ['email', 'age'], name: 'holder_fk' })
class OrderLine {
  @PrimaryKey(bigserial()) id!: string
  @ForeignKey(() => Person, { onDelete: 'cascade', onUpdate: 'set null', comment: 'who', renamedFrom: 'x_fkey' })
  @Column(integer())
  personId!: number
  @Column(varchar(100)) holder!: string
  @Column(integer()) holderAge!: number
  @Column(status, { default: 'pending' }) status!: 'pending' | 'done'
}

class PlainPerson {
  id!: number
  email!: string
  age!: number | null
  createdAt!: Date
  deletedAt!: Date | null
  twice!: string
  settings!: { a: number[] }
  flag!: boolean
  history!: ('pending' | 'done')[]
}
class PlainOrderLine {
  id!: string
  personId!: number
  holder!: string
  holderAge!: number
  status!: 'pending' | 'done'
}

function fluently(model: DbModelConfig): void {
  model.entity(PlainPerson, (e) => {
    e.toTable('people', 'auth').hasComment('People').renamedFrom('persons').ignoreDifferences('comment')
    e.property((p) => p.id)
      .hasType(integer())
      .hasIdentity({ generation: 'byDefault', start: 10, increment: 2n, cycle: true })
      .isPrimaryKey()
    e.property((p) => p.email)
      .hasType(varchar(100))
      .hasCollation('C')
      .hasComment('mail')
      .renamedFrom('mail')
    e.property((p) => p.age)
      .hasType(integer())
      .isRequired(false)
      .using(sql`age::integer`)
      .backfill(sql`0`)
    e.property((p) => p.createdAt)
      .hasType(timestamptz())
      .hasDefaultSql(sql`now()`)
    e.property((p) => p.deletedAt)
      .hasType(timestamptz())
      .isRequired(false)
      .ignore('default')
    e.property((p) => p.twice)
      .hasType(numeric(10, 2))
      .isGenerated(sql`age * 2`)
    e.property((p) => p.settings)
      .hasType(jsonb<{ a: number[] }>())
      .hasDefaultValue({ a: [1] })
      .hasColumnName('Settings')
    e.property((p) => p.flag)
      .hasType(boolean())
      .ignore()
    e.property((p) => p.history)
      .hasType(status.array())
      .hasDefaultValue(['done'])
    e.hasIndex((p) => p.email)
      .isUnique()
      .where(sql`deleted_at is null`)
      .hasComment('living ones')
      .renamedFrom('old_idx')
    e.hasIndex((p) => [sql`lower(email)`, p.createdAt])
      .hasDbName('by_mail')
      .hasMethod('btree')
      .include((p) => p.age)
      .hasOrder('desc', 'last', 1)
      .hasOperatorClass('timestamptz_ops', 1)
    e.isUnique((p) => [p.email, p.age])
      .hasDbName('mail_age')
      .hasComment('a pair')
    e.hasCheckConstraint('age_is_sane', sql`age between 0 and 150`).hasComment('sane').renamedFrom('age_check')
    e.hasCheckConstraint(sql`age < id`)
    e.hasCheckConstraint(sql`age <> 13`)
    e.property((p) => p.email).isUnique()
    e.hasIndex((p) => p.age)
    e.has((table) => ({ kind: 'made_up', object: table }))
  })
  model.entity(PlainOrderLine, (e) => {
    e.toTable('order_line')
    e.property((p) => p.id).hasType(bigserial())
    e.hasKey((p) => p.id)
    e.property((p) => p.personId).hasType(integer())
    e.property((p) => p.holder).hasType(varchar(100))
    e.property((p) => p.holderAge).hasType(integer())
    e.property((p) => p.status)
      .hasType(status)
      .hasDefaultValue('pending')
    e.hasOne(PlainPerson)
      .withForeignKey((p) => [p.holder, p.holderAge])
      .withPrincipalKey((p) => [p.email, p.age])
      .hasDbName('holder_fk')
    e.hasOne(() => PlainPerson)
      .withForeignKey((p) => p.personId)
      .onDelete('cascade')
      .onUpdate('set null')
      .hasComment('who')
      .renamedFrom('x_fkey')
  })
}

const expected = {
  contextName: 'Test',
  defaultSchema: 'public',
  schemas: [{ name: 'public' }, { name: 'auth' }],
  extensions: [],
  enums: [{ schemaName: 'public', name: 'order_status', values: ['pending', 'done'], comment: 'How far it is' }],
  sequences: [
    {
      schemaName: 'public',
      name: 'order_line_id_seq',
      dataType: 'bigint',
      ownedBy: { schemaName: 'public', table: 'order_line', column: 'id' },
    },
  ],
  tables: [
    {
      schemaName: 'auth',
      name: 'people',
      managed: true,
      ignore: ['comment'],
      columns: [
        {
          property: 'id',
          name: 'id',
          type: { sql: 'integer' },
          nullable: false,
          identity: { generation: 'byDefault', start: '10', increment: '2', cycle: true },
          ignore: [],
        },
        {
          property: 'email',
          name: 'email',
          type: { sql: 'varchar(100)' },
          nullable: false,
          collation: { collationName: 'C' },
          comment: 'mail',
          renamedFrom: 'mail',
          ignore: [],
        },
        {
          property: 'age',
          name: 'age',
          type: { sql: 'integer' },
          nullable: true,
          using: 'age::integer',
          backfill: '0',
          ignore: [],
        },
        {
          property: 'createdAt',
          name: 'created_at',
          type: { sql: 'timestamptz' },
          nullable: false,
          default: { expression: 'now()' },
          ignore: [],
        },
        {
          property: 'deletedAt',
          name: 'deleted_at',
          type: { sql: 'timestamptz' },
          nullable: true,
          ignore: ['default'],
        },
        {
          property: 'twice',
          name: 'twice',
          type: { sql: 'numeric(10,2)' },
          nullable: false,
          generated: { expression: 'age * 2', stored: true },
          ignore: [],
        },
        {
          property: 'settings',
          name: 'Settings',
          type: { sql: 'jsonb' },
          nullable: false,
          default: { literal: { a: [1] } },
          ignore: [],
        },
        { property: 'flag', name: 'flag', type: { sql: 'boolean' }, nullable: false, ignore: ['*'] },
        {
          property: 'history',
          name: 'history',
          type: { sql: '"order_status"[]', schemaName: 'public' },
          nullable: false,
          default: { literal: ['done'] },
          ignore: [],
        },
      ],
      primaryKey: { name: 'people_pkey', columns: ['id'] },
      uniques: [
        { name: 'mail_age', columns: ['email', 'age'], comment: 'a pair' },
        { name: 'people_email_key', columns: ['email'] },
      ],
      checks: [
        {
          name: 'age_is_sane',
          expression: 'age between 0 and 150',
          comment: 'sane',
          renamedFrom: 'age_check',
        },
        { name: 'people_check', expression: 'age < id' },
        { name: 'people_age_check', expression: 'age <> 13' },
      ],
      excludes: [],
      indexes: [
        {
          name: 'people_email_idx',
          keys: [{ column: 'email' }],
          unique: true,
          method: 'btree',
          where: 'deleted_at is null',
          include: [],
          comment: 'living ones',
          renamedFrom: 'old_idx',
        },
        {
          name: 'by_mail',
          keys: [
            { expression: 'lower(email)' },
            { column: 'created_at', opclass: 'timestamptz_ops', order: 'desc', nulls: 'last' },
          ],
          unique: false,
          method: 'btree',
          include: ['age'],
        },
        { name: 'people_age_idx', keys: [{ column: 'age' }], unique: false, method: 'btree', include: [] },
      ],
      foreignKeys: [],
      comment: 'People',
      renamedFrom: 'persons',
    },
    {
      schemaName: 'public',
      name: 'order_line',
      managed: true,
      ignore: [],
      columns: [
        {
          property: 'id',
          name: 'id',
          type: { sql: 'bigint', serial: true },
          nullable: false,
          default: { expression: `nextval('"public"."order_line_id_seq"'::regclass)` },
          ignore: [],
        },
        { property: 'personId', name: 'person_id', type: { sql: 'integer' }, nullable: false, ignore: [] },
        { property: 'holder', name: 'holder', type: { sql: 'varchar(100)' }, nullable: false, ignore: [] },
        { property: 'holderAge', name: 'holder_age', type: { sql: 'integer' }, nullable: false, ignore: [] },
        {
          property: 'status',
          name: 'status',
          type: { sql: '"order_status"', schemaName: 'public' },
          nullable: false,
          default: { literal: 'pending' },
          ignore: [],
        },
      ],
      primaryKey: { name: 'order_line_pkey', columns: ['id'] },
      uniques: [],
      checks: [],
      excludes: [],
      indexes: [],
      foreignKeys: [
        {
          name: 'holder_fk',
          columns: ['holder', 'holder_age'],
          references: { schemaName: 'auth', table: 'people', columns: ['email', 'age'] },
          onDelete: 'no action',
          onUpdate: 'no action',
        },
        {
          name: 'order_line_person_id_fkey',
          columns: ['person_id'],
          references: { schemaName: 'auth', table: 'people', columns: ['id'] },
          onDelete: 'cascade',
          onUpdate: 'set null',
          comment: 'who',
          renamedFrom: 'x_fkey',
        },
      ],
    },
  ],
  further: [{ kind: 'made_up', object: { schemaName: 'auth', table: 'people', defaultSchema: 'public' } }],
}

const withEntityNames = (...names: readonly string[]) => ({
  ...expected,
  tables: expected.tables.map((table, index) => ({ ...table, entity: names[index] })),
})

describe('one model, said twice', () => {
  test('decorators', () => {
    expect(plain(modelOf({ entities: [Person, OrderLine] }))).toEqual(withEntityNames('Person', 'OrderLine'))
  })

  test('fluently', () => {
    expect(plain(modelOf({ setup: fluently }))).toEqual(withEntityNames('PlainPerson', 'PlainOrderLine'))
  })

  test('every thing knows the line that it was written on', () => {
    const [person] = modelOf({ entities: [Person, OrderLine] }).tables
    const lines = [person?.source, person?.columns[0]?.source, person?.checks[0]?.source].map((source) => source?.())
    for (const line of lines) expect(line?.file).toMatch(/decorators\.test\.ts$/)
    expect(new Set(lines.map((line) => line?.line)).size).toBe(3)
  })

  test('it is frozen to its last value', () => {
    const model = modelOf({ entities: [Person, OrderLine] })
    expect(() => (model.tables as unknown[]).push({})).toThrow(TypeError)
    expect(Object.isFrozen(model.tables[1]?.foreignKeys[0]?.references.columns)).toBe(true)
  })
})

describe('decorators and setupModel together: setupModel wins', () => {
  @Entity('users')
  class User {
    @PrimaryKey(serial()) id!: number
    @Column(text(), { default: 'x', comment: 'kept' }) name!: string
    @Column(text()) secret!: string
  }

  test('options are merged, the last word counts', () => {
    const [table] = modelOf({
      entities: [User],
      setup: (model) => {
        const e = model.entity(User).toSchema('app')
        e.property((u) => u.name)
          .hasType(varchar(20))
          .hasDefaultValue('y')
          .hasColumnName('label')
        e.ignore((u) => u.secret)
      },
    }).tables
    expect(table).toMatchObject({ schemaName: 'app', name: 'users' })
    expect(plain(table?.columns[1])).toEqual({
      property: 'name',
      name: 'label',
      type: { sql: 'varchar(20)' },
      nullable: false,
      default: { literal: 'y' },
      comment: 'kept',
      ignore: [],
    })
    expect(table?.columns.map((column) => column.property)).toEqual(['id', 'name'])
  })

  test('describing an entity in one context leaves it alone in another', () => {
    modelOf({
      setup: (model) =>
        model
          .entity(User)
          .toTable('elsewhere')
          .hasIndex((u) => u.name),
    })
    const [table] = modelOf({ entities: [User] }).tables
    expect(table).toMatchObject({ name: 'users', indexes: [] })
  })

  test('hasKey replaces the key, its name follows; hasNoKey removes it', () => {
    const key = (setup: (model: DbModelConfig) => void) => modelOf({ entities: [User], setup }).tables[0]?.primaryKey
    expect(
      key((model) =>
        model
          .entity(User)
          .hasKey((u) => [u.name, u.id])
          .hasDbName('pk'),
      ),
    ).toMatchObject({
      name: 'pk',
      columns: ['name', 'id'],
    })
    expect(key((model) => model.entity(User).hasNoKey())).toBeUndefined()
  })

  test('hasMany puts the foreign key on the other entity', () => {
    class Note {
      id!: number
      author!: number
    }
    const { tables } = modelOf({
      setup: (model) => {
        model.entity(Note, (e) => {
          e.property((n) => n.id)
            .hasType(integer())
            .isPrimaryKey()
          e.property((n) => n.author).hasType(integer())
        })
        model
          .entity(User)
          .hasMany(Note)
          .withForeignKey((n) => n.author)
          .onDelete('restrict')
      },
    })
    expect(tables.map((table) => [table.name, table.foreignKeys.length])).toEqual([
      ['note', 1],
      ['users', 0],
    ])
    expect(tables[0]?.foreignKeys[0]).toMatchObject({ name: 'note_author_fkey', onDelete: 'restrict' })
  })
})

describe('things of the model that belong to no table', () => {
  test('sequences, extensions, schemas, enums, further objects', () => {
    const model = modelOf({
      defaultSchema: 'app',
      setup: (m) => {
        m.sequence('invoice', { start: 1000n, maxValue: '9000', ownedBy: { table: 'x', column: 'y' }, comment: null })
          .extension('citext', { schema: 'ext', version: '1.6', comment: 'c' })
          .schema('reports', { comment: 'r', renamedFrom: 'rep' })
          .has({ kind: 'made_up', object: 1 })
        m.enum('mood', ['good', 'bad'], { schema: 'types', renamed: { bad: 'sad' }, renamedFrom: 'moods' })
      },
    })
    expect(plain(model)).toEqual({
      contextName: 'Test',
      defaultSchema: 'app',
      schemas: [
        { name: 'reports', comment: 'r', renamedFrom: 'rep' },
        { name: 'app' },
        { name: 'types' },
        { name: 'ext' },
      ],
      extensions: [{ name: 'citext', schemaName: 'ext', version: '1.6', comment: 'c' }],
      enums: [
        {
          schemaName: 'types',
          name: 'mood',
          values: ['good', 'bad'],
          renamedValues: { bad: 'sad' },
          renamedFrom: 'moods',
        },
      ],
      sequences: [
        {
          schemaName: 'app',
          name: 'invoice',
          start: '1000',
          maxValue: '9000',
          ownedBy: { schemaName: 'app', table: 'x', column: 'y' },
          comment: null,
        },
      ],
      tables: [],
      further: [{ kind: 'made_up', object: 1 }],
    })
  })
})

describe('keys, in every form', () => {
  const keyOf = (entity: EntityClass) => modelOf({ entities: [entity] }).tables[0]?.primaryKey

  test('several properties, in the order of the text', () => {
    class Line {
      @Column(integer()) other!: number
      @PrimaryKey(integer()) order!: number
      @PrimaryKey(integer()) line!: number
    }
    expect(keyOf(Line)).toMatchObject({ name: 'line_pkey', columns: ['order', 'line'] })
  })

  test('on the class, in its own order', () => {
    @PrimaryKey(['line', 'order'], { name: 'pk', comment: 'k' })
    class Line {
      @Column(integer()) order!: number
      @Column(integer()) line!: number
    }
    expect(keyOf(Line)).toMatchObject({ name: 'pk', columns: ['line', 'order'], comment: 'k' })
  })

  test('@PrimaryKey() beside @Column(…), either way round', () => {
    class One {
      @PrimaryKey() @Column(customType<string>('citext'), { comment: 'c' }) code!: string
    }
    class Other {
      @Column(customType<string>('citext'), { comment: 'c' }) @PrimaryKey() code!: string
    }
    for (const entity of [One, Other]) {
      expect(keyOf(entity)).toMatchObject({ columns: ['code'] })
      expect(modelOf({ entities: [entity] }).tables[0]?.columns[0]).toMatchObject({
        type: { sql: 'citext' },
        comment: 'c',
      })
    }
  })

  test('a column of the key is never nullable', () => {
    class One {
      @PrimaryKey(integer()) id!: number
    }
    expect(modelOf({ entities: [One] }).tables[0]?.columns[0]?.nullable).toBe(false)
  })
})
