// Storage parameters (WITH (…), reloptions): how they are read, written and changed.
import { id, join, literal, raw, type Sql, sql } from '../sql/sql.js'

/** Parameter → value, as PostgreSQL keeps the text. */
export type StorageParameters = Readonly<Record<string, string>>

/** The parameters of a `text[]` of `name=value`, as the text of a JSON object. */
export const storageQuery = (options: string): Sql =>
  sql`coalesce((select json_object_agg(o.option_name, o.option_value order by o.place) from pg_options_to_table(${raw(options)}) with ordinality o(option_name, option_value, place)), '{}')`

export const readStorage = (text: string): StorageParameters => JSON.parse(text) as StorageParameters

/** `("fillfactor" = '70')` */
export const storageList = (parameters: StorageParameters): Sql =>
  sql`(${join(Object.entries(parameters).map(([name, value]) => sql`${id(name)} = ${literal(value)}`))})`

export const hasStorage = (parameters: StorageParameters | undefined): parameters is StorageParameters =>
  parameters !== undefined && Object.keys(parameters).length > 0

/**
 * `reset ("a")`, `set ("b" = '1')`: what leads from one to the other, to be put after ALTER …
 * PostgreSQL puts what is set behind what is there; where the order would be another one, all are set anew.
 */
export function storageChanges(from: StorageParameters = {}, to: StorageParameters = {}): readonly Sql[] {
  const kept = Object.keys(from).filter((name) => from[name] === to[name])
  const set = Object.entries(to).filter(([name, value]) => from[name] !== value)
  const order = [...kept, ...set.map(([name]) => name)]
  const anew = order.join('\0') !== Object.keys(to).join('\0')
  const gone = Object.keys(from).filter((name) => anew || !(name in to))
  return [
    ...(gone.length > 0 ? [sql`reset (${join(gone.map(id))})`] : []),
    ...(anew
      ? [sql`set ${storageList(to)}`]
      : set.length > 0
        ? [sql`set ${storageList(Object.fromEntries(set))}`]
        : []),
  ]
}

/** `fillfactor = 70, fastupdate = off`, for people. */
export const shownStorage = (parameters: StorageParameters): string =>
  Object.entries(parameters)
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ')
