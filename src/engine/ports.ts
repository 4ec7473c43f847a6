// What the engine asks of others while it compares and plans: SQL text, PostgreSQL's spelling, PostgreSQL's dependencies.
import type { Entry } from './state.js'

export interface QualifiedName {
  readonly schemaName?: string
  readonly name: string
}

/** What an expression's text speaks of. */
export interface Mentions {
  readonly columns: readonly string[]
  /** There is a `*` or a whole row in it. */
  readonly everything: boolean
  /** What settles conflicts by its name (`on conflict on constraint …`). */
  readonly arbiters: readonly string[]
  /** `placed`: one whose rows are read, with as many names of the text's own for their columns. */
  readonly functions: readonly (QualifiedName & { readonly placed?: number })[]
  readonly types: readonly QualifiedName[]
  /** `placed`: as many of its columns have names of the text's own (`from t as x(a, b)`), by the place where they stand. */
  readonly relations: readonly (QualifiedName & { readonly placed?: number })[]
}

/** Knowledge about the text of expressions; loaded only when something differs. */
export interface ExpressionTools {
  /** Equal parse trees; with `columnType`, one cast to it at the top is ignored. */
  same(a: string, b: string, columnType?: string): boolean
  mentions(expression: string): Mentions
  renameColumn(expression: string, from: string, to: string): string
  renameType(expression: string, schemaName: string, from: string, to: string): string
  renameRelation(expression: string, schemaName: string, from: string, to: string): string
  renameRoutine(expression: string, schemaName: string, from: string, to: string): string
  renameSchema(expression: string, from: string, to: string): string
}

/** Lets PostgreSQL spell objects: builds them on the target, reads them back, leaves nothing behind. */
export interface Speller {
  /** One answer per entry, undefined where it could not be built. The same key may be asked twice with different texts. */
  spell(entries: readonly Entry[]): Promise<readonly (Entry['object'] | undefined)[]>
}

/** Something in the database that depends on an object. */
export interface Dependent {
  /** Key of the object in the current state; undefined for what lies outside of what was read. */
  readonly key?: string
  /** For people: `view app.totals`. */
  readonly description: string
  /** PostgreSQL drops it along with what it depends on. */
  readonly automatic: boolean
}

export interface Dependencies {
  of(key: string): readonly Dependent[]
}
