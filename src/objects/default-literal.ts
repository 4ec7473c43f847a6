// A default that the model gives as a value, as the SQL expression that stands for it.
import { literal } from '../sql/sql.js'
import { formatType, type TypeName } from '../sql/types.js'

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** The literal's text, as PostgreSQL's input function of the type reads it. */
function inputText(value: unknown, type: TypeName): string {
  if (type.typeName === 'json' || type.typeName === 'jsonb') return JSON.stringify(value)
  if (value instanceof Date) return type.typeName === 'date' ? value.toISOString().slice(0, 10) : value.toISOString()
  if (value instanceof Uint8Array) return `\\x${hex(value)}`
  if (typeof value === 'object' && value !== null) return JSON.stringify(value)
  return String(value)
}

/** One element of an array literal `{…}`. */
function element(value: unknown, type: TypeName): string {
  if (value === null || value === undefined) return 'NULL'
  if (Array.isArray(value)) return `{${value.map((item) => element(item, type)).join(',')}}`
  return `"${inputText(value, type).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}

/**
 * @example defaultExpression('pending', { schemaName: 'app', typeName: 'status' })   // 'pending'::app.status
 * @example defaultExpression(5, integer)                                          // 5
 */
export function defaultExpression(value: unknown, type: TypeName): string {
  if (value === null) return 'null'
  if (type.dimensions && Array.isArray(value))
    return `${literal(`{${value.map((item) => element(item, { ...type, dimensions: undefined })).join(',')}}`).text}::${formatType(type)}`
  if (typeof value === 'boolean' && type.typeName === 'boolean') return String(value)
  if (
    (typeof value === 'number' || typeof value === 'bigint') &&
    Number.isFinite(Number(value)) &&
    type.typeName !== 'json' &&
    type.typeName !== 'jsonb'
  )
    return String(value)
  const text = inputText(value, type)
  if (numbers.has(type.typeName) && /^-?\d+(\.\d+)?$/.test(text)) return text
  return `${literal(text).text}::${formatType(type)}`
}

/** Their values may come as strings, because that is how drivers yield them. */
const numbers = new Set(['smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision'])
