// The fluent API of keys, constraints, indexes and foreign keys: names, comments, and what is theirs alone.
import type { Sql } from '../sql/sql.js'
import type { ForeignKeyAction, ForeignKeyDraft, IndexDraft, IndexKey } from './draft.js'
import { type SomeOf, selectedProperties } from './selector.js'

type Options = { readonly name?: string; readonly comment?: string | null; readonly renamedFrom?: string }
type Edit<D> = (options: Options & Record<string, unknown>, rest?: Partial<D>) => void

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
    private readonly edit: (options: Options) => void,
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

export class IndexBuilder<T> extends NameBuilder {
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
  include(selector: SomeOf<T>): this {
    return this.#set({ include: selectedProperties(selector as never) })
  }
  /** For all keys, or for the one at `position` (from 0). */
  hasOrder(order: 'asc' | 'desc', nulls?: 'first' | 'last', position?: number): this {
    return this.#key({ order, ...(nulls === undefined ? {} : { nulls }) }, position)
  }
  hasOperatorClass(opclass: string, position?: number): this {
    return this.#key({ opclass }, position)
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
  onUpdate(action: ForeignKeyAction): this {
    this.#edit({ onUpdate: action })
    return this
  }
}
