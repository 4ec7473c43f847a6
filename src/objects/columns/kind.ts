// Columns: reading, comparing, altering in place, or made again where PostgreSQL cannot alter them.
import type { Name } from '../../engine/identity.js'
import type { ObjectKind, Rebuilt, Survival } from '../../engine/kind.js'
import { differing, sameData } from '../../engine/walk.js'
import type { ColumnConfig as ColumnModel, IdentityConfig, TableConfig } from '../../model/model-config.js'
import { ownedSequenceName } from '../../model/naming.js'
import { id, qualified, sql } from '../../sql/sql.js'
import { parseType, type TypeName, typeFromCatalog } from '../../sql/types.js'
import { defaultExpression } from '../default-literal.js'
import { plainTable } from '../relations.js'
import { declaredOptions, readSequenceOptions, type SequenceOptionsRow } from '../sequence-options.js'
import { typeReferences, typeSql } from '../type-references.js'
import { type Column, columnKind, configOf, type Identity, type Through } from './column.js'
import { type ColumnOperation, columnOperations } from './operations.js'

export interface ColumnRow {
  schema_name: string
  table_name: string
  name: string
  type_namespace: string
  type_name: string
  type_text: string
  is_array: string
  not_null: string
  expression: string | null
  generated: string
  identity: string
  options: string | null
  collation_schema: string | null
  collation_name: string | null
}

const of = (column: Column) => ({ schemaName: column.schemaName, tableName: column.table, columnName: column.name })
const compared = ['type', 'notNull', 'default', 'generated', 'identity', 'collation'] as const

function declared(table: TableConfig, column: ColumnModel): Column {
  const kept = <T>(field: string, value: T): T | undefined => (column.ignore.includes(field) ? undefined : value)
  const type: TypeName = {
    ...parseType(column.type.sql),
    ...(column.type.schemaName === undefined ? {} : { schemaName: column.type.schemaName }),
  }
  const fallback = column.default
  return {
    schemaName: table.schemaName,
    table: table.name,
    name: column.name,
    type,
    notNull: kept('nullable', !column.nullable),
    default: kept(
      'default',
      fallback === undefined
        ? null
        : 'expression' in fallback
          ? { expression: fallback.expression }
          : { expression: defaultExpression(fallback.literal, type) },
    ),
    generated: kept('generated', column.generated ?? null),
    identity: kept('identity', column.identity ? identityOf(column.identity, type) : null),
    collation: kept('collation', column.collation ?? null),
    renamedFrom: column.renamedFrom,
    using: column.using,
    backfill: column.backfill,
    ...(column.source ? { source: column.source } : {}),
  }
}

function identityOf(identity: IdentityConfig, type: TypeName): Identity {
  return {
    generation: identity.generation,
    ...declaredOptions({
      dataType: type.typeName === 'smallint' || type.typeName === 'integer' ? type.typeName : 'bigint',
      start: identity.start ?? null,
      increment: identity.increment ?? '1',
      minValue: identity.minValue ?? null,
      maxValue: identity.maxValue ?? null,
      cache: identity.cache ?? '1',
      cycle: identity.cycle ?? false,
    }),
  }
}

/** With a column's type PostgreSQL changes that of its identity. Names without a schema in the model fit whatever schema PostgreSQL found them in. */
function differences(current: Column, desired: Column): readonly (keyof Column & string)[] {
  const fits = (one: { schemaName?: string | undefined }, other: { schemaName?: string | undefined }) =>
    one.schemaName !== undefined && other.schemaName === undefined
  const type = fits(current.type, desired.type) ? { ...current.type, schemaName: undefined } : current.type
  const collation =
    desired.collation && current.collation && fits(current.collation, desired.collation)
      ? { ...current.collation, schemaName: undefined }
      : current.collation
  const identity =
    current.identity && desired.identity && !sameData(type, desired.type)
      ? { ...current.identity, dataType: desired.type.typeName as Identity['dataType'] }
      : current.identity
  const asRead = type === current.type && collation === current.collation && identity === current.identity
  return differing(asRead ? current : { ...current, type, collation, identity }, desired, compared)
}

function alter(
  current: Column,
  desired: Column,
  changed: readonly string[],
  version: number,
): readonly ColumnOperation[] | 'recreate' {
  const has = (field: string) => changed.includes(field)
  if (has('generated') && desired.generated) {
    const inPlace =
      version >= 170000 && current.generated && current.generated.stored === desired.generated.stored && !has('type')
    if (!inPlace) return 'recreate'
  }
  if (has('generated') && current.generated && !current.generated.stored) return 'recreate'
  const to = configOf({
    ...current,
    ...desired,
    ...Object.fromEntries(compared.filter((field) => !has(field)).map((field) => [field, current[field]])),
  })
  return [{ type: 'alter_column', ...of(desired), from: configOf(current), to }]
}

/** What stands beside its old form, or goes, is the column's type or collation. */
const uses = (column: Column, names: readonly Name[]): 'type' | 'collation' | undefined => {
  const { type, collation } = column
  const is = (space: string, schemaName: string | undefined, name: string) =>
    schemaName !== undefined &&
    names.some((one) => one.space === space && one.schemaName === schemaName && one.name === name)
  if (is('type', type.schemaName, type.typeName)) return 'type'
  return collation && is('collation', collation.schemaName, collation.collationName) ? 'collation' : undefined
}

/** How values of the column move to what its type or collation is made anew as, or away from a type that goes. */
function through(column: Column, desired: Column, { replaced, move }: Rebuilt): Through {
  if (!move) return {}
  const array = column.type.dimensions === 1
  const value = id(column.name)
  const same =
    replaced !== undefined &&
    column.type.typeName === desired.type.typeName &&
    column.type.schemaName === desired.type.schemaName &&
    column.type.dimensions === desired.type.dimensions
  if (!same) return { using: sql`${move.plain(value, array)}::${typeSql(desired.type)}`.text }
  const by =
    move.elementwise && array
      ? { element: move.convert(sql`v[i]`, { ...desired.type, dimensions: undefined }).text }
      : { using: move.convert(value, desired.type).text }
  return {
    ...by,
    ...(move.lacks && desired.using === undefined ? { lacks: move.lacks(value, array).text } : {}),
    ...(move.loses ? { loses: true } : {}),
  }
}

/** A type made anew: values move over. Anything else that is rebuilt under the column is in its default. */
function survive(column: Column, around: Rebuilt, desired: Column): Survival<ColumnOperation> {
  const use = uses(column, around.names)
  if (use && around.desired !== undefined && !around.replaced && !around.remade) return 'untouched'
  if (column.generated && desired.generated) return 'recreate'
  const config = configOf(column)
  const wanted = configOf(desired)
  // It keeps its values: it stops being generated before what it was generated from goes.
  const { generated, ...plain } = config
  const before: readonly ColumnOperation[] = generated
    ? [{ type: 'alter_column', ...of(column), from: config, to: plain }]
    : []
  if (use) {
    const fallback = around.move?.fallback
    const same = desired.default && column.default?.expression === desired.default.expression
    const to = {
      ...wanted,
      ...(same && fallback ? { default: fallback(desired.default.expression) } : {}),
      through: through(column, desired, use === 'type' ? around : { ...around, move: undefined }),
    }
    return { before, after: [{ type: 'alter_column', ...of(column), from: plain, to }], disturbs: true }
  }
  if (generated) {
    const after: ColumnOperation = { type: 'alter_column', ...of(column), from: plain, to: wanted }
    return { before, after: sameData(plain, wanted) ? [] : [after] }
  }
  if (column.default && around.id.table === undefined) {
    const { default: _left, ...bare } = config
    return {
      before: [{ type: 'alter_column', ...of(column), from: config, to: bare }],
      after: [{ type: 'alter_column', ...of(column), from: bare, to: wanted }],
    }
  }
  return 'untouched'
}

export const columns: ObjectKind<Column, ColumnOperation, ColumnRow & Partial<SequenceOptionsRow>> = {
  name: columnKind,
  partOfTable: true,
  identify: (column) => ({ kind: columnKind, schemaName: column.schemaName, table: column.table, name: column.name }),
  names: (column) => [{ space: 'column', schemaName: column.schemaName, table: column.table, name: column.name }],
  address: (column) => sql`column ${qualified(column.schemaName, column.table ?? '')}.${id(column.name)}`,
  bornWith: (column) => ({ space: 'relation', schemaName: column.schemaName, name: column.table }),
  diesWith: (column) => [{ space: 'relation', schemaName: column.schemaName, name: column.table }],
  dependsOn: (column) => typeReferences(column.type, column.collation),
  declare: (model) =>
    model.tables
      .filter((table) => table.managed)
      .flatMap((table) =>
        table.columns.filter((column) => !column.ignore.includes('*')).map((column) => declared(table, column)),
      ),
  catalog: {
    query: (server, schemas) => sql`
      select n.nspname as schema_name, c.relname as table_name, a.attname as name,
        tn.nspname as type_namespace, t.typname as type_name, format_type(a.atttypid, a.atttypmod) as type_text, at.typcategory = 'A' and at.typelem <> 0 as is_array,
        a.attnotnull as not_null, pg_get_expr(d.adbin, d.adrelid) as expression, a.attgenerated as generated, a.attidentity as identity, s.options,
        cn.nspname as collation_schema, co.collname as collation_name,
        '1259:' || c.oid || ':' || a.attnum || coalesce(',2604:' || d.oid || ':0', '')${
          // From 18 on NOT NULL is a constraint of its own, which hangs on the column.
          server.version >= 180000
            ? sql` || coalesce((select ',2606:' || k.oid || ':0' from pg_constraint k where a.attnotnull and k.conrelid = c.oid and k.contype = 'n' and k.conkey[1] = a.attnum), '')`
            : sql``
        } as addresses
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_type at on at.oid = a.atttypid join pg_type t on t.oid = case when at.typcategory = 'A' and at.typelem <> 0 then at.typelem else at.oid end
      join pg_namespace tn on tn.oid = t.typnamespace
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      left join pg_collation co on co.oid = a.attcollation and a.attcollation <> at.typcollation left join pg_namespace cn on cn.oid = co.collnamespace
      left join lateral (
        select json_build_object('data_type', format_type(q.seqtypid, null), 'start', q.seqstart::text, 'increment', q.seqincrement::text,
          'min', q.seqmin::text, 'max', q.seqmax::text, 'cache', q.seqcache::text, 'cycle', q.seqcycle::text) as options
        from pg_depend i join pg_sequence q on q.seqrelid = i.objid
        where a.attidentity <> '' and i.refclassid = 1259 and i.refobjid = a.attrelid and i.refobjsubid = a.attnum and i.classid = 1259 and i.deptype = 'i'
      ) s on true
      where a.attnum > 0 and not a.attisdropped and n.nspname = any(${schemas}) and ${plainTable('c')}
      order by 1, 2, a.attnum`,
    read: (row) => ({
      schemaName: row.schema_name,
      table: row.table_name,
      name: row.name,
      type: typeFromCatalog({
        namespace: row.type_namespace,
        typname: row.type_name,
        formatted: row.type_text,
        isArray: row.is_array === 't',
      }),
      notNull: row.not_null === 't',
      default: row.expression === null || row.generated !== '' ? null : { expression: row.expression },
      generated:
        row.generated === '' || row.expression === null
          ? null
          : { expression: row.expression, stored: row.generated === 's' },
      identity:
        row.options === null
          ? null
          : {
              generation: row.identity === 'a' ? 'always' : 'byDefault',
              ...readSequenceOptions(JSON.parse(row.options) as SequenceOptionsRow),
            },
      collation:
        row.collation_name === null
          ? null
          : { schemaName: row.collation_schema ?? undefined, collationName: row.collation_name },
    }),
  },
  differences,
  create: (column) => [{ type: 'add_column', ...of(column), config: configOf(column) }],
  alter: (current, desired, changed, side) => alter(current, desired, changed, side.server.version),
  disturbs: (_current, _desired, changed) =>
    changed.some((field) => field === 'type' || field === 'collation' || field === 'generated'),
  rename: (current, desired) => ({
    type: 'rename_column',
    schemaName: current.schemaName,
    tableName: current.table,
    columnName: current.name,
    newName: desired.name,
  }),
  drop: (column) => ({ type: 'drop_column', ...of(column), was: configOf(column) }),
  implicitNames: (column) =>
    column.identity
      ? [{ space: 'relation', schemaName: column.schemaName, name: ownedSequenceName(column.table, column.name) }]
      : [],
  stub: (column) => (column.default ? { ...column, default: null } : undefined),
  survive: (column, around, _side, desired) => survive(column, around, desired),
  bare: ({ schemaName, table, name, type, collation }) => ({
    schemaName,
    table,
    name,
    type,
    notNull: false,
    default: null,
    generated: null,
    identity: null,
    collation: collation ?? null,
  }),
  operations: columnOperations,
}
