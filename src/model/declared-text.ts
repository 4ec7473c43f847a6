// What factories take as names and as SQL text, refused where it is none.
import { UsageError } from '../errors.js'
import { isSql } from '../sql/sql.js'
import { expressionProblem } from './expression-text.js'

/** @throws UsageError NAME_EMPTY */
export function declaredName(name: string, what: string): string {
  if (typeof name === 'string' && name !== '') return name
  throw new UsageError('NAME_EMPTY', `The name of a ${what} is empty.`, { hint: 'Give it a name.' })
}

/** The text of a query or an expression, without the semicolon at its end. @throws UsageError NOT_AN_EXPRESSION */
export function declaredQuery(given: unknown, what: string): string {
  const text = isSql(given) ? given.text.trim().replace(/\s*;$/, '') : undefined
  const problem = text === undefined ? 'is not written as sql`…`' : expressionProblem(text)
  if (text !== undefined && problem === undefined) return text
  throw new UsageError('NOT_AN_EXPRESSION', `${what[0]?.toUpperCase()}${what.slice(1)} ${problem}.`, {
    hint: 'Write it as one piece of SQL: sql`select …`.',
  })
}
