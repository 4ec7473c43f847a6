// A composite type as data, what changes in place, and how its values move to a new one.
import type { ValueMove } from '../../engine/kind.js'
import { sameData } from '../../engine/walk.js'
import { PlanError } from '../../errors.js'
import { id, join, type Sql, sql } from '../../sql/sql.js'
import { formatType, type TypeName } from '../../sql/types.js'
import { type CollationName, inText, typeSql, unqualified } from '../type-references.js'

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
  if (!desired) return { convert: (value, to) => sql`${value}::${typeSql(to)}`, plain: inText }
  const pairs = desired.attributes.map((attribute) => ({ attribute, old: matching(current, attribute) }))
  const lost =
    current.attributes.some((old) => !pairs.some((pair) => pair.old === old)) ||
    pairs.some(({ old }) => old && moved(old.type)?.loses)
  const alike =
    current.attributes.length === pairs.length &&
    pairs.every(({ old, attribute }, at) => old === current.attributes[at] && moved(attribute.type) === undefined)
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
  return {
    plain: inText,
    convert: (value, to) => {
      const type = typeSql(to)
      if (to.dimensions === 1) {
        if (alike) return sql`${inText(value, true)}::${type}`
        throw cannotMove(desired)
      }
      const parts = pairs.map(({ attribute, old }) =>
        old ? attributeValue(sql`(${value}).${id(old.name)}`, old, attribute, moved) : sql`null`,
      )
      return sql`case when ${value} is distinct from null then row(${join(parts)})::${type} end`
    },
    ...(alike ? {} : { elementwise: true as const }),
    ...(lacking.length === 0
      ? {}
      : {
          lacks: (value: Sql, array: boolean) =>
            array
              ? sql`exists (select from pg_catalog.generate_subscripts(${value}, 1) i where ${lacks(sql`(${value})[i]`)})`
              : lacks(value),
        }),
    ...(lost ? { loses: true as const } : {}),
  }
}

function attributeValue(
  value: Sql,
  old: Attribute,
  attribute: Attribute,
  moved: (type: TypeName) => ValueMove | undefined,
): Sql {
  const move = moved(old.type)
  const type = typeSql(attribute.type)
  if (sameData(old.type, attribute.type)) return move ? move.convert(value, attribute.type) : value
  return sql`${move ? move.plain(value, old.type.dimensions === 1) : value}::${type}`
}

const cannotMove = ({ schemaName, name }: CompositeType): PlanError =>
  new PlanError(
    'VALUES_CANNOT_MOVE',
    `Arrays of the composite type '${name}' inside of other types cannot move to the new one: its attributes stand in another order, or one came or went between others.`,
    { hint: 'Add attributes at the end, or say how the column moves with `using`.', details: { schemaName, name } },
  )
