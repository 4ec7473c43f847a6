// The fluent API of keys, constraints, indexes and foreign keys: names, comments, and what is theirs alone.
import type { Sql } from '../sql/sql.js'
import type { Deferrable, IndexKey, NamedOptions, StorageOptions } from './constraint-options.js'
import type { ExcludeDraft, ForeignKeyDraft, IndexDraft } from './draft.js'
import type { ForeignKeyAction } from './model-config.js'
import { type SomeOf, selectedProperties } from './selector.js'

type Options = NamedOptions & Record<string, unknown>
type Edit<D> = (options: Options, rest?: Partial<D>) => void

/** Adds to the list; the function it returns replaces what was added by a changed copy. */
export function editing<D extends { readonly options: object }>(list: D[], draft: D): Edit<D> {
  let current = draft
  list.push(draft)
  return (options, rest = {}) => {
    const changed = { ...current, ...rest, options: { ...current.options, ...options } }
    list[list.indexOf(current)] = changed
    current = changed
  }
}

/** A constraint's name, comment and former name. */
export class NameBuilder {
  constructor(
    protected readonly edit: (options: Options) => void,
    private readonly rename: (name: string) => void = (name) => edit({ name }),
  ) {}
  hasDbName(name: string): this {
    this.rename(name)
    return this
  }
  hasComment(comment: string | null): this {
    this.edit({ comment })
    return this
  }
  renamedFrom(name: string): this {
    this.edit({ renamedFrom: name })
    return this
  }
}

/** What constraints with an index, and indexes, can be told of it. */
class StoredBuilder<T> extends NameBuilder {
  /** Properties kept in the index without being keys. */
  include(selector: SomeOf<T>): this {
    this.edit({ include: selectedProperties(selector as never) })
    return this
  }
  /** @example hasStorage({ fillfactor: 70 }) */
  hasStorage(parameters: StorageOptions): this {
    this.edit({ with: parameters })
    return this
  }
  hasTablespace(tablespace: string): this {
    this.edit({ tablespace })
    return this
  }
}

/** A primary key or unique constraint. */
export class KeyBuilder<T> extends StoredBuilder<T> {
  /** @example isDeferrable('initially deferred') */
  isDeferrable(deferrable: Deferrable = true): this {
    this.edit({ deferrable })
    return this
  }
  /** NULLs count as equal (not for a primary key): PostgreSQL 15 and later. */
  nullsNotDistinct(nullsNotDistinct = true): this {
    this.edit({ nullsNotDistinct })
    return this
  }
  /** The last property holds ranges, which must not overlap: PostgreSQL 18 and later. */
  withoutOverlaps(withoutOverlaps = true): this {
    this.edit({ withoutOverlaps })
    return this
  }
}

/** A check constraint. */
export class CheckBuilder extends NameBuilder {
  /** Rows that are there already are not looked at. */
  isNotValid(notValid = true): this {
    this.edit({ notValid })
    return this
  }
  /** Tables that inherit do not have it. */
  hasNoInherit(noInherit = true): this {
    this.edit({ noInherit })
    return this
  }
  /** Written down and never checked: PostgreSQL 18 and later. */
  isNotEnforced(notEnforced = true): this {
    this.edit({ notEnforced })
    return this
  }
}

/** An exclusion constraint. */
export class ExcludeBuilder<T> extends StoredBuilder<T> {
  constructor(list: ExcludeDraft[], draft: ExcludeDraft) {
    super(editing(list, draft))
  }
  where(condition: Sql): this {
    this.edit({ where: condition })
    return this
  }
  /** Default `gist`. */
  hasMethod(method: string): this {
    this.edit({ method })
    return this
  }
  isDeferrable(deferrable: Deferrable = true): this {
    this.edit({ deferrable })
    return this
  }
}

export class IndexBuilder<T> extends StoredBuilder<T> {
  readonly #edit: Edit<IndexDraft>
  #keys: IndexDraft['keys']

  constructor(list: IndexDraft[], draft: IndexDraft) {
    const edit = editing(list, draft)
    super(edit)
    this.#edit = edit
    this.#keys = draft.keys
  }
  isUnique(unique = true): this {
    return this.#set({ unique })
  }
  where(condition: Sql): this {
    return this.#set({ where: condition })
  }
  /** `btree` (default), `hash`, `gin`, `gist`, `spgist`, `brin`, or an extension's. */
  hasMethod(method: string): this {
    return this.#set({ method })
  }
  /** NULLs count as equal in a unique index: PostgreSQL 15 and later. */
  nullsNotDistinct(nullsNotDistinct = true): this {
    return this.#set({ nullsNotDistinct })
  }
  /** For all keys, or for the one at `position` (from 0). */
  hasOrder(order: 'asc' | 'desc', nulls?: 'first' | 'last', position?: number): this {
    return this.#key({ order, ...(nulls === undefined ? {} : { nulls }) }, position)
  }
  hasOperatorClass(opclass: string, position?: number, parameters?: StorageOptions): this {
    return this.#key({ opclass, ...(parameters === undefined ? {} : { opclassParameters: parameters }) }, position)
  }
  /** Statistics target of an expression. */
  hasStatistics(target: number, position?: number): this {
    return this.#key({ statistics: target }, position)
  }
  hasCollation(collation: string, position?: number): this {
    return this.#key({ collation }, position)
  }

  #set(options: Record<string, unknown>): this {
    this.#edit(options)
    return this
  }

  #key(more: Partial<IndexKey>, position: number | undefined): this {
    this.#keys = this.#keys.map((key, index) => {
      if (position !== undefined && position !== index) return key
      const full: IndexKey = typeof key === 'string' ? { property: key } : 'text' in key ? { expression: key } : key
      return { ...full, ...more }
    })
    this.#edit({}, { keys: this.#keys })
    return this
  }
}

/** A foreign key from `From` to `To`. */
export class RelationBuilder<From, To> extends NameBuilder {
  readonly #edit: Edit<ForeignKeyDraft>

  constructor(list: ForeignKeyDraft[], draft: ForeignKeyDraft) {
    const edit = editing(list, draft)
    super(edit)
    this.#edit = edit
  }
  /** The properties that hold the reference. */
  withForeignKey(selector: SomeOf<From>): this {
    this.#edit({}, { properties: selectedProperties(selector as never) })
    return this
  }
  /** The properties that are referred to. Default: the primary key. */
  withPrincipalKey(selector: SomeOf<To>): this {
    this.#edit({}, { references: selectedProperties(selector as never) })
    return this
  }
  onDelete(action: ForeignKeyAction): this {
    this.#edit({ onDelete: action })
    return this
  }
  /** SET NULL of only these properties: PostgreSQL 15 and later. */
  onDeleteSetNull(selector: SomeOf<From>): this {
    this.#edit({ onDelete: { setNull: selectedProperties(selector as never) } })
    return this
  }
  /** SET DEFAULT of only these properties: PostgreSQL 15 and later. */
  onDeleteSetDefault(selector: SomeOf<From>): this {
    this.#edit({ onDelete: { setDefault: selectedProperties(selector as never) } })
    return this
  }
  /** `full`: all columns are NULL or none is. */
  hasMatch(match: 'simple' | 'full'): this {
    this.#edit({ match })
    return this
  }
  isDeferrable(deferrable: Deferrable = true): this {
    this.#edit({ deferrable })
    return this
  }
  /** Rows that are there already are not looked at. */
  isNotValid(notValid = true): this {
    this.#edit({ notValid })
    return this
  }
  /** Written down and never checked: PostgreSQL 18 and later. */
  isNotEnforced(notEnforced = true): this {
    this.#edit({ notEnforced })
    return this
  }
  /** The last properties hold ranges; those of the target must cover them: PostgreSQL 18 and later. */
  hasPeriod(period = true): this {
    this.#edit({ period })
    return this
  }
  onUpdate(action: ForeignKeyAction): this {
    this.#edit({ onUpdate: action })
    return this
  }
}
