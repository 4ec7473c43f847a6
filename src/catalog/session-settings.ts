// What a session pins, transaction by transaction, before it reads a catalog or runs DDL, so that text never depends on who connects.
import { id, join, literal, type Sql, sql } from '../sql/sql.js'

const pinned: Readonly<Record<string, string>> = {
  TimeZone: 'UTC',
  DateStyle: 'ISO, MDY',
  IntervalStyle: 'postgres',
  bytea_output: 'hex',
  extra_float_digits: '1',
  quote_all_identifiers: 'off',
  xmloption: 'content',
  standard_conforming_strings: 'on',
  check_function_bodies: 'on',
  // A catalog query is large and short: compiling it costs ten times its work.
  jit: 'off',
}

/** SET LOCAL for all of them, with an empty search_path. */
export const pins: Sql = join(
  Object.entries({ ...pinned, search_path: '' }).map(
    ([name, value]) => sql`set local ${id(name.toLowerCase())} = ${literal(value)}`,
  ),
  ';\n',
)

/** The path under which the user's SQL runs: the object's schema, then the default one, then those of extensions. */
export function setSearchPath(schemas: readonly (string | undefined)[]): Sql {
  const names = [...new Set(schemas.filter((name): name is string => name !== undefined))]
  return sql`set local search_path = ${names.length === 0 ? literal('') : join(names.map(id))}`
}
