// What factories of routines, aggregates and triggers take: types, names of functions, texts; refused where they are none.
import { UsageError } from '../errors.js'
import { ColumnType } from '../model/column-types.js'
import { splitName } from '../sql/shape.js'
import { builtinTypes, parseType, type TypeName } from '../sql/types.js'
import { bareType, type FunctionReference } from './routine-references.js'

/** A type function (`text()`, an enum) or a type's name: `'trigger'`, `'users'` for a row of that table, `'app.money[]'`. */
export type GivenType = ColumnType<unknown> | string

export interface Place {
  readonly schemaName: string
  readonly table?: string
  /** Where names without a schema are. */
  readonly defaultSchema?: string
}

export const refused = (message: string, hint: string): UsageError =>
  new UsageError('USAGE', `${message[0]?.toUpperCase()}${message.slice(1)}.`, { hint })

/** Types that only routines know. */
const pseudoTypes = new Set(
  'any anyelement anyarray anynonarray anyenum anyrange anymultirange anycompatible anycompatiblearray anycompatiblenonarray anycompatiblerange anycompatiblemultirange cstring internal language_handler fdw_handler table_am_handler index_am_handler tsm_handler record trigger event_trigger pg_ddl_command void'.split(
    ' ',
  ),
)

/** A type without a schema that is not PostgreSQL's own lies in the default schema. */
export function resolvedType(given: GivenType, place: Place, what: string): TypeName {
  const text = typeof given === 'string' ? given : given instanceof ColumnType ? given.sql : undefined
  if (text === undefined || text.trim() === '')
    throw refused(`${what} has a type that is none`, "Use a type function such as text(), or a type's name.")
  const type = bareType(parseType(text))
  const definition = typeof given === 'string' ? undefined : given.more.enum
  const own = place.defaultSchema ?? place.schemaName
  if (definition) return { ...type, schemaName: definition.schema ?? own }
  if (type.schemaName !== undefined || builtinTypes.has(type.typeName) || pseudoTypes.has(type.typeName)) return type
  return { ...type, schemaName: own }
}

/** `schema.name`, or a name that is found by the search path. */
export function namedFunction(text: string): FunctionReference {
  const parts = splitName(text)
  const routineName = parts.at(-1)
  if (routineName === undefined || parts.length > 2)
    throw refused(`'${text}' is no name of a function`, 'Write name or schema.name.')
  return { ...(parts.length === 2 && parts[0] !== 'pg_catalog' ? { schemaName: parts[0]! } : {}), routineName }
}
