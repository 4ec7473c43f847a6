// From property drafts to columns: names, types, defaults, options, with a mistake for each that cannot be.
import { isSql, type Sql } from '../sql/sql.js'
import { type ColumnType, customType, type EnumDefinition, OwnCollation } from './column-types.js'
import { defaultProblem } from './default-values.js'
import type { ColumnStatisticsOptions, EntityDraft, IdentityOptions, PropertyDraft } from './draft.js'
import { expressionProblem } from './expression-text.js'
import type { Issues, Place } from './issues.js'
import type { ColumnConfig, ColumnTypeConfig, DefaultValue, IdentityConfig } from './model-config.js'
import type { NamingStrategy } from './naming.js'
import { bareTypeName, builtinType, collatable, misspeltType } from './type-names.js'

export interface BuiltColumn {
  readonly config: ColumnConfig
  readonly type: ColumnType<unknown>
  /** The table whose column it is, where a parent's is inherited. */
  readonly of?: { readonly schemaName: string; readonly name: string }
}

export interface ColumnSurroundings {
  readonly issues: Issues
  readonly naming: NamingStrategy
  readonly defaultSchema: string
  /** Types that the model declares itself, by bare name. */
  readonly enums: ReadonlySet<string>
}

/** Constructors that `design:type` names, and the types they stand for. */
const inferable = new Map<unknown, string>([
  [String, 'text'],
  [Number, 'integer'],
  [Boolean, 'boolean'],
  [Date, 'timestamptz'],
  [BigInt, 'bigint'],
  [Buffer, 'bytea'],
])

export function buildColumn(
  draft: EntityDraft,
  property: PropertyDraft,
  around: ColumnSurroundings,
): BuiltColumn | undefined {
  const { options } = property
  const place: Place = { entity: draft.entity.name, property: property.property, source: property.source }
  const type = typeOf(property, place, around)
  if (!type) return undefined
  const primary = draft.primaryKey?.properties.includes(property.property) === true
  if (primary && options.nullable)
    around.issues.add(
      'OPTIONS_CONFLICT',
      place,
      'A column of the primary key cannot be nullable.',
      'Remove { nullable: true }.',
    )
  checkOptions(property, type, place, around)
  const generated =
    options.generated === undefined
      ? undefined
      : isSql(options.generated)
        ? { expression: options.generated, stored: true }
        : { stored: true, ...options.generated }
  const text = (sql: Sql | undefined, what: string) => expressionOf(sql, what, place, around.issues)
  const expression = text(generated?.expression, 'generated expression')
  const using = text(options.using, '`using` expression')
  const backfill = text(options.backfill, '`backfill` expression')
  const fallback = type.more.serial ? undefined : defaultOf(property, type, place, around)
  const config: ColumnConfig = {
    property: property.property,
    name: options.name ?? around.naming.column(property.property),
    type: typeConfig(type, around.defaultSchema),
    nullable: !primary && options.nullable === true,
    ...(options.notNullConstraint === undefined
      ? {}
      : { notNullConstraint: options.notNullConstraint && { ...usualNotNull, ...options.notNullConstraint } }),
    ...(fallback === undefined ? {} : { default: fallback }),
    ...(expression === undefined ? {} : { generated: { expression, stored: generated?.stored !== false } }),
    ...(options.identity === undefined ? {} : { identity: identityOf(options.identity) }),
    ...(options.collation === undefined
      ? {}
      : {
          collation:
            typeof options.collation === 'string'
              ? { collationName: options.collation }
              : options.collation instanceof OwnCollation
                ? {
                    schemaName: options.collation.own.schema ?? around.defaultSchema,
                    collationName: options.collation.own.name,
                  }
                : { schemaName: options.collation.schema, collationName: options.collation.name },
        }),
    ...(options.storage === undefined ? {} : { storage: options.storage }),
    ...(options.compression === undefined ? {} : { compression: options.compression }),
    ...(options.statistics === undefined ? {} : { statistics: options.statistics }),
    ...(options.options === undefined ? {} : { options: statisticsOptions(options.options) }),
    ...(options.comment === undefined ? {} : { comment: options.comment === '' ? null : options.comment }),
    ...(options.renamedFrom === undefined ? {} : { renamedFrom: options.renamedFrom }),
    ...(using === undefined ? {} : { using }),
    ...(backfill === undefined ? {} : { backfill }),
    ignore:
      options.ignore === true ? ['*'] : options.ignore === false || options.ignore === undefined ? [] : options.ignore,
    source: property.source,
  }
  return { config, type }
}

function statisticsOptions(options: ColumnStatisticsOptions | null): Readonly<Record<string, string>> | null {
  const { nDistinct, nDistinctInherited } = options ?? {}
  if (nDistinct === undefined && nDistinctInherited === undefined) return null
  return {
    ...(nDistinct === undefined ? {} : { n_distinct: String(nDistinct) }),
    ...(nDistinctInherited === undefined ? {} : { n_distinct_inherited: String(nDistinctInherited) }),
  }
}

const usualNotNull = { name: null, notValid: false, noInherit: false }

/** The text of an expression, after a look at its brackets. */
export function expressionOf(sql: unknown, what: string, place: Place, issues: Issues): string | undefined {
  if (sql === undefined) return undefined
  if (!isSql(sql)) {
    issues.add('NOT_AN_EXPRESSION', place, `The ${what} is not SQL.`, 'Write it with the tag: sql`…`.')
    return undefined
  }
  const problem = expressionProblem(sql.text)
  if (problem)
    issues.add(
      'NOT_AN_EXPRESSION',
      place,
      `The ${what} ${problem}: ${sql.text.trim().slice(0, 80)}`,
      'Write one SQL expression, as it would stand in a SELECT.',
    )
  return sql.text.trim()
}

function typeOf(
  property: PropertyDraft,
  place: Place,
  { issues, enums }: ColumnSurroundings,
): ColumnType<unknown> | undefined {
  if (property.type) {
    const bare = bareTypeName(property.type.sql)
    const meant =
      property.type.more.enum || property.type.more.own || enums.has(bare) ? undefined : misspeltType(property.type.sql)
    const isSerial = bare === 'serial' || bare === 'bigserial' || bare === 'smallserial'
    if (meant && !isSerial)
      issues.add(
        'UNKNOWN_TYPE',
        place,
        `There is no type '${property.type.sql}'.`,
        `Did you mean '${meant}'? A type of your own is written with its schema: customType('public.${bare}').`,
      )
    if (isSerial)
      issues.add(
        'UNKNOWN_TYPE',
        place,
        `'${bare}' is no type but a way to write a default.`,
        `Use ${bare}() instead of customType('${bare}').`,
      )
    const problem = expressionProblem(property.type.sql)
    if (problem && !property.type.more.enum && !property.type.more.own)
      issues.add('UNKNOWN_TYPE', place, `The type ${problem}.`, 'Write the type as CREATE TABLE takes it.')
    return property.type
  }
  if (!property.inferred) {
    issues.add(
      'TYPE_MISSING',
      place,
      'The column has no type.',
      `Write e.property(…).hasType(text()), or @Column(text()) on the property.`,
    )
    return undefined
  }
  const { design } = property.inferred
  const inferred = inferable.get(design)
  if (inferred) return customType(inferred)
  const why =
    design === undefined
      ? 'the compiler wrote none down (esbuild, tsx and standard decorators never do; others need emitDecoratorMetadata, and the property a type of its own)'
      : `${typeof design === 'function' ? design.name : String(design)} stands for no single column type`
  issues.add(
    'TYPE_MISSING',
    place,
    `The column's type cannot be inferred: ${why}.`,
    `Write it: @Column(text()) ${property.property}, or whichever type is meant.`,
  )
  return undefined
}

function checkOptions(
  { options }: PropertyDraft,
  type: ColumnType<unknown>,
  place: Place,
  { issues }: ColumnSurroundings,
): void {
  const conflict = (message: string, hint: string) => issues.add('OPTIONS_CONFLICT', place, message, hint)
  const fills = [
    options.default !== undefined && options.default !== null && 'default',
    options.generated !== undefined && 'generated',
    options.identity !== undefined && 'identity',
    type.more.serial && 'serial()',
  ].filter(Boolean)
  if (fills.length > 1) conflict(`A column cannot have ${fills.join(' and ')} at once.`, `Keep one of them.`)
  if (type.more.serial && type.more.array)
    conflict('An array cannot be filled by a sequence.', 'Use integer().array(), or remove array().')
  const name = builtinType(type.sql)
  if (options.identity !== undefined && (type.more.array || !['int2', 'int4', 'int8'].includes(name ?? '')))
    conflict(
      `An identity column must be smallint, integer or bigint, not ${type.sql}.`,
      'Change the type, or remove identity.',
    )
  if (options.identity !== undefined && options.nullable)
    conflict('An identity column cannot be nullable.', 'Remove { nullable: true }.')
  if (options.notNullConstraint && options.nullable)
    conflict('A nullable column has no NOT NULL constraint.', 'Remove { nullable: true }, or notNullConstraint.')
  if (options.collation !== undefined && name !== undefined && !type.more.enum && !type.more.own && !collatable(name))
    conflict(`The type ${type.sql} has no collation.`, 'Remove collation.')
}

function typeConfig(type: ColumnType<unknown>, defaultSchema: string): ColumnTypeConfig {
  const definition = type.more.enum ?? type.more.own
  if (!definition) return { sql: type.sql, ...(type.more.serial ? { serial: true } : {}) }
  return {
    sql: `"${definition.name.replaceAll('"', '""')}"${type.more.array ? '[]' : ''}`,
    schemaName: definition.schema ?? defaultSchema,
  }
}

export const schemaOfEnum = (definition: EnumDefinition, defaultSchema: string): string =>
  definition.schema ?? defaultSchema

function defaultOf(
  property: PropertyDraft,
  type: ColumnType<unknown>,
  place: Place,
  { issues }: ColumnSurroundings,
): DefaultValue | undefined {
  const value = property.options.default
  if (value === undefined || value === null) return undefined
  if (isSql(value)) {
    const expression = expressionOf(value, 'default', place, issues)
    // PostgreSQL keeps no default for NULL.
    return expression === undefined || /^\(*\s*null\s*\)*(::.*)?$/i.test(expression) ? undefined : { expression }
  }
  const problem = defaultProblem(value, type)
  if (problem) {
    issues.add(
      'DEFAULT_MISMATCH',
      place,
      `The default ${shown(value)} ${problem} (the column is ${type.sql}).`,
      "Give a value of the column's type, or SQL: sql`…`.",
    )
    return undefined
  }
  return { literal: value }
}

const shown = (value: unknown): string => {
  try {
    return (typeof value === 'bigint' ? `${value}n` : (JSON.stringify(value) ?? String(value))).slice(0, 60)
  } catch {
    return String(value)
  }
}

export const textOf = (value: number | bigint | string | undefined): string | undefined =>
  value === undefined ? undefined : String(value).trim()

function identityOf(identity: 'always' | 'byDefault' | IdentityOptions): IdentityConfig {
  if (typeof identity === 'string') return { generation: identity }
  const numbers = Object.entries({
    start: identity.start,
    increment: identity.increment,
    minValue: identity.minValue,
    maxValue: identity.maxValue,
    cache: identity.cache,
  })
  return {
    generation: identity.generation ?? 'always',
    ...Object.fromEntries(numbers.flatMap(([name, value]) => (value === undefined ? [] : [[name, textOf(value)]]))),
    ...(identity.cycle === undefined ? {} : { cycle: identity.cycle }),
  }
}
