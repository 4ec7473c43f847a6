// Every mistake of a model, each with its code, entity, property, line and what to write instead; all of them at once.
import { readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import {
  bigserial,
  Check,
  Column,
  type ColumnType,
  customType,
  Entity,
  type EntityClass,
  enumType,
  ForeignKey,
  Index,
  integer,
  jsonb,
  ModelError,
  PrimaryKey,
  type Sql,
  serial,
  sql,
  text,
  timestamptz,
  Unique,
  uuid,
  varchar,
} from 'lockstep-pg'
import { describe, expect, test } from 'vitest'
import { issuesOf, modelOf } from './support/building.js'

const here = readFileSync(new URL(import.meta.url), 'utf8').split('\n')
/** The line of this file that holds the mark, from 1. */
const lineOf = (mark: string): number => here.findIndex((line) => line.includes(`// <${mark}>`)) + 1

const long = 'x'.repeat(70)

@Entity('things')
class Thing {
  @PrimaryKey(integer()) id!: number
  @Column(text()) name!: string
}

class NoEntity {
  x!: number
}

@Entity('empty') // <NO_COLUMNS>
class Empty {}

@Entity('keyless') // <NO_KEY>
class Keyless {
  @Column(integer()) x!: number
}

@Entity('things') // <DUPLICATE_TABLE>
class Again {
  @PrimaryKey(integer()) id!: number
}

const conflicting = enumType('mood', ['good']) // <ENUM_CONFLICT>
const mood = enumType('mood', ['good', 'bad'])
const labels = enumType('labels', ['a', 'a', '', long]) // <ENUM_LABELS>

@Entity('many')
@Index(['nam' as 'name']) // <UNKNOWN_PROPERTY>
@Index([]) // <NO_KEYS>
@Unique(['name'], { name: 'taken' })
@Index(['name'], { name: 'taken' }) // <DUPLICATE_NAME>
@Check('', sql`true`) // <NAME_EMPTY>
@Check('not_one', sql`1); drop table users; --`) // <NOT_AN_EXPRESSION>
class Many {
  @PrimaryKey(integer()) id!: number
  @Column(text()) name!: string
  @Column(customType<string>('varchr(10)')) misspelt!: string // <UNKNOWN_TYPE>
  @Column() untyped!: string | number // <TYPE_MISSING>
  @Column(integer(), { name: 'name' }) second!: number // <DUPLICATE_COLUMN>
  @Column(integer(), { name: long }) long!: number // <NAME_TOO_LONG>
  @Column(integer(), { name: 'a\0b' }) nul!: number // <NUL_IN_NAME>
  @Column(integer(), { default: 1.5 }) half!: number // <DEFAULT_MISMATCH>
  @Column(text(), { identity: 'always' }) identity!: string // <OPTIONS_CONFLICT>
  @ForeignKey(() => NoEntity) @Column(integer()) nowhere!: number // <NOT_AN_ENTITY>
  @ForeignKey(() => Thing, { references: 'name' }) @Column(text()) thingName!: string // <KEY_TARGET_MISSING>
  @ForeignKey(() => Thing) @Column(uuid()) thing!: string // <FOREIGN_KEY_MISMATCH>
  @Column(mood) mood!: 'good' | 'bad'
  @Column(conflicting) other!: 'good'
  @Column(labels) label!: string
}

const all = { entities: [Thing, Empty, Keyless, Again, Many] }

describe('one model with every mistake', () => {
  const issues = issuesOf(all)

  test.for<readonly [code: string, entity: string | undefined, property: string | undefined, mark?: string]>([
    ['NO_COLUMNS', 'Empty', undefined],
    ['NO_KEY', 'Keyless', undefined],
    ['DUPLICATE_TABLE', 'Again', undefined],
    ['ENUM_CONFLICT', undefined, 'mood'],
    ['ENUM_LABELS', undefined, 'labels'],
    ['UNKNOWN_PROPERTY', 'Many', 'nam'],
    ['UNKNOWN_PROPERTY', 'Many', undefined, 'NO_KEYS'],
    ['DUPLICATE_NAME', 'Many', undefined],
    ['NAME_EMPTY', 'Many', undefined],
    ['NOT_AN_EXPRESSION', 'Many', undefined],
    ['UNKNOWN_TYPE', 'Many', 'misspelt'],
    ['TYPE_MISSING', 'Many', 'untyped'],
    ['DUPLICATE_COLUMN', 'Many', 'second'],
    ['NAME_TOO_LONG', 'Many', 'long'],
    ['NUL_IN_NAME', 'Many', 'nul'],
    ['DEFAULT_MISMATCH', 'Many', 'half'],
    ['OPTIONS_CONFLICT', 'Many', 'identity'],
    ['NOT_AN_ENTITY', 'Many', 'nowhere'],
    ['KEY_TARGET_MISSING', 'Many', 'thingName'],
    ['FOREIGN_KEY_MISMATCH', 'Many', 'thing'],
  ])('%s of %s.%s', ([code, entity, property, mark = code]) => {
    const found = issues.filter(
      (issue) => issue.code === code && issue.entity === entity && issue.property === property,
    )
    const lines = found.map((issue) => Number(/mistakes\.test\.ts:(\d+):\d+$/.exec(issue.source ?? '')?.[1]))
    // The declaration that conflicts may be either of two.
    if (code === 'ENUM_CONFLICT') expect([lineOf(mark), lineOf(mark) + 1]).toContain(lines[0])
    else expect(lines).toContain(lineOf(mark))
    for (const issue of found) expect(issue.hint).toMatch(/\S.*[.?]$/)
  })

  test('nothing is said twice', () => {
    const said = issues.map((issue) => `${issue.entity}.${issue.property}: ${issue.message}`)
    expect(said).toEqual([...new Set(said)])
    // Three wrong labels; an untyped column belongs to no index.
    expect(issues).toHaveLength(22)
  })

  test('one error lists them, numbered', () => {
    const error = (() => {
      try {
        return modelOf(all)
      } catch (thrown) {
        return thrown
      }
    })() as ModelError
    expect(error).toBeInstanceOf(ModelError)
    expect(error.code).toBe('MODEL_INVALID')
    expect(error.message).toMatch(/^The model has 22 mistakes:\n {2}1\. /)
    expect(error.message).toMatch(/Many\.half \(.*mistakes\.test\.ts:\d+:\d+\): The default 1\.5 is not an integer/)
    expect(JSON.parse(JSON.stringify(error)).issues).toHaveLength(22)
  })
})

describe('what else is refused', () => {
  const untyped = Column as (type: ColumnType<unknown>, options: object) => PropertyDecorator
  /** A table with one column of this type and these options. */
  const column = (type: ColumnType<unknown>, options: object = {}) => {
    class One {
      @PrimaryKey(integer()) id!: number
      @untyped(type, options) it!: unknown
    }
    return issuesOf({ entities: [One] }).map((issue) => `${issue.code}: ${issue.message}`)
  }

  const defaults: readonly (readonly [ColumnType<unknown>, unknown, string | undefined])[] = [
    [integer(), 1, undefined],
    [integer(), 2147483647, undefined],
    [integer(), 2147483648, 'is not between -2147483648 and 2147483647'],
    [integer(), '12', undefined],
    [integer(), 'x', 'is not an integer'],
    [integer(), Number.NaN, 'is not an integer'],
    [integer(), true, 'is not an integer'],
    [customType('smallint'), -32769n, 'is not between -32768 and 32767'],
    [customType('bigint'), 9223372036854775807n, undefined],
    [customType('int8'), 9223372036854775808n, 'is not between'],
    [customType('numeric(10,2)'), '1e3', undefined],
    [customType('numeric'), 'one', 'is not a number'],
    [customType('double precision'), Number.POSITIVE_INFINITY, undefined],
    [customType('real'), 'x', 'is not a number'],
    [customType('boolean'), 'true', 'is not true or false'],
    [text(), "it's; --", undefined],
    [text(), 5, 'is not a string'],
    [text(), 'a\0', 'contains a NUL character'],
    [varchar(3), 'äöü', undefined],
    [varchar(3), 'abcd', 'is longer than 3 characters'],
    [varchar(3), 'abc   ', undefined],
    [timestamptz(), new Date(0), undefined],
    [timestamptz(), new Date(Number.NaN), 'is not a valid date'],
    [timestamptz(), 'infinity', undefined],
    [timestamptz(), 5, 'is not a Date'],
    [customType('bytea'), Buffer.from('x'), undefined],
    [customType('bytea'), 'x', 'is not a Buffer'],
    [jsonb(), { a: [null] }, undefined],
    [jsonb(), { a: 1n }, 'cannot be written as JSON'],
    [jsonb(), () => 1, 'is a function'],
    [uuid(), '6f1c2c9e-7a55-4a0e-9d2b-6c1b3d1f0a11', undefined],
    [uuid(), 'x', 'is not a UUID'],
    [mood, 'bad', undefined],
    [mood, 'Bad', "is none of the labels 'good', 'bad'"],
    [mood.array(), ['good'], undefined],
    [mood.array(), ['good', 'x'], "is none of the labels 'good', 'bad'"],
    [text().array(), ['a', null, 'b'], undefined],
    [text().array(), ['a', 1], 'is not a string'],
    [text().array(), 5, 'is not an array'],
    [integer().array().array(), [[1, 2], [3.5]], 'is not an integer'],
    [customType('vector(3)'), '[1,2,3]', undefined],
    [customType('inet'), {}, 'is not a text that PostgreSQL could read'],
  ]
  test.for(
    defaults.map(([type, value, problem]) => ({ title: `${type.sql}: ${inspect(value)}`, type, value, problem })),
  )('the default of $title', ({ type, value, problem }) => {
    const found = column(type, { default: value })
    if (problem === undefined) expect(found).toEqual([])
    else expect(found).toEqual([expect.stringMatching(/^DEFAULT_MISMATCH: The default /)])
    expect(found.join()).toContain(problem ?? '')
  })

  test.for<readonly [string, object, ColumnType<unknown>, string]>([
    ['default and identity', { default: 1, identity: 'always' }, integer(), 'default and identity at once'],
    ['default and generated', { default: 1, generated: sql`1` }, integer(), 'default and generated at once'],
    ['serial and identity', { identity: 'always' }, serial(), 'identity and serial() at once'],
    ['serial and default', { default: 1 }, serial(), 'default and serial() at once'],
    ['identity of an array', { identity: 'always' }, integer().array(), 'must be smallint, integer or bigint'],
    ['identity that is nullable', { identity: 'always', nullable: true }, integer(), 'cannot be nullable'],
    ['collation of a number', { collation: 'C' }, integer(), 'has no collation'],
    ['an array of serial', {}, bigserial().array(), 'cannot be filled by a sequence'],
  ])('%s', ([, options, type, message]) => {
    expect(column(type, options)).toEqual([expect.stringMatching(/^OPTIONS_CONFLICT: /)])
    expect(column(type, options)[0]).toContain(message)
  })

  test.for<readonly [string, string | RegExp | undefined]>([
    ['int', undefined],
    ['INTEGER', undefined],
    ['character varying(10)', undefined],
    ['timestamp(3) without time zone', undefined],
    ['interval day to second', undefined],
    ['public."My Type"', undefined],
    ['vector(3)', undefined],
    ['citext', undefined],
    ['text[][]', undefined],
    ['pg_catalog.int4', undefined],
    ['intger', "Did you mean 'integer'?"],
    ['timestampz', "Did you mean 'timestamptz'?"],
    ['txt', "Did you mean 'text'?"],
    ['serial', 'serial() instead'],
    ['bigserial', 'bigserial() instead'],
    ['int); drop table users; --', 'CREATE TABLE takes it'],
    ["text default 'x", 'CREATE TABLE takes it'],
    ['', 'CREATE TABLE takes it'],
  ])('the type %j', ([type, hint]) => {
    class One {
      @PrimaryKey(integer()) id!: number
      @Column(customType<string>(type)) it!: string
    }
    const found = issuesOf({ entities: [One] })
    expect(found.map((issue) => issue.code)).toEqual(hint === undefined ? [] : ['UNKNOWN_TYPE'])
    if (hint !== undefined) expect(found[0]?.hint).toContain(hint)
  })

  test.for<readonly [string, string | undefined]>([
    ['a > 0', undefined],
    ["a = ';'", undefined],
    ["a = 'it''s -- no comment'", undefined],
    ["a = E'\\'; --'", undefined],
    ['"a;b" > 0', undefined],
    ['a /* ; /* nested */ ) */ > 0', undefined],
    ['a > 0 -- why\n', undefined],
    ['$x$ ; ) $x$ = a', undefined],
    ['a[1] > (b)', undefined],
    ["a -> 'x' ->> 'y' is not null", undefined],
    ['1); drop table users; --', "closes a bracket ')' that it did not open"],
    ['1; drop table users', "contains ';'"],
    ['(a > 0', "leaves a bracket open: ')' is missing"],
    ['a[1', "leaves a bracket open: ']' is missing"],
    ['(a]', 'closes a bracket'],
    ["a = 'x", 'a quote that is never closed'],
    ["a = E'x\\'", 'a quote that is never closed'],
    ['"a > 0', 'a quote that is never closed'],
    ['a = $x$ never', 'a dollar quote that is never closed'],
    ['a = $é$ never', 'a dollar quote that is never closed'],
    ['a > 0 -- why', 'ends in a comment'],
    ['a > 0 +-- why', 'ends in a comment'],
    ['a > 0 /* why', 'ends in a comment'],
    ['a > 0 +/* why', 'ends in a comment'],
    ['a > 0 /* /* why */', 'ends in a comment'],
    ['', 'is empty'],
    ['  ', 'is empty'],
    ['a\0', 'contains a NUL character'],
  ])('the expression %j', ([expression, problem]) => {
    const given = sql([expression] as unknown as TemplateStringsArray)
    const places: readonly ((one: Sql) => object)[] = [
      (default_) => ({ default: default_ }),
      (generated) => ({ generated }),
      (using) => ({ using }),
      (backfill) => ({ backfill }),
    ]
    for (const place of places) {
      const found = column(integer(), place(given))
      if (problem === undefined) expect(found).toEqual([])
      else expect(found).toEqual([expect.stringMatching(/^NOT_AN_EXPRESSION/)])
      expect(found.join()).toContain(problem ?? '')
    }
    @Check(given)
    @Index([given])
    @Index(['id'], { where: given })
    class One {
      @PrimaryKey(integer()) id!: number
    }
    expect(issuesOf({ entities: [One] })).toHaveLength(problem === undefined ? 0 : 3)
  })

  test('text that was not written as SQL', () => {
    class One {
      @PrimaryKey(integer()) id!: number
    }
    const found = issuesOf({
      entities: [One],
      setup: (model) => model.entity(One).hasCheckConstraint('c', 'id > 0' as unknown as Sql),
    })
    expect(found).toMatchObject([{ code: 'NOT_AN_EXPRESSION', message: "The check 'c' is not SQL." }])
  })

  test('a nullable key', () => {
    class One {
      @PrimaryKey(integer(), { nullable: true }) id!: number | null
    }
    expect(issuesOf({ entities: [One] })).toMatchObject([{ code: 'OPTIONS_CONFLICT', property: 'id' }])
  })

  test.for<readonly [string, (m: Parameters<NonNullable<Parameters<typeof issuesOf>[0]['setup']>>[0]) => void, string]>(
    [
      ['an enum and a table', (m) => void m.enum('things', ['a']), 'DUPLICATE_NAME'],
      ['a sequence and a table', (m) => void m.sequence('things'), 'DUPLICATE_NAME'],
      ['two sequences', (m) => void m.sequence('s').sequence('s'), 'DUPLICATE_NAME'],
      ['two extensions', (m) => void m.extension('citext').extension('citext'), 'DUPLICATE_NAME'],
      ['two schemas', (m) => void m.schema('s').schema('s'), 'DUPLICATE_NAME'],
      ["a schema of PostgreSQL's", (m) => void m.schema('pg_mine'), 'DUPLICATE_NAME'],
      ['a sequence without a name', (m) => void m.sequence(''), 'NAME_EMPTY'],
      ['a label that was renamed to none', (m) => void m.enum('e', ['a'], { renamed: { b: 'c' } }), 'ENUM_LABELS'],
      ['an enum without labels', (m) => void m.enum('e', [] as unknown as ['a']), 'ENUM_LABELS'],
      ['a primary key that is unique too', (m) => void m.entity(Thing).isUnique((t) => t.id), 'OPTIONS_CONFLICT'],
      ['labels that are swapped', (m) => void m.enum('e', ['a', 'b'], { renamed: { a: 'b' } }), 'ENUM_LABELS'],
      ['an entity that is none', (m) => void m.entity(NoEntity), 'NO_COLUMNS'],
      [
        'two indexes of one name',
        (m) =>
          void m.entity(Thing, (e) => {
            e.hasIndex((t) => [t.id]).hasDbName('u1')
            e.hasIndex((t) => [t.id]).hasDbName('u1')
          }),
        'DUPLICATE_NAME',
      ],
      [
        'a property without a type',
        (m) =>
          void m
            .entity(NoEntity)
            .hasNoKey()
            .property((n) => n.x),
        'TYPE_MISSING',
      ],
      ['a table in no schema', (m) => void m.entity(Thing).toSchema(''), 'NAME_EMPTY'],
      ['a table without a name', (m) => void m.entity(Thing).toTable(''), 'NAME_EMPTY'],
      ['a long table', (m) => void m.entity(Thing).toTable(long), 'NAME_TOO_LONG'],
    ],
  )('%s', ([, setup, code]) => {
    const issues = issuesOf({ entities: [Thing], setup })
    expect(issues.map((issue) => issue.code)).toEqual([code])
    expect(issues[0]?.hint).toBeTruthy()
  })
})

describe('foreign keys', () => {
  class Target {
    @PrimaryKey(integer()) a!: number
    @PrimaryKey(integer()) b!: number
    @Unique() @Column(text()) code!: string
    @Column(mood) mood!: 'good' | 'bad'
  }
  const issues = (entity: EntityClass) =>
    issuesOf({ entities: [entity] }).map(({ code, message }) => `${code} ${message}`)

  test('as many columns on either side', () => {
    class One {
      @PrimaryKey(integer()) id!: number
      @ForeignKey(() => Target) @Column(integer()) target!: number
    }
    expect(issues(One)).toEqual([
      'FOREIGN_KEY_MISMATCH The foreign key has 1 column (target), but refers to 2 columns (a, b) of Target.',
    ])
  })

  test('a unique constraint will do, in any order; types of one family go together', () => {
    @ForeignKey(() => Target, { properties: ['y', 'x'], references: ['b', 'a'] })
    class One {
      @PrimaryKey(integer()) id!: number
      @Column(customType<number>('bigint')) x!: number
      @Column(customType<number>('int2')) y!: number
      @ForeignKey(() => Target, { references: 'code' }) @Column(varchar(10)) code!: string
    }
    expect(issues(One)).toEqual([])
  })

  test('no class, because modules are circular', () => {
    class One {
      @PrimaryKey(integer()) id!: number
      @ForeignKey(() => undefined as unknown as EntityClass<Target>) @Column(integer()) target!: number
    }
    expect(issues(One)).toEqual(['NOT_AN_ENTITY The foreign key leads to no class.'])
  })

  test('to a table that is not managed: its key is taken on trust, but must be named', () => {
    @Entity({ table: 'theirs', managed: false })
    class Theirs {
      @Column(integer()) id!: number
    }
    class Named {
      @PrimaryKey(integer()) id!: number
      @ForeignKey(() => Theirs, { references: 'id' }) @Column(integer()) their!: number
    }
    class Unnamed {
      @PrimaryKey(integer()) id!: number
      @ForeignKey(() => Theirs) @Column(integer()) their!: number
    }
    expect(issues(Named)).toEqual([])
    expect(issues(Unnamed)).toEqual(['KEY_TARGET_MISSING The foreign key leads to Theirs, whose key is not described.'])
  })
})
