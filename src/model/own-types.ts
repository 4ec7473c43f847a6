// What a model makes for its columns besides enums (domains, composite types, ranges, collations): declared by whoever uses it.
import { ColumnType, type EnumDefinition, type Own, OwnCollation } from './column-types.js'
import type { Issues } from './issues.js'
import type { ModelDraft } from './model-builder.js'
import type { FurtherObject } from './model-config.js'
import type { TakenNames } from './taken-names.js'

export interface Owned {
  readonly enums: ReadonlySet<EnumDefinition>
  readonly own: readonly Own[]
}

/** All that the model's columns, and what was named itself, are made of; each once. */
export function ownedBy(draft: ModelDraft): Owned {
  const enums = new Set<EnumDefinition>(draft.enums)
  const own = new Map<Own['declare'], Own>()
  const visit = (one: unknown): void => {
    if (one instanceof ColumnType && one.more.enum) enums.add(one.more.enum)
    const found = one instanceof ColumnType ? one.more.own : one instanceof OwnCollation ? one.own : undefined
    if (!found || own.has(found.declare)) return
    own.set(found.declare, found)
    for (const part of found.of) visit(part)
  }
  for (const one of draft.owned) visit(one)
  for (const entity of draft.entities.values())
    for (const property of entity.properties.values()) {
      visit(property.type)
      visit(property.options.collation)
    }
  return { enums, own: [...own.values()] }
}

/** The objects, after a look at their names. */
export function declareOwn(
  own: readonly Own[],
  defaultSchema: string,
  names: TakenNames,
  issues: Issues,
): readonly FurtherObject[] {
  return own.map((one) => {
    const { name, schema = defaultSchema, source } = one
    const place = { property: name, source }
    const what = `the ${one.kind.replace('-', ' ')} '${name}'`
    if (name === '') issues.add('NAME_EMPTY', place, `A ${one.kind.replace('-', ' ')} has no name.`, 'Give it one.')
    for (const type of one.types) names.takeType(schema, type, what, place)
    if (one.types.length === 0)
      names.take(`${one.kind} ${schema}`, name, what, place, `another name in the schema '${schema}'`)
    return one.declare(defaultSchema)
  })
}
