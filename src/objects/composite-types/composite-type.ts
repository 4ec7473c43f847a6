// A composite type as data, what changes in place, and how its values move to a new one.
import { overText } from '../../engine/moves.js'
import type { ValueMove } from '../../engine/survival.js'
import { sameData } from '../../engine/walk.js'
import { id, join, type Sql, sql } from '../../sql/sql.js'
import { formatType, type TypeName } from '../../sql/types.js'
import { inText, typeSql } from '../../sql/values.js'
import { anyElement, eachElement } from '../array-elements.js'
import { castOf, cuts, lossOf } from '../casts.js'
import { type CollationName, unqualified } from '../type-references.js'

export interface Attribute {
  readonly name: string
  readonly type: TypeName
  readonly collation: CollationName | null
  readonly renamedFrom?: string
}

export interface CompositeType {
  readonly schemaName: string
  readonly name: string
  readonly attributes: readonly Attribute[]
  readonly renamedFrom?: string
}

/** An attribute as operations carry it. */
export interface AttributeConfig {
  readonly name: string
  readonly type: string
  readonly collation?: CollationName
}

export const attributeConfigOf = ({ name, type, collation }: Attribute): AttributeConfig => ({
  name,
  type: formatType(type),
  ...(collation ? { collation } : {}),
})

/** The name that the attribute had: where it says so, and the old one is there and the new one is not. */
const oldName = (current: CompositeType, { name, renamedFrom }: Attribute): string => {
  const has = (wanted: string) => current.attributes.some((attribute) => attribute.name === wanted)
  return renamedFrom !== undefined && has(renamedFrom) && !has(name) ? renamedFrom : name
}

const matching = (current: CompositeType, attribute: Attribute): Attribute | undefined =>
  current.attributes.find((one) => one.name === oldName(current, attribute))

/** What the desired side leaves open (a schema) as the current side has it. */
export function comparable(current: CompositeType, desired: CompositeType): readonly Attribute[] {
  return current.attributes.map((attribute) => {
    const wanted = desired.attributes.find((one) => oldName(current, one) === attribute.name)
    return {
      ...attribute,
      type: unqualified(attribute.type, wanted?.type) ?? attribute.type,
      collation: unqualified(attribute.collation, wanted?.collation) ?? null,
    }
  })
}

export interface AttributeChanges {
  readonly renamed: readonly (readonly [string, string])[]
  readonly dropped: readonly string[]
  readonly added: readonly Attribute[]
}

/** Renames, drops and additions at the end; undefined where only a new type has the attributes in that order and of those types. */
export function inPlace(current: CompositeType, desired: CompositeType): AttributeChanges | undefined {
  const before = comparable(current, desired)
  const kept = desired.attributes.filter((attribute) => matching(current, attribute))
  const added = desired.attributes.slice(kept.length)
  if (kept.some((attribute, index) => desired.attributes[index] !== attribute)) return undefined
  const left = before.filter((old) => kept.some((attribute) => oldName(current, attribute) === old.name))
  const same = kept.every((attribute, index) => {
    const old = left[index]
    return (
      old !== undefined &&
      old.name === oldName(current, attribute) &&
      sameData(old.type, attribute.type) &&
      sameData(old.collation, attribute.collation)
    )
  })
  if (!same) return undefined
  return {
    renamed: kept.flatMap((attribute, index) =>
      left[index]!.name === attribute.name ? [] : [[left[index]!.name, attribute.name] as const],
    ),
    dropped: before.filter((old) => !left.includes(old)).map((old) => old.name),
    added,
  }
}

/** A value of the old type as one of the new: attribute by attribute; where the attributes stand alike, a list of them by its text. */
export function moveOf(
  current: CompositeType,
  desired: CompositeType | undefined,
  moved: (type: TypeName) => ValueMove | undefined,
): ValueMove {
  if (!desired) return overText
  const pairs = desired.attributes.map((attribute) => ({ attribute, old: matching(current, attribute) }))
  const gone = current.attributes.some((old) => !pairs.some((pair) => pair.old === old))
  const lost = pairs.flatMap(({ old, attribute }) =>
    !old
      ? []
      : sameData(old.type, attribute.type)
        ? (moved(old.type)?.loses ?? [])
        : lossOf(formatType(old.type), formatType(attribute.type)),
  )
  const loses = [...new Set([...(gone ? (['parts'] as const) : []), ...lost])]
  const alike =
    current.attributes.length === pairs.length &&
    pairs.every(
      ({ old, attribute }, at) =>
        old === current.attributes[at] && sameData(old?.type, attribute.type) && moved(attribute.type) === undefined,
    )
  const lacking = pairs.flatMap(({ attribute, old }) => {
    const inner = old && sameData(old.type, attribute.type) ? moved(old.type)?.lacks : undefined
    const part = (value: Sql) => sql`(${value}).${id(old?.name ?? '')}`
    return inner ? [(value: Sql) => sql`coalesce(${inner(part(value), attribute.type.dimensions === 1)}, false)`] : []
  })
  const lacks = (value: Sql): Sql =>
    join(
      lacking.map((one) => one(value)),
      ' or ',
    )
  /** What is too long is refused where the value is read from its text. */
  const strict = pairs.some(
    ({ old, attribute }) => old && !moved(old.type) && cuts(formatType(old.type), formatType(attribute.type)),
  )
  const one = (value: Sql, to: TypeName): Sql => {
    const parts = pairs.map(({ old, attribute }) =>
      old ? attributeValue(sql`(${value}).${id(old.name)}`, old, attribute, moved) : sql`null`,
    )
    const read = strict ? sql`::text` : sql``
    return sql`case when ${value} is distinct from null then row(${join(parts)})${read}::${typeSql(to)} end`
  }
  return {
    plain: inText,
    convert: (value, to) => {
      const type = typeSql(to)
      if (to.dimensions === 1) {
        if (alike) return sql`${inText(value, true)}::${type}`
        return eachElement(value, to, one)
      }
      return one(value, to)
    },
    subquery: (array) =>
      array ? !alike : pairs.some(({ old }) => old && moved(old.type)?.subquery?.(old.type.dimensions === 1)),
    ...(lacking.length === 0
      ? {}
      : { lacks: (value: Sql, array: boolean) => (array ? anyElement(value, lacks) : lacks(value)) }),
    loses,
  }
}

function attributeValue(
  value: Sql,
  old: Attribute,
  attribute: Attribute,
  moved: (type: TypeName) => ValueMove | undefined,
): Sql {
  const move = moved(old.type)
  if (sameData(old.type, attribute.type)) return move ? move.convert(value, attribute.type) : value
  if (move) return sql`${move.plain(value, old.type.dimensions === 1)}::${typeSql(attribute.type)}`
  const [from, to] = [formatType(old.type), formatType(attribute.type)]
  return cuts(from, to) ? sql`${value}::text` : castOf(value, from, to)
}
