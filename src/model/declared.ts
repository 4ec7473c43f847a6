// From what decorators recorded, on a class and its base classes, to an entity's draft.
import type { Fact } from './decorators.js'
import type { EntityDraft, PropertyDraft } from './draft.js'
import type { EntityClass } from './entity-class.js'
import { designType, type Recorded, recordedOn } from './metadata-store.js'

/** A new draft of the class as its decorators describe it; columns, keys, indexes and checks of base classes are inherited. */
export function draftOf(entity: EntityClass): EntityDraft {
  const draft: EntityDraft = {
    entity,
    source: () => undefined,
    declared: false,
    options: {},
    properties: new Map(),
    without: new Set(),
    primaryKey: undefined,
    uniques: [],
    checks: [],
    excludes: [],
    indexes: [],
    foreignKeys: [],
    further: [],
  }
  let source = draft.source
  for (const level of chainOf(entity)) {
    const recorded = recordedOn(level) as readonly Recorded<Fact>[]
    const primary = recorded.filter((one) => one.fact.type === 'column' && one.fact.primary)
    if (primary.length > 0) {
      const inherited = draft.primaryKey?.properties ?? []
      const properties = primary.map((one) => one.property ?? '')
      draft.primaryKey = {
        properties: [...inherited.filter((name) => !properties.includes(name)), ...properties],
        options: {},
        source: primary[0]?.source ?? draft.source,
      }
    }
    for (const one of recorded) {
      if (one.fact.type === 'entity' && level === entity) {
        draft.declared = true
        draft.options = one.fact.options
        source = one.source
      } else add(draft, level, one)
    }
  }
  return { ...draft, source }
}

/** The class and its base classes, the base first. */
function chainOf(entity: EntityClass): readonly EntityClass[] {
  const chain: EntityClass[] = []
  for (
    let level: unknown = entity;
    typeof level === 'function' && level !== Function.prototype;
    level = Object.getPrototypeOf(level)
  )
    chain.unshift(level as EntityClass)
  return chain
}

function add(draft: EntityDraft, level: EntityClass, { fact, source, property }: Recorded<Fact>): void {
  switch (fact.type) {
    case 'entity':
      return
    case 'column':
      draft.properties.set(
        property ?? '',
        columnDraft(draft.properties.get(property ?? ''), level, property ?? '', fact, source),
      )
      return
    case 'primaryKey':
      draft.primaryKey = { properties: fact.properties, options: fact.options, source }
      return
    case 'unique':
      draft.uniques.push({ properties: fact.properties ?? [property ?? ''], options: fact.options, source })
      return
    case 'index':
      draft.indexes.push({ keys: fact.keys ?? [property ?? ''], options: fact.options, source })
      return
    case 'check':
      draft.checks.push({ name: fact.name, expression: fact.expression, options: fact.options, source })
      return
    case 'exclude':
      draft.excludes.push({ elements: fact.elements, options: fact.options, source })
      return
    case 'foreignKey':
      draft.foreignKeys.push({
        properties: fact.properties ?? [property ?? ''],
        target: fact.target,
        references: fact.references,
        options: fact.options,
        source,
      })
      return
    case 'with':
      draft.further.push(...fact.further)
  }
}

/** @Column and @PrimaryKey() may stand on one property: what either says counts. A base class's column is replaced as a whole. */
function columnDraft(
  known: PropertyDraft | undefined,
  level: EntityClass,
  property: string,
  fact: Fact & { type: 'column' },
  source: Recorded['source'],
): PropertyDraft {
  const same = known?.level === level ? known : undefined
  const type = fact.columnType ?? same?.type
  const draft = {
    property,
    source,
    column: true,
    options: { ...same?.options, ...fact.options },
    ...(type ? { type } : { inferred: { design: designType(level, property) } }),
    level,
  }
  return draft
}
