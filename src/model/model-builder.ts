// What setupModel() is given: the whole model, fluently.

import { UsageError } from '../errors.js'
import type { EnumOptions } from './column-types.js'
import { ColumnType, type EnumDefinition, EnumType, OwnCollation } from './column-types.js'
import { draftOf } from './declared.js'
import type { EntityDraft, PlacedObject } from './draft.js'
import { EntityBuilder } from './entity-builder.js'
import { type EntityClass, resolveEntity } from './entity-class.js'
import type { FurtherObject, SourceOf } from './model-config.js'
import { sourceOf } from './source-line.js'

export interface SequenceOptions {
  readonly schema?: string
  readonly dataType?: 'smallint' | 'integer' | 'bigint'
  readonly start?: number | bigint | string
  readonly increment?: number | bigint | string
  readonly minValue?: number | bigint | string
  readonly maxValue?: number | bigint | string
  readonly cache?: number | bigint | string
  readonly cycle?: boolean
  /** The column whose drop takes the sequence along. */
  readonly ownedBy?: { readonly schema?: string; readonly table: string; readonly column: string }
  readonly comment?: string | null
  readonly renamedFrom?: string
}

export interface ExtensionOptions {
  readonly schema?: string
  /** Default: the version that the server's installation names as its default. */
  readonly version?: string
  readonly comment?: string | null
}

export interface SchemaModelOptions {
  readonly comment?: string | null
  readonly renamedFrom?: string
}

export interface Named<O> {
  readonly name: string
  readonly options: O
  readonly source: SourceOf
}

/** Everything that was said about a model, unresolved. */
export class ModelDraft {
  readonly entities = new Map<EntityClass, EntityDraft>()
  readonly enums: EnumDefinition[] = []
  readonly sequences: Named<SequenceOptions>[] = []
  readonly extensions: Named<ExtensionOptions>[] = []
  readonly schemas: Named<SchemaModelOptions>[] = []
  readonly further: (FurtherObject | PlacedObject)[] = []
  /** Types and collations that were named themselves. */
  readonly owned: (ColumnType<unknown> | OwnCollation)[] = []

  entity(entity: EntityClass): EntityDraft {
    const known = this.entities.get(entity)
    if (known) return known
    const draft = draftOf(entity)
    this.entities.set(entity, draft)
    return draft
  }
}

/**
 * The argument of `setupModel(model)`.
 * @example
 * model.entity(User, (e) => { e.property((u) => u.email).isUnique() })
 * model.extension('citext')
 * model.sequence('invoice_numbers', { start: 1000 })
 */
export class DbModelConfig {
  readonly #draft: ModelDraft

  constructor(draft: ModelDraft) {
    this.#draft = draft
  }

  /** Names an entity of the context and describes it; what is said here wins over decorators. */
  entity<T>(entity: EntityClass<T>, configure?: (e: EntityBuilder<T>) => void): EntityBuilder<T> {
    if (typeof entity !== 'function')
      throw new UsageError('USAGE', 'model.entity() takes the class of an entity.', {
        hint: 'In circular modules, import the class where it is defined, and call model.entity inside setupModel.',
      })
    const draft = this.#draft.entity(entity as EntityClass)
    if (!draft.declared) draft.source = sourceOf(this.entity)
    draft.declared = true
    const builder = new EntityBuilder<T>(
      draft,
      (other) => this.#draft.entity(other),
      (target) => {
        const found = resolveEntity(target)
        if (!found)
          throw new UsageError('USAGE', `A relation of ${entity.name} leads to no entity.`, {
            hint: 'Write e.hasMany(() => Post) with the class of an entity.',
          })
        return found
      },
    )
    configure?.(builder)
    return builder
  }

  /** An enum type, also one that no column uses. */
  enum<const V extends readonly [string, ...string[]]>(
    name: string,
    values: V,
    options?: EnumOptions,
  ): EnumType<V[number]>
  enum<V extends string>(type: EnumType<V>): EnumType<V>
  enum(first: string | EnumType<string>, values: readonly string[] = [], options: EnumOptions = {}): EnumType<string> {
    const type =
      first instanceof EnumType
        ? first
        : new EnumType<string>({ ...options, name: first, values, source: sourceOf(this.enum) })
    this.#draft.enums.push(type.definition)
    return type
  }

  sequence(name: string, options: SequenceOptions = {}): this {
    this.#draft.sequences.push({ name, options, source: sourceOf(this.sequence) })
    return this
  }

  extension(name: string, options: ExtensionOptions = {}): this {
    this.#draft.extensions.push({ name, options, source: sourceOf(this.extension) })
    return this
  }

  /** A schema with a comment or a former name; those of entities need not be named. */
  schema(name: string, options: SchemaModelOptions = {}): this {
    this.#draft.schemas.push({ name, options, source: sourceOf(this.schema) })
    return this
  }

  /** Objects of further kinds, made by their factories; types and collations that no column uses among them. */
  has(...objects: readonly (FurtherObject | PlacedObject | ColumnType<unknown> | OwnCollation)[]): this {
    for (const one of objects) {
      if (one instanceof ColumnType || one instanceof OwnCollation) this.#draft.owned.push(one)
      else this.#draft.further.push(one)
    }
    return this
  }
}
