// Default names, byte for byte those that PostgreSQL 15 gave to the same tables (read from a server once), and names that need care.
import { type DbModelConfig, type EntityBuilder, integer, serial, sql } from 'lockstep-pg'
import { describe, expect, test } from 'vitest'
import { expressionName } from '../../src/model/expression-name.js'
import { clip, snakeCase } from '../../src/model/naming.js'
import { issuesOf, modelOf } from './support/building.js'

type Any = EntityBuilder<Record<string, number>>

function table(model: DbModelConfig, name: string, columns: readonly string[], describe: (e: Any) => void): void {
  const entity = class {} as unknown as new () => Record<string, number>
  model.entity(entity, (e) => {
    e.toTable(name)
    for (const column of columns)
      e.property((row) => row[column]!)
        .hasType(integer())
        .hasColumnName(column)
    e.hasNoKey()
    describe(e)
  })
}

/** The names of each table: key, uniques, indexes, checks, foreign keys; then the sequences. */
function names(setup: (model: DbModelConfig) => void): readonly string[] {
  const model = modelOf({ setup })
  return [
    ...model.tables.flatMap((one) =>
      [
        ...(one.primaryKey ? [one.primaryKey] : []),
        ...one.uniques,
        ...one.indexes,
        ...one.checks,
        ...one.foreignKeys,
      ].map((named) => named.name),
    ),
    ...model.sequences.map((sequence) => sequence.name),
  ]
}

const id = (e: Any, name = 'id') =>
  e
    .property((row) => row[name]!)
    .hasType(serial())
    .isPrimaryKey()

const long = 'a23456789_b23456789_c23456789_d23456789_e23456789_f23456789'
const umlauts = 'größenübersichtsänderungsprotokoll'
const überlang = 'ärgerlichüberlangesfeldmitümlaut'
const zähler = 'schlüsselüberbegriffsöffnungszähler'
const 日本 = '日本語のとても長いテーブル名前です'
const カラム = '日本語のとても長いカラム名前ですよ'
const smile = '😀'
const wide = [1, 2, 3, 4, 5].map((number) => `c${number}_23456789_23456789`)

describe('names that PostgreSQL gives', () => {
  test.for<readonly [string, (model: DbModelConfig) => void, readonly string[]]>([
    [
      'a long table; the longer half is cut first, numbers go to the end',
      (model) =>
        table(model, long, ['id', 'first_column_with_a_name', 'second_column_with_a_name', 'x', 'parent'], (e) => {
          id(e)
          e.isUnique((row) => row.first_column_with_a_name!)
          e.isUnique((row) => row.second_column_with_a_name!)
          e.isUnique((row) => [row.first_column_with_a_name!, row.second_column_with_a_name!])
          e.hasIndex((row) => [row.first_column_with_a_name!, row.second_column_with_a_name!])
          for (let count = 0; count < 3; count += 1) e.hasIndex((row) => row.x!)
          e.hasCheckConstraint(sql`x > 0`)
          e.hasCheckConstraint(sql`x <> id`)
          e.property((row) => row.parent!)
          // Refers to itself.
          const self = class {} as unknown as new () => Record<string, number>
          model.entity(self).isManaged(false).toTable('elsewhere')
          model
            .entity(self)
            .property((row) => row.id!)
            .hasType(integer())
            .isPrimaryKey()
          e.hasOne(self).withForeignKey((row) => row.parent!)
        }),
      [
        'a23456789_b23456789_c23456789_d23456789_e23456789_f2345678_pkey',
        'a23456789_b23456789_c23456789_d234_first_column_with_a_name_key',
        'a23456789_b23456789_c23456789_d23_second_column_with_a_name_key',
        'a23456789_b23456789_c23456789_first_column_with_a_name_seco_key',
        'a23456789_b23456789_c23456789_first_column_with_a_name_seco_idx',
        'a23456789_b23456789_c23456789_d23456789_e23456789_f234567_x_idx',
        'a23456789_b23456789_c23456789_d23456789_e23456789_f23456_x_idx1',
        'a23456789_b23456789_c23456789_d23456789_e23456789_f23456_x_idx2',
        'a23456789_b23456789_c23456789_d23456789_e23456789_f2345_x_check',
        'a23456789_b23456789_c23456789_d23456789_e23456789_f234567_check',
        'a23456789_b23456789_c23456789_d23456789_e23456789_f_parent_fkey',
        'elsewhere_pkey',
        'a23456789_b23456789_c23456789_d23456789_e23456789_f23456_id_seq',
      ],
    ],
    [
      'two bytes a letter',
      (model) =>
        table(model, umlauts, [zähler, überlang], (e) => {
          id(e, zähler)
          e.isUnique((row) => row[überlang]!)
          e.hasIndex((row) => [row[überlang]!, row[zähler]!])
          e.hasCheckConstraint(sql`ärgerlichüberlangesfeldmitümlaut > 0`)
        }),
      [
        'größenübersichtsänderungsprotokoll_pkey',
        'größenübersichtsänderungs_ärgerlichüberlangesfeldmit_key',
        'größenübersichtsänderungs_ärgerlichüberlangesfeldmit_idx',
        'größenübersichtsänderung_ärgerlichüberlangesfeldmit_check',
        'größenübersichtsänderungs_schlüsselüberbegriffsöffnu_seq',
      ],
    ],
    [
      'three bytes a letter',
      (model) =>
        table(model, 日本, ['id', カラム, 'b'], (e) => {
          id(e)
          e.isUnique((row) => row[カラム]!)
          e.isUnique((row) => row.b!)
          e.hasCheckConstraint(sql`"日本語のとても長いカラム名前ですよ" > 0`)
        }),
      [
        '日本語のとても長いテーブル名前です_pkey',
        '日本語のとても長い_日本語のとても長い_key',
        '日本語のとても長いテーブル名前です_b_key',
        '日本語のとても長い_日本語のとても長い_check',
        '日本語のとても長いテーブル名前です_id_seq',
      ],
    ],
    [
      'four bytes a letter',
      (model) =>
        table(model, smile.repeat(15), ['id', `${smile.repeat(13)}x${smile}`, `x${smile.repeat(13)}x${smile}`], (e) => {
          id(e)
          e.isUnique((row) => row[`${smile.repeat(13)}x${smile}`]!)
          e.isUnique((row) => row[`x${smile.repeat(13)}x${smile}`]!)
        }),
      [
        '😀😀😀😀😀😀😀😀😀😀😀😀😀😀_pkey',
        '😀😀😀😀😀😀😀_😀😀😀😀😀😀😀_key',
        '😀😀😀😀😀😀😀_x😀😀😀😀😀😀😀_key',
        '😀😀😀😀😀😀😀😀😀😀😀😀😀😀_id_seq',
      ],
    ],
    [
      'names of two tables that come to the same',
      (model) => {
        table(model, 't', ['id', 'a_b', 'b'], (e) => {
          id(e)
          e.isUnique((row) => row.a_b!)
        })
        table(model, 't_a', ['id', 'b'], (e) => {
          id(e)
          e.isUnique((row) => row.b!)
        })
      },
      ['t_pkey', 't_a_b_key', 't_a_pkey', 't_a_b_key1', 't_id_seq', 't_a_id_seq'],
    ],
    [
      'capitals, blanks and quotes stay',
      (model) =>
        table(model, 'Mixed Case', ['Id', 'a"b'], (e) => {
          id(e, 'Id')
          e.isUnique((row) => row['a"b']!)
          e.hasIndex((row) => [row['a"b']!, row.Id!])
          e.hasCheckConstraint(sql`"Id" > 0`)
        }),
      ['Mixed Case_pkey', 'Mixed Case_a"b_key', 'Mixed Case_a"b_Id_idx', 'Mixed Case_Id_check', 'Mixed Case_Id_seq'],
    ],
    [
      'many columns, included ones too',
      (model) =>
        table(model, 'wide', wide, (e) => {
          e.hasKey((row) => wide.slice(0, 4).map((name) => row[name]!))
          e.isUnique((row) => [...wide.slice(0, 3), wide[4]!].map((name) => row[name]!))
          e.hasIndex((row) => wide.slice(0, 4).map((name) => row[name]!)).include((row) => row[wide[4]!]!)
        }),
      [
        'wide_pkey',
        'wide_c1_23456789_23456789_c2_23456789_23456789_c3_23456789__key',
        'wide_c1_23456789_23456789_c2_23456789_23456789_c3_23456789__idx',
      ],
    ],
    [
      'keys of an index that come to the same name',
      (model) =>
        table(model, 'exprs', ['expr', 'expr1'], (e) => {
          e.hasIndex((row) => [row.expr!, sql`expr + 1`, sql`expr1 + 1`, row.expr1!])
        }),
      ['exprs_expr_expr1_expr2_expr11_idx'],
    ],
    [
      'a name that is given makes way for none, one that is found does',
      (model) =>
        table(model, 'u', ['a', 'b'], (e) => {
          e.isUnique((row) => row.a!)
          e.hasIndex((row) => row.b!).hasDbName('u_a_key')
          e.hasCheckConstraint(sql`a > 0`)
          e.hasCheckConstraint('u_a_check', sql`a < 9`)
        }),
      ['u_a_key1', 'u_a_key', 'u_a_check1', 'u_a_check'],
    ],
  ])('%s', ([, setup, expected]) => {
    expect(names(setup)).toEqual(expected)
  })

  // The middle of users_…_idx for `create index on users ((…))`.
  test.for<readonly [string, string | undefined]>([
    ['lower(email)', 'lower'],
    ['pg_catalog.lower(email)', 'lower'],
    ['((lower(email)))', 'lower'],
    ['LOWER(email::text)', 'lower'],
    ['"left"(email, 2)', 'left'],
    ['a', 'a'],
    ['users.a', 'a'],
    ['a + b', undefined],
    ["email || 'x'", undefined],
    ['-a', undefined],
    ['a is null', undefined],
    ['a between 1 and 2', undefined],
    ['not (a > 1)', undefined],
    ["email like 'x%'", undefined],
    ["email::jsonb ->> 'x'", undefined],
    ['1', undefined],
    ['coalesce(a, b)', 'coalesce'],
    ["coalesce(lower(email), '')", 'coalesce'],
    ['nullif(a, b)', 'nullif'],
    ['greatest(a, b)', 'greatest'],
    ['a::text', 'a'],
    ['cast(a as bigint)', 'a'],
    ['a::numeric(10,2)', 'a'],
    ['a::double precision', 'a'],
    ['(a + b)::text', 'text'],
    ['(a + b)::text::varchar', 'varchar'],
    ["('x' || email)::varchar(10)", 'varchar'],
    ["double precision '1'", 'float8'],
    ['lower(email)::varchar', 'lower'],
    ['case when a > 0 then b else a end', 'a'],
    ['case when a > 0 then b end', 'case'],
    ['case when a > 0 then 1 else lower(email)::int end', 'lower'],
    ['email collate "C"', 'email'],
    ['array[a, b]', 'array'],
    ['(array[a, b])[1]', 'array'],
    ["extract(year from timestamp '2020-01-01' + a * interval '1 day')", 'extract'],
    ['substring(email from 1 for 2)', 'substring'],
    ['trim(email)', 'btrim'],
    ["to_tsvector('english', email)", 'to_tsvector'],
    ["date_trunc('day', '2020-01-01'::timestamp)", 'date_trunc'],
    ["position('x' in email)", 'position'],
    ["overlay(email placing 'x' from 1)", 'overlay'],
    ['xmlelement(name x)::text', 'xmlelement'],
  ])('an index on (%s) is named after %s', ([expression, name]) => {
    expect(expressionName(expression)).toBe(name)
  })
})

describe('names of properties', () => {
  test.for([
    ['createdAt', 'created_at'],
    ['HTTPServer2', 'http_server2'],
    ['userID', 'user_id'],
    ['OrderLine', 'order_line'],
    ['already_snake', 'already_snake'],
    ['a1B2', 'a1_b2'],
    ['größeÜber', 'größe_über'],
    ['ÜnïCode', 'ünï_code'],
    ['x', 'x'],
  ])('%s → %s', ([property, column]) => {
    expect(snakeCase(property!)).toBe(column)
  })

  test.for<readonly [string, number, string]>([
    ['abc', 3, 'abc'],
    ['abc', 2, 'ab'],
    ['äöü', 3, 'ä'],
    ['日本', 5, '日'],
    ['x😀', 4, 'x'],
    ['abc', 0, ''],
  ])('%s is cut to %i bytes: %s', ([text, limit, kept]) => {
    expect(clip(text, limit)).toBe(kept)
  })
})

describe('a naming strategy', () => {
  class UserAccount {
    id!: number
    eMail!: string
  }
  const setup = (model: DbModelConfig) =>
    model.entity(UserAccount, (e) => {
      e.property((u) => u.id)
        .hasType(integer())
        .isPrimaryKey()
      e.hasCheckConstraint(sql`id > 0`)
      e.hasCheckConstraint(sql`id < 9`)
    })

  test('chooses what it says, and leaves the rest', () => {
    const [table] = modelOf({
      setup,
      naming: { table: (entity) => `tbl_${entity}`, column: (property) => property },
    }).tables
    expect(table).toMatchObject({ name: 'tbl_UserAccount', primaryKey: { name: 'tbl_UserAccount_pkey' } })
  })

  test('one that ignores the suffix still gets names that differ', () => {
    const [table] = modelOf({ setup, naming: { check: () => 'ck' } }).tables
    expect(table?.checks.map((check) => check.name)).toEqual(['ck', 'ck1'])
  })
})

describe('names of any letters', () => {
  test.for([
    'a"b; drop table users; --',
    'Ünïcode',
    "o'clock",
    'a.b',
    ' ',
    'select',
    '\\',
    'new\nline',
    'x'.repeat(63),
  ])('%j is a table, a column and an enum', (name) => {
    const model = modelOf({
      setup: (m) => {
        m.enum('x', [name])
        table(m, name, ['id', name], (e) => id(e))
        m.enum(`e${name.slice(1)}`, [name], { schema: name })
      },
    })
    expect(model.tables[0]).toMatchObject({ name, columns: [{ name: 'id' }, { name }] })
    expect(model.enums[1]).toMatchObject({ schemaName: name, values: [name] })
  })

  test('quotes in a sequence name reach nextval() doubled', () => {
    const [one] = modelOf({ setup: (m) => table(m, `it's "a"`, ['id'], (e) => id(e)) }).tables
    expect(one?.columns[0]?.default).toEqual({ expression: `nextval('"public"."it''s ""a""_id_seq"'::regclass)` })
  })

  test('dots do not make two things one', () => {
    expect(
      issuesOf({
        setup: (m) => {
          m.enum('c', ['1'], { schema: 'a.b' })
          m.enum('b.c', ['2'], { schema: 'a' })
        },
      }),
    ).toEqual([])
  })
})
