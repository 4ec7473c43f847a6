// The keys of an index, which indexes and exclusion constraints share: as data, as SQL, as the catalog has them.
import type { Expression } from '../engine/kind.js'
import type { IndexKeyConfig } from '../model/model-config.js'
import { expression } from '../sql/expression.js'
import { id, join, qualified, raw, type Sql, sql } from '../sql/sql.js'
import { hasStorage, type StorageParameters, storageList, storageQuery } from './storage-parameters.js'

export interface IndexKey {
  readonly column?: string
  readonly value?: Expression
  readonly opclass: string | null
  readonly opclassSchema?: string
  /** Parameters of the operator class; absent where there are none. */
  readonly opclassParameters?: StorageParameters
  readonly collation: string | null
  readonly collationSchema?: string
  readonly order: 'asc' | 'desc'
  readonly nulls: 'first' | 'last'
  /** Exclusion constraints only. */
  readonly operator?: string
  /** Absent where it is PostgreSQL's own or left to the search path. */
  readonly operatorSchema?: string
  /** Current side only: the operator class and collation that it has without saying so. */
  readonly usual?: { readonly opclass: string | null; readonly collation: string | null }
}

interface KeyRow {
  column: string | null
  expression: string | null
  opclass: string | null
  opclass_schema: string | null
  opclass_parameters: StorageParameters
  usual_opclass: string | null
  usual_collation: string | null
  collation: string | null
  collation_schema: string | null
  options: number
  operator: string | null
  operator_schema: string | null
}

/** The keys of the index `i` (a `pg_index`) as JSON; `operators` is an `oid[]` with the operator of each, for exclusion constraints. */
export function keysQuery(operators: Sql | undefined): Sql {
  const operator = operators
    ? sql`, 'operator', op.oprname, 'operator_schema', nullif(opn.nspname, 'pg_catalog')`
    : sql``
  const joined = operators
    ? sql`left join pg_operator op on op.oid = (${operators})[p.ord] left join pg_namespace opn on opn.oid = op.oprnamespace`
    : sql``
  return sql`(
    select json_agg(json_build_object('column', a.attname, 'expression', case when p.num = 0 then pg_get_indexdef(i.indexrelid, p.ord::int, true) end,
      'usual_opclass', case when oc.opcdefault then oc.opcname end, 'usual_collation', co.collname,
      'opclass', case when not oc.opcdefault or ia.attoptions is not null then oc.opcname end, 'opclass_schema', case when not oc.opcdefault or ia.attoptions is not null then ocn.nspname end,
      'opclass_parameters', ${storageQuery('ia.attoptions')},
      'collation', case when p.num > 0 and i.indcollation[p.ord - 1] <> coalesce(a.attcollation, t.typcollation)
        or p.num = 0 and position(pg_get_indexdef(i.indexrelid, p.ord::int, false) || ' COLLATE ' in pg_get_indexdef(i.indexrelid)) > 0 then co.collname end,
      'collation_schema', con.nspname, 'options', i.indoption[p.ord - 1]${operator}) order by p.ord)
    from unnest(i.indkey::int2[]) with ordinality p(num, ord)
    join pg_attribute ia on ia.attrelid = i.indexrelid and ia.attnum = p.ord
    left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = p.num and p.num > 0
    left join pg_type t on t.oid = ia.atttypid
    join pg_opclass oc on oc.oid = i.indclass[p.ord - 1] join pg_namespace ocn on ocn.oid = oc.opcnamespace
    left join pg_collation co on co.oid = i.indcollation[p.ord - 1] left join pg_namespace con on con.oid = co.collnamespace
    ${joined}
    where p.ord <= i.indnkeyatts
  )`
}

export const readKeys = (text: string): readonly IndexKey[] => (JSON.parse(text) as KeyRow[]).map(readKey)

const readKey = (key: KeyRow): IndexKey => ({
  ...(key.column !== null ? { column: key.column } : { value: { expression: key.expression ?? '' } }),
  opclass: key.opclass,
  ...(key.opclass === null ? {} : { opclassSchema: key.opclass_schema ?? undefined }),
  ...(hasStorage(key.opclass_parameters) ? { opclassParameters: key.opclass_parameters } : {}),
  collation: key.collation,
  ...(key.collation === null ? {} : { collationSchema: key.collation_schema ?? undefined }),
  order: key.options & 1 ? 'desc' : 'asc',
  nulls: key.options & 2 ? 'first' : 'last',
  ...(key.operator ? { operator: key.operator } : {}),
  ...(key.operator_schema ? { operatorSchema: key.operator_schema } : {}),
  usual: { opclass: key.usual_opclass, collation: key.usual_collation },
})

const split = (name: string | undefined): { readonly name: string | null; readonly schemaName?: string } => {
  if (name === undefined) return { name: null }
  const dot = name.indexOf('.')
  return dot <= 0 ? { name } : { name: name.slice(dot + 1), schemaName: name.slice(0, dot) }
}

/** A key as the model has it. */
export function declaredKey(key: IndexKeyConfig): IndexKey {
  const [opclass, collation] = [split(key.opclass), split(key.collation)]
  const order = key.order ?? 'asc'
  return {
    ...(key.column !== undefined ? { column: key.column } : { value: { expression: key.expression ?? '' } }),
    opclass: opclass.name,
    ...(opclass.schemaName === undefined ? {} : { opclassSchema: opclass.schemaName }),
    ...(hasStorage(key.opclassParameters) ? { opclassParameters: key.opclassParameters } : {}),
    collation: collation.name,
    ...(collation.schemaName === undefined ? {} : { collationSchema: collation.schemaName }),
    order,
    nulls: key.nulls ?? (order === 'desc' ? 'first' : 'last'),
    ...(key.operator === undefined ? {} : { operator: key.operator }),
    ...(key.operatorSchema === undefined ? {} : { operatorSchema: key.operatorSchema }),
  }
}

/** Without what only the current side knows. */
export const bareKey = ({ usual: _usual, ...key }: IndexKey): IndexKey => key

/** The current keys without what the desired ones leave to PostgreSQL; what is usual for the column may be spelled out. */
export function comparableKeys(current: readonly IndexKey[], desired: readonly IndexKey[]): readonly IndexKey[] {
  return current.map((key, index) => {
    const wanted = desired[index]
    const { usual, ...read } = key
    return {
      ...read,
      ...(key.opclass === null && wanted?.opclass === usual?.opclass ? { opclass: wanted?.opclass ?? null } : {}),
      ...(key.collation === null && wanted?.collation === usual?.collation
        ? { collation: wanted?.collation ?? null }
        : {}),
      ...(wanted?.opclassSchema === undefined ? { opclassSchema: undefined } : {}),
      ...(wanted?.collationSchema === undefined ? { collationSchema: undefined } : {}),
      ...(wanted?.operatorSchema === undefined ? { operatorSchema: undefined } : {}),
    }
  })
}

/** Column name or expression text. */
export const keyText = (key: IndexKey): string => key.column ?? key.value?.expression ?? ''

/** One key as CREATE INDEX and EXCLUDE take it. */
export function keySql(key: IndexKey, method: string): Sql {
  const ordered = method === 'btree'
  const parts = [
    key.column !== undefined ? id(key.column) : sql`(${expression(key.value?.expression ?? '')})`,
    ...(key.collation === null ? [] : [sql`collate ${qualified(key.collationSchema, key.collation)}`]),
    ...(key.opclass === null
      ? []
      : [
          sql`${qualified(key.opclassSchema, key.opclass)}${hasStorage(key.opclassParameters) ? sql` ${storageList(key.opclassParameters)}` : sql``}`,
        ]),
    ...(ordered && key.order === 'desc' ? [sql`desc`] : []),
    ...(ordered && key.nulls !== (key.order === 'desc' ? 'first' : 'last') ? [sql`nulls ${raw(key.nulls)}`] : []),
    ...(key.operator === undefined ? [] : [sql`with ${operatorSql(key)}`]),
  ]
  return join(parts, ' ')
}

const operatorName = /^[-+*/<>=~!@#%^&|`?]+$/

/** An operator cannot be quoted; what is none is never sent. */
function operatorSql({ operator = '', operatorSchema }: IndexKey): Sql {
  if (!operatorName.test(operator)) throw new TypeError(`'${operator}' is no operator`)
  return operatorSchema === undefined ? raw(operator) : sql`operator(${id(operatorSchema)}.${raw(operator)})`
}

/** One key for people. */
export const shownKey = (key: IndexKey): string =>
  [
    keyText(key),
    ...(key.collation === null ? [] : [`collate ${key.collation}`]),
    ...(key.opclass === null ? [] : [key.opclass]),
    ...(key.order === 'desc' ? ['desc'] : []),
    ...((key.nulls === 'first') === (key.order === 'desc') ? [] : [`nulls ${key.nulls}`]),
    ...(key.operator === undefined ? [] : [`with ${key.operator}`]),
  ].join(' ')
