// Indexes that no constraint owns. A changed one is made again; one left INVALID by a failed build counts as changed.
import type { ObjectKind } from '../../engine/kind.js'
import { canonical, differing } from '../../engine/walk.js'
import { expressionName } from '../../model/expression-name.js'
import { indexName } from '../../model/naming.js'
import { qualified, sql } from '../../sql/sql.js'
import { plainTable } from '../relations.js'
import {
  configOf,
  createOf,
  type Index,
  type IndexKey,
  type IndexOperation,
  indexOperations,
  keyText,
  of,
} from './operations.js'

const bareKey = ({ usual: _usual, ...key }: IndexKey): IndexKey => key

function comparable(current: Index, desired: Index): Index {
  const keys = current.keys.map((key, index) => {
    const wanted = desired.keys[index]
    const { usual, ...read } = key
    return {
      ...read,
      // What is usual for the column may be spelled out.
      ...(key.opclass === null && wanted?.opclass === usual?.opclass ? { opclass: wanted?.opclass ?? null } : {}),
      ...(key.collation === null && wanted?.collation === usual?.collation
        ? { collation: wanted?.collation ?? null }
        : {}),
      ...(wanted?.opclassSchema === undefined ? { opclassSchema: undefined } : {}),
      ...(wanted?.collationSchema === undefined ? { collationSchema: undefined } : {}),
    }
  })
  return { ...current, keys }
}

export interface IndexRow {
  schema_name: string
  table_name: string
  name: string
  keys: string
  include: string
  unique: string
  method: string
  predicate: string | null
  nulls_not_distinct: string
  valid: string
}

interface KeyRow {
  column: string | null
  expression: string | null
  opclass: string | null
  opclass_schema: string | null
  usual_opclass: string | null
  usual_collation: string | null
  collation: string | null
  collation_schema: string | null
  options: number
}

const readKey = (key: KeyRow): IndexKey => ({
  ...(key.column !== null ? { column: key.column } : { value: { expression: key.expression ?? '' } }),
  opclass: key.opclass,
  ...(key.opclass === null ? {} : { opclassSchema: key.opclass_schema ?? undefined }),
  collation: key.collation,
  ...(key.collation === null ? {} : { collationSchema: key.collation_schema ?? undefined }),
  order: key.options & 1 ? 'desc' : 'asc',
  nulls: key.options & 2 ? 'first' : 'last',
  usual: { opclass: key.usual_opclass, collation: key.usual_collation },
})

const split = (name: string | undefined): { readonly name: string | null; readonly schemaName?: string } => {
  if (name === undefined) return { name: null }
  const dot = name.indexOf('.')
  return dot < 0 ? { name } : { name: name.slice(dot + 1), schemaName: name.slice(0, dot) }
}

export const indexes: ObjectKind<Index, IndexOperation, IndexRow> = {
  name: 'index',
  partOfTable: true,
  identify: (index) => ({ kind: 'index', schemaName: index.schemaName, table: index.table, name: index.name }),
  names: ({ schemaName, table, name, unique, where, keys }) => {
    const columns = keys.map((key) => key.column)
    const key =
      unique && !where && !columns.includes(undefined)
        ? [{ space: 'key', schemaName, table, name: [...columns].sort().join('\0') }]
        : []
    return [{ space: 'relation', schemaName, name }, ...key]
  },
  address: (index) => sql`index ${qualified(index.schemaName, index.name)}`,
  diesWith: ({ schemaName, table }) => [{ space: 'relation', schemaName, name: table }],
  dependsOn: ({ schemaName, table, keys, include }) => [
    { ref: { space: 'relation', schemaName, name: table }, strength: 'needs' as const },
    ...[...keys.flatMap((key) => key.column ?? []), ...include].map((name) => ({
      ref: { space: 'column', schemaName, table, name },
      strength: 'needs' as const,
    })),
  ],
  defaultName: (index) =>
    indexName(index.table, [...index.keys.map((key) => key.column ?? expressionName(keyText(key))), ...index.include]),
  declare: (model) =>
    model.tables
      .filter((table) => table.managed)
      .flatMap((table) =>
        table.indexes.map((index) => ({
          schemaName: table.schemaName,
          table: table.name,
          name: index.name,
          keys: index.keys.map((key): IndexKey => {
            const opclass = split(key.opclass)
            const collation = split(key.collation)
            const order = key.order ?? 'asc'
            return {
              ...(key.column !== undefined ? { column: key.column } : { value: { expression: key.expression ?? '' } }),
              opclass: opclass.name,
              ...(opclass.schemaName === undefined ? {} : { opclassSchema: opclass.schemaName }),
              collation: collation.name,
              ...(collation.schemaName === undefined ? {} : { collationSchema: collation.schemaName }),
              order,
              nulls: key.nulls ?? (order === 'desc' ? 'first' : 'last'),
            }
          }),
          include: index.include,
          unique: index.unique,
          method: index.method,
          where: index.where === undefined ? null : { expression: index.where },
          valid: true,
          renamedFrom: index.renamedFrom,
          source: index.source,
        })),
      ),
  catalog: {
    query: (server, schemas) => sql`
      select n.nspname as schema_name, c.relname as table_name, ic.relname as name, k.keys,
        case when i.indnatts = i.indnkeyatts then '[]' else (select json_agg(a.attname order by p.ord) from unnest(i.indkey::int2[]) with ordinality p(num, ord) join pg_attribute a on a.attrelid = i.indrelid and a.attnum = p.num where p.ord > i.indnkeyatts) end as include,
        i.indisunique as unique, am.amname as method, pg_get_expr(i.indpred, i.indrelid) as predicate,
        ${server.version >= 150000 ? sql`i.indnullsnotdistinct` : sql`false`} as nulls_not_distinct, i.indisvalid as valid,
        '1259:' || ic.oid || ':0' as addresses
      from pg_index i join pg_class ic on ic.oid = i.indexrelid join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace join pg_am am on am.oid = ic.relam
      cross join lateral (
        select json_agg(json_build_object('column', a.attname, 'expression', case when p.num = 0 then pg_get_indexdef(i.indexrelid, p.ord::int, true) end,
          'usual_opclass', case when oc.opcdefault then oc.opcname end, 'usual_collation', co.collname, 'opclass', case when not oc.opcdefault then oc.opcname end, 'opclass_schema', case when not oc.opcdefault then ocn.nspname end,
          'collation', case when p.num > 0 and i.indcollation[p.ord - 1] <> coalesce(a.attcollation, t.typcollation)
            or p.num = 0 and position(pg_get_indexdef(i.indexrelid, p.ord::int, false) || ' COLLATE ' in pg_get_indexdef(i.indexrelid)) > 0 then co.collname end,
          'collation_schema', con.nspname, 'options', i.indoption[p.ord - 1]) order by p.ord) as keys
        from unnest(i.indkey::int2[]) with ordinality p(num, ord)
        join pg_attribute ia on ia.attrelid = i.indexrelid and ia.attnum = p.ord
        join pg_type t on t.oid = ia.atttypid
        left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = p.num and p.num > 0
        join pg_opclass oc on oc.oid = i.indclass[p.ord - 1] join pg_namespace ocn on ocn.oid = oc.opcnamespace
        left join pg_collation co on co.oid = i.indcollation[p.ord - 1] left join pg_namespace con on con.oid = co.collnamespace
        where p.ord <= i.indnkeyatts
      ) k
      where n.nspname = any(${schemas}) and ${plainTable('c')}
        and not exists (select from pg_constraint x where x.conindid = i.indexrelid and x.contype in ('p', 'u', 'x'))
      order by 1, 2, 3`,
    read: (row) => ({
      schemaName: row.schema_name,
      table: row.table_name,
      name: row.name,
      keys: (JSON.parse(row.keys) as KeyRow[]).map(readKey),
      include: JSON.parse(row.include) as string[],
      unique: row.unique === 't',
      method: row.method,
      where: row.predicate === null ? null : { expression: row.predicate },
      nullsNotDistinct: row.nulls_not_distinct === 't',
      valid: row.valid === 't',
    }),
  },
  differences: (current, desired) =>
    differing(comparable(current, desired), { ...desired, keys: desired.keys.map(bareKey) }, [
      'table',
      'keys',
      'include',
      'unique',
      'method',
      'where',
      'nullsNotDistinct',
      'valid',
    ]),
  create: (index) => [createOf(of(index), configOf(index))],
  rename: (current, desired) => ({ type: 'rename_index', ...of(current), newName: desired.name }),
  drop: (index) => ({ type: 'drop_index', ...of(index), was: configOf(index) }),
  // PostgreSQL rebuilds a plain index itself when the type of its column changes; an expression is parsed again only by us.
  survive: (index, around) =>
    around.desired !== undefined && !around.remade && !canonical(index).includes('"expression"')
      ? 'untouched'
      : 'recreate',
  operations: indexOperations,
}
