// Keys, exclusion and check constraints of a table, then its indexes, by the names of its columns. Foreign keys come when all tables are known.
import { mentionedColumns } from '../sql/tokens.js'
import { type ColumnSurroundings, expressionOf } from './build-columns.js'
import { buildIndex, keyNames, keyOf } from './build-indexes.js'
import { columnsOf } from './build-table.js'
import type { BuiltTable } from './built-table.js'
import { deferralOf, type KeyOptions, said, storageOf } from './constraint-options.js'
import type { CheckDraft, ExcludeDraft, KeyDraft } from './draft.js'
import type { Place } from './issues.js'
import type { CheckConfig, ExcludeConfig, IndexKeyConfig, KeyConfig } from './model-config.js'
import { exclusionName } from './naming.js'
import type { TakenNames } from './taken-names.js'

/** Names in PostgreSQL's own order: constraints of the key first, then what else needs an index, then checks. */
export function finishTable(table: BuiltTable, around: ColumnSurroundings, names: TakenNames): void {
  const { draft, name } = table
  const { naming } = around
  if (draft.primaryKey) {
    table.primaryKey = {
      name: names.relation(
        table,
        draft.primaryKey.options.name,
        (suffix) => naming.primaryKey(name, suffix),
        draft.primaryKey.source,
      ),
      ...keyConfig(table, draft.primaryKey, 'the primary key', around),
    }
  }
  for (const unique of draft.uniques) {
    const key = keyConfig(table, unique, 'a unique constraint', around)
    if (key.columns.length > 0 && key.columns.join('\0') === table.primaryKey?.columns.join('\0'))
      around.issues.add(
        'OPTIONS_CONFLICT',
        {
          entity: draft.entity.name,
          property: unique.properties.length === 1 ? unique.properties[0] : undefined,
          source: unique.source,
        },
        `The unique constraint over (${key.columns.join(', ')}) repeats the primary key; PostgreSQL makes only one of them.`,
        'Remove the unique constraint.',
      )
    const named = [...key.columns, ...(key.include ?? [])]
    table.uniques.push({
      name: names.relation(table, unique.options.name, (suffix) => naming.unique(name, named, suffix), unique.source),
      ...key,
    })
  }
  for (const exclude of draft.excludes) {
    const built = excludeConfig(table, exclude, around)
    const named = [...keyNames(built.keys), ...(built.include ?? [])]
    const make = (suffix: string) => (naming.exclusion ?? exclusionName)(name, named, suffix)
    table.excludes.push({ name: names.relation(table, exclude.options.name, make, exclude.source), ...built })
  }
  for (const index of draft.indexes) table.indexes.push(buildIndex(table, index, around, names))
  for (const check of draft.checks) {
    const built = checkConfig(table, check, around)
    if (!built) continue
    const mentioned = mentionedColumns(
      built.expression,
      name,
      [...table.columns.values()].map((column) => column.config.name),
    )
    table.checks.push({
      name: names.constraint(
        table,
        check.name,
        (suffix) => naming.check(name, mentioned.length === 1 ? mentioned[0] : undefined, suffix),
        check.source,
      ),
      ...built,
    })
  }
}

function keyConfig(
  table: BuiltTable,
  { properties, options, source }: KeyDraft,
  what: string,
  around: ColumnSurroundings,
): Omit<KeyConfig, 'name'> {
  const columns = columnsOf(table, properties, what, source, around)
  if (options.withoutOverlaps && properties.length < 2)
    around.issues.add(
      'OPTIONS_CONFLICT',
      { entity: table.draft.entity.name, source },
      `WITHOUT OVERLAPS of ${what} needs at least two properties.`,
      'Name what the ranges belong to first: [roomId, during].',
    )
  const { nullsNotDistinct, withoutOverlaps } = options
  return {
    columns,
    ...said({ nullsNotDistinct, withoutOverlaps }),
    ...indexed(table, options, what, source, around),
  }
}

type Indexed = Pick<KeyOptions, 'include' | 'deferrable' | 'with' | 'tablespace' | 'comment' | 'renamedFrom'>

/** What all constraints with an index may say. */
function indexed(
  table: BuiltTable,
  options: Indexed,
  what: string,
  source: KeyDraft['source'],
  around: ColumnSurroundings,
): Pick<
  KeyConfig,
  'include' | 'deferrable' | 'initiallyDeferred' | 'storage' | 'tablespace' | 'comment' | 'renamedFrom' | 'source'
> {
  const include = options.include?.length ? columnsOf(table, options.include, what, source, around) : options.include
  return {
    ...deferralOf(options.deferrable),
    ...said({
      include,
      storage: options.with && storageOf(options.with),
      tablespace: options.tablespace,
      comment: options.comment,
      renamedFrom: options.renamedFrom,
    }),
    source,
  }
}

const operator = /^(?:([^.]+)\.)?([-+*/<>=~!@#%^&|`?]+)$/

function excludeConfig(
  table: BuiltTable,
  { elements, options, source }: ExcludeDraft,
  around: ColumnSurroundings,
): Omit<ExcludeConfig, 'name'> {
  const place: Place = { entity: table.draft.entity.name, source }
  if (elements.length === 0)
    around.issues.add(
      'UNKNOWN_PROPERTY',
      place,
      'An exclusion constraint names no property.',
      "Name at least one: { property: 'during', with: '&&' }.",
    )
  const keys = elements.flatMap((element): readonly IndexKeyConfig[] => {
    const key = keyOf(table, element, 'an exclusion constraint', source, around)
    const [, operatorSchema, name] = operator.exec(element.with ?? '') ?? []
    if (name === undefined)
      around.issues.add(
        'OPTIONS_CONFLICT',
        place,
        `'${element.with}' of an exclusion constraint is no operator.`,
        "Write one that the index knows: { property: 'during', with: '&&' }.",
      )
    return key && name !== undefined
      ? [{ ...key, operator: name, ...(operatorSchema === undefined ? {} : { operatorSchema }) }]
      : []
  })
  const where = expressionOf(options.where, '`where` of the exclusion constraint', place, around.issues)
  return {
    keys,
    method: (options.method ?? 'gist').toLowerCase(),
    ...(where === undefined ? {} : { where }),
    ...indexed(table, options, 'an exclusion constraint', source, around),
  }
}

function checkConfig(
  table: BuiltTable,
  check: CheckDraft,
  around: ColumnSurroundings,
): Omit<CheckConfig, 'name'> | undefined {
  const place: Place = { entity: table.draft.entity.name, source: check.source }
  const expression = expressionOf(
    check.expression,
    `check${check.name ? ` '${check.name}'` : ''}`,
    place,
    around.issues,
  )
  if (expression === undefined) return undefined
  const { notValid, noInherit, notEnforced, comment, renamedFrom } = check.options
  return {
    expression,
    // What is not enforced is valid or not without anybody's asking.
    ...said({ notValid: notEnforced ? undefined : notValid, noInherit, notEnforced, comment, renamedFrom }),
    source: check.source,
  }
}
