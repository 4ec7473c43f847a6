// How a column is stored and counted: storage, compression, statistics target, per-column options. None of it touches rows.
import type { Server } from '../../engine/kind.js'
import { sameData } from '../../engine/walk.js'
import { id, join, literal, raw, type Sql, sql } from '../../sql/sql.js'

export interface ColumnSettings {
  /** null: as the type has it. */
  readonly storage?: 'plain' | 'external' | 'extended' | 'main' | null
  readonly compression?: 'pglz' | 'lz4' | null
  /** Statistics target; null: the server's. */
  readonly statistics?: number | null
  /** `n_distinct`, `n_distinct_inherited`. */
  readonly options?: Readonly<Record<string, string>> | null
}

export const settingFields = ['storage', 'compression', 'statistics', 'options'] as const

/** Those that are not the usual ones. */
export const ownSettings = (column: ColumnSettings): ColumnSettings => ({
  ...(column.storage ? { storage: column.storage } : {}),
  ...(column.compression ? { compression: column.compression } : {}),
  ...(column.statistics === undefined || column.statistics === null ? {} : { statistics: column.statistics }),
  ...(Object.keys(column.options ?? {}).length > 0 ? { options: column.options } : {}),
})

/** The statements that lead from one to the other; `table` is what follows ALTER TABLE. */
export function settingsSql(
  table: Sql,
  name: string,
  from: ColumnSettings,
  to: ColumnSettings,
  server: Server,
): readonly Sql[] {
  const column = sql`alter column ${id(name)}`
  const differs = (field: keyof ColumnSettings) => !sameData(from[field], to[field])
  const [was, is] = [from.options ?? {}, to.options ?? {}]
  const gone = Object.keys(was).filter((option) => !(option in is))
  const set = Object.entries(is).filter(([option, value]) => was[option] !== value)
  const named = differs('storage') && (to.storage || server.version >= 160000)
  const actions = [
    ...(named ? [sql`${column} set storage ${raw(to.storage ?? 'default')}`] : []),
    ...(differs('compression') ? [sql`${column} set compression ${raw(to.compression ?? 'default')}`] : []),
    ...(differs('statistics') ? [sql`${column} set statistics ${raw(String(Number(to.statistics ?? -1)))}`] : []),
    ...(gone.length > 0 ? [sql`${column} reset (${join(gone.map(id))})`] : []),
    ...(set.length > 0
      ? [sql`${column} set (${join(set.map(([option, value]) => sql`${id(option)} = ${literal(value)}`))})`]
      : []),
  ]
  return [
    ...(actions.length > 0 ? [sql`alter table ${table} ${join(actions)}`] : []),
    ...(differs('storage') && !named ? [usualStorage(table, name)] : []),
  ]
}

/** Before PostgreSQL 16 there is no SET STORAGE DEFAULT: the type knows what it would be. */
function usualStorage(table: Sql, name: string): Sql {
  const bare = raw(table.text.replace(/^only /, ''))
  const usual = sql`(select case t.typstorage when 'p' then 'plain' when 'e' then 'external' when 'm' then 'main' else 'extended' end from pg_catalog.pg_attribute a join pg_catalog.pg_type t on t.oid = a.atttypid where a.attrelid = ${literal(bare.text)}::pg_catalog.regclass and a.attname = ${literal(name)})`
  return sql`do ${literal(sql`begin execute ${literal(sql`alter table ${table} alter column ${id(name)} set storage `.text)} || ${usual}; end`.text)}`
}

export const describeSettings = (from: ColumnSettings, to: ColumnSettings): readonly string[] => [
  ...(sameData(from.storage, to.storage) ? [] : [`storage ${to.storage ?? 'default'}`]),
  ...(sameData(from.compression, to.compression) ? [] : [`compression ${to.compression ?? 'default'}`]),
  ...(sameData(from.statistics, to.statistics) ? [] : [`statistics ${to.statistics ?? 'default'}`]),
  ...Object.keys({ ...from.options, ...to.options })
    .filter((option) => from.options?.[option] !== to.options?.[option])
    .map((option) => (to.options?.[option] === undefined ? `no ${option}` : `${option} = ${to.options[option]}`)),
]
