// The SQL of functions and procedures: signatures, attributes, bodies.
import { expression } from '../../sql/expression.js'
import { id, join, literal, qualified, raw, type Sql, sql } from '../../sql/sql.js'
import { displayType, formatType, type TypeName } from '../../sql/types.js'
import { functionSql } from '../routine-references.js'
import type { Argument, RoutineConfig, Setting } from './routine.js'

/** Text in dollar quotes, so that a body reads as it was written. */
export function dollarQuoted(text: string): Sql {
  if (text.includes('\0')) return literal(text)
  for (let number = 0; ; number++) {
    const tag = number === 0 ? '$$' : number === 1 ? '$body$' : `$body${number}$`
    if (!`${text}$`.includes(tag)) return raw(`${tag}${text}${tag}`)
  }
}

const argumentSql = (argument: Argument): Sql =>
  join(
    [
      ...(argument.mode === 'in' || argument.mode === 'table' ? [] : [raw(argument.mode)]),
      ...(argument.name === null ? [] : [id(argument.name)]),
      raw(formatType(argument.type)),
      ...(argument.default === null ? [] : [sql`default ${expression(argument.default.expression)}`]),
    ],
    ' ',
  )

function returnsSql({ returns, arguments: all }: RoutineConfig): readonly Sql[] {
  if (returns === null) return []
  const table = all.filter(({ mode }) => mode === 'table')
  if (table.length > 0) return [sql`returns table (${join(table.map(argumentSql))})`]
  return [sql`returns ${raw(returns.setOf ? 'setof ' : '')}${raw(formatType(returns.type))}`]
}

const settingName = (name: string): Sql => join(name.split('.').map(id), '.')
const settingSql = ({ name, values }: Setting): Sql =>
  sql`set ${settingName(name)} to ${values.length === 0 ? literal('') : join(values.map(literal))}`

const attributes = (config: RoutineConfig): readonly Sql[] => [
  sql`language ${id(config.language)}`,
  ...(config.transforms.length === 0
    ? []
    : [sql`transform ${join(config.transforms.map((type) => sql`for type ${raw(formatType(type))}`))}`]),
  ...(config.window ? [sql`window`] : []),
  ...(config.volatility === 'volatile' ? [] : [raw(config.volatility)]),
  ...(config.strict ? [sql`strict`] : []),
  ...(config.leakproof ? [sql`leakproof`] : []),
  ...(config.securityDefiner ? [sql`security definer`] : []),
  ...(config.parallel === 'unsafe' ? [] : [sql`parallel ${raw(config.parallel)}`]),
  ...(config.cost === null ? [] : [sql`cost ${raw(String(config.cost))}`]),
  ...(config.rows === null ? [] : [sql`rows ${raw(String(config.rows))}`]),
  ...(config.support === null ? [] : [sql`support ${functionSql(config.support)}`]),
  ...config.settings.map(settingSql),
]

const bodySql = ({ statement, library, body }: RoutineConfig): Sql => {
  if (statement !== null) return expression(statement.expression)
  const text = dollarQuoted(body ?? '')
  return library === null ? sql`as ${text}` : sql`as ${literal(library)}, ${literal(body ?? '')}`
}

export function createSql(schemaName: string, name: string, config: RoutineConfig, replace: boolean): Sql {
  const given = config.arguments.filter(({ mode }) => mode !== 'table')
  return join(
    [
      sql`create ${raw(replace ? 'or replace ' : '')}${raw(config.routineType)} ${qualified(schemaName, name)}(${join(given.map(argumentSql))})`,
      ...returnsSql(config),
      ...attributes(config),
      bodySql(config),
    ],
    '\n',
  )
}

/** The routine as ALTER and DROP take it. Modes are said for procedures: their OUT arguments could be meant otherwise. */
export const addressSql = (routineType: string, schemaName: string, name: string, types: readonly TypeName[]): Sql => {
  const mode = sql`${raw(routineType === 'procedure' ? 'in ' : '')}`
  return sql`${raw(routineType)} ${qualified(schemaName, name)}(${join(types.map((type) => sql`${mode}${raw(formatType(type))}`))})`
}

export const shownArguments = (types: readonly TypeName[]): string => types.map(displayType).join(', ')
