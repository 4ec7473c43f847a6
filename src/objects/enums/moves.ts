// How values of an enum move to one that is made anew: by their text, with what the model says stands for those that are removed.
import type { ValueMove } from '../../engine/survival.js'
import { join, literal, type Sql, sql } from '../../sql/sql.js'
import { inText, typeSql } from '../../sql/values.js'
import type { Enum } from './enum.js'

/** Declared renames of values, new → old, where the old one is there and the new one is not. */
export const renamedValues = (current: Enum, desired: Enum): readonly (readonly [string, string])[] =>
  Object.entries(desired.renamedValues ?? {}).filter(
    ([to, from]) => current.values.includes(from) && !current.values.includes(to) && desired.values.includes(to),
  )

/** Through the text of the value; what is removed is replaced where the model says by what. */
export function moves(current: Enum, desired: Enum | undefined): ValueMove {
  if (!desired) return { convert: (value) => inText(value, false), plain: inText }
  const renamed = new Map(renamedValues(current, desired).map(([to, from]) => [from, to]))
  const gone = current.values.filter((value) => !desired.values.includes(renamed.get(value) ?? value))
  const replaced = gone.flatMap((value) => {
    const to = desired.replacedValues?.[value]
    return to === undefined ? [] : [[value, to] as const]
  })
  const removed = gone.filter((value) => desired.replacedValues?.[value] === undefined)
  const mapped = (value: Sql, array: boolean): Sql => {
    const text = inText(value, array)
    if (replaced.length === 0) return text
    if (array)
      return replaced.reduce((all, [from, to]) => sql`array_replace(${all}, ${literal(from)}, ${literal(to)})`, text)
    const cases = replaced.map(([from, to]) => sql`when ${literal(from)} then ${literal(to)}`)
    return sql`case ${text} ${join(cases, ' ')} else ${text} end`
  }
  return {
    plain: inText,
    convert: (value, to) => {
      const array = to.dimensions === 1
      const text = mapped(value, array)
      return sql`${replaced.length > 0 && !array ? sql`(${text})` : text}::${typeSql(to)}`
    },
    ...(removed.length === 0
      ? {}
      : {
          lacks: (value: Sql, array: boolean) =>
            array
              ? sql`${inText(value, true)} && array[${join(removed.map(literal))}]`
              : sql`${inText(value, false)} in (${join(removed.map(literal))})`,
        }),
    ...(replaced.length === 0 ? {} : { fallback: (expression: string) => replacedIn(expression, replaced) }),
  }
}

/** The default `'old'::status` or `'{old,other}'::status[]` with the values that stand for those that go. */
function replacedIn(expression: string, replaced: readonly (readonly [string, string])[]): string {
  const [, text, rest] = /^('(?:[^']|'')*')(::.*)$/s.exec(expression) ?? []
  if (text === undefined || rest === undefined) return expression
  const value = text.slice(1, -1).replaceAll("''", "'")
  const swap = (one: string) => replaced.find(([from]) => from === one)?.[1] ?? one
  if (!rest.endsWith('[]')) return `${literal(swap(value)).text}${rest}`
  const items = [...value.slice(1, -1).matchAll(/"((?:[^"\\]|\\.)*)"|[^,]+/gs)].map(([item, inner]) =>
    inner === undefined ? swap(item) : swap(inner.replace(/\\(.)/gs, '$1')),
  )
  const quoted = items.map((item) => (item === 'NULL' ? item : `"${item.replace(/[\\"]/g, '\\$&')}"`))
  return `${literal(`{${quoted.join(',')}}`).text}${rest}`
}
