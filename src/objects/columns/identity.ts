// How a column becomes an identity or a serial one, changes its sequence, and goes on counting behind its highest value.
import type { Risk } from '../../engine/kind.js'
import { sameData } from '../../engine/walk.js'
import { id, join, literal, qualified, raw, type Sql, sql } from '../../sql/sql.js'
import { changedClauses, endsSooner, intoBounds, narrowing, sequenceClauses } from '../sequence-options.js'
import { type ColumnConfig, type Identity, identityClause, usualSequence } from './column.js'

interface Altered {
  readonly schemaName: string
  readonly tableName: string
  readonly columnName: string
  readonly from: ColumnConfig
  readonly to: ColumnConfig
}

const tableOf = (op: Pick<Altered, 'schemaName' | 'tableName'>): Sql => qualified(op.schemaName, op.tableName)

/** By its options, and by the name of its sequence where that alone changes. */
export function describeIdentity({ from, to, ...op }: Altered): readonly string[] {
  const options = ({ identity }: ColumnConfig) => identity && { ...identity, sequence: undefined }
  if (!sameData(options(from), options(to)))
    return [to.identity ? `identity ${to.identity.generation === 'always' ? 'always' : 'by default'}` : 'no identity']
  if (sameData(from.identity?.sequence, to.identity?.sequence)) return []
  const usual = usualSequence({ schemaName: op.schemaName, table: op.tableName, name: op.columnName })
  return [`identity's sequence '${(to.identity?.sequence ?? usual).sequenceName}'`]
}

/** A used one may stand outside of its new bounds. */
export const identityRisks = ({ from, to }: Pick<Altered, 'from' | 'to'>, shown: string): readonly Risk[] =>
  from.identity && to.identity && endsSooner(from.identity, to.identity) ? [narrowing(shown)] : []

export function identitySql(op: Altered, column: Sql): readonly Sql[] {
  const { from, to } = op
  if (sameData(from.identity ?? null, to.identity ?? null)) return []
  if (!to.identity) return [sql`${column} drop identity`]
  const target = to.identity
  // Not pg_get_serial_sequence: the sequence of a serial column may still be there.
  const sequence = sql`(select d.objid::pg_catalog.regclass from pg_catalog.pg_depend d join pg_catalog.pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid where d.classid = 1259 and d.refclassid = 1259 and d.refobjid = ${literal(tableOf(op).text)}::pg_catalog.regclass and a.attname = ${literal(op.columnName)} and d.deptype = 'i')`
  if (!from.identity) {
    return [
      sql`${column} add ${identityClause(target)}`,
      sql`select pg_catalog.setval(${sequence}, max(${id(op.columnName)})) from ${tableOf(op)} having max(${id(op.columnName)}) >= ${raw(BigInt(target.minValue ?? '1').toString())}`,
      ...(target.dataType === to.type ? [] : [alterSequence(sequence, sequenceClauses({ dataType: target.dataType }))]),
    ]
  }
  const current = from.identity
  const place = { schemaName: op.schemaName, table: op.tableName, name: op.columnName }
  const same = (field: keyof typeof current) => sameData(current[field], target[field])
  const generation = same('generation')
    ? []
    : [sql`set generated ${raw(target.generation === 'always' ? 'always' : 'by default')}`]
  const dataType = from.type === to.type ? current.dataType : (to.type as Identity['dataType'])
  const alone = target.dataType !== dataType
  const clauses = changedClauses({ ...current, dataType }, target)
  const [named, name] = [current.sequence, target.sequence].map((one) => one ?? usualSequence(place))
  const renamed = sameData(named, name)
    ? []
    : [
        sql`alter sequence ${qualified(named?.schemaName, named?.sequenceName ?? '')} rename to ${id(name?.sequenceName ?? '')}`,
      ]
  const own = [...generation, ...(alone ? [] : clauses.map((clause) => sql`set ${clause}`))]
  return [
    ...(alone
      ? []
      : intoBounds(qualified(named?.schemaName, named?.sequenceName ?? ''), { ...current, dataType }, target)),
    ...(own.length === 0 ? [] : [sql`${column} ${join(own, ' ')}`]),
    ...(alone ? [alterSequence(sequence, clauses)] : []),
    ...renamed,
  ]
}

/** ALTER COLUMN cannot set the type of an identity's sequence, and only the server knows the sequence's name. */
const alterSequence = (sequence: Sql, clauses: readonly Sql[]): Sql =>
  sql`do ${literal(sql`begin execute 'alter sequence ' || ${sequence} || ${literal(sql` ${join(clauses, ' ')}`.text)}; end`.text)}`

/** A column that becomes serial goes on counting behind its highest value. */
export function continued({ from, to, ...op }: Altered): readonly Sql[] {
  const [, sequence] = /^nextval\(('(?:[^']|'')+')::regclass\)$/.exec(to.default ?? '') ?? []
  if (sequence === undefined || from.default?.startsWith('nextval(') || !/^(smallint|integer|bigint)$/.test(to.type))
    return []
  const column = sql`max(${id(op.columnName)})`
  const at = sql`${raw(sequence)}::pg_catalog.regclass`
  return [
    sql`select pg_catalog.setval(${at}, ${column}) from ${tableOf(op)} having ${column} > coalesce(pg_catalog.pg_sequence_last_value(${at}), 0)`,
  ]
}
