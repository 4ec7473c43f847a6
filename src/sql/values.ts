// Values on their way from one type to another.
import { raw, type Sql, sql } from './sql.js'
import { formatType, type TypeName } from './types.js'

export const typeSql = (type: TypeName | string): Sql => raw(typeof type === 'string' ? type : formatType(type))

/** The value, or the elements of an array of them, as text. */
export const inText = (value: Sql, array: boolean): Sql => (array ? sql`${value}::text[]` : sql`${value}::text`)
