// The contract that every object kind fulfils: data and small functions; the loops live in the engine.
import type { ModelConfig, SourceOf } from '../model/model-config.js'
import type { Sql } from '../sql/sql.js'
import type { TypeName } from '../sql/types.js'
import type { Name, ObjectId } from './identity.js'
import type { Rebuilt, Survival, ValueMove } from './survival.js'

export interface Reference {
  readonly ref: Name
  /** `mentions`: found in SQL text; a cycle is cut there before it is an error. */
  readonly strength: 'needs' | 'mentions'
}

/** SQL text inside an object. The engine finds these by walking an object: renaming, spelling and hashing are generic. */
export interface Expression {
  readonly expression: string
}

export interface Server {
  readonly version: number
  /** The role that migrates, where it is known. */
  readonly user?: string
}

/**
 * What every object carries. Field conventions that the engine relies on when it renames:
 * `schemaName`, `table` and `name` are those of the id; a nested record with `schemaName` and `table` points to a relation;
 * `column`, `columns` and `include` hold column names of the nearest enclosing `table`; a record with `typeName` points to a type, one with `routineName` to a routine.
 */
export interface SchemaObject {
  readonly schemaName?: string
  readonly table?: string
  readonly name: string
  readonly renamedFrom?: string
  /** Desired side only, never compared, never hashed. */
  readonly source?: SourceOf
  /** The object that this one is attached to (comments, grants); it is the parent. */
  readonly on?: ObjectId
}

/** Finds the object that a catalog address `classid:objid:objsubid` is, among those of the kinds read so far. */
export type Resolve = (address: string) => ObjectId | undefined

/** The values of a type are those of another one; `checked`: not all of them. */
export interface BaseType {
  readonly type: TypeName
  readonly checked: boolean
}

/** One side of a comparison, with everything on it. */
export interface Side {
  readonly server: Server
  find(name: Name): ObjectId | undefined
  /** Everything that a name may stand for, where several objects share it. */
  meant(name: Name): readonly { readonly id: ObjectId }[]
  get<O>(id: ObjectId): O | undefined
  /** Objects made by the create of `of` (their `bornWith`), in declaration order. */
  children(of: ObjectId): readonly { readonly id: ObjectId; readonly object: unknown }[]
  /** The object as SQL addresses it in COMMENT ON, for example `table "public"."users"`. */
  address(id: ObjectId): Sql
  /** All objects of a kind. */
  all(kind: string): readonly SchemaObject[]
  /** The type whose values the type has, where it is one that only limits another. */
  base(type: TypeName): BaseType | undefined
}

/** What is known while changes are worked out. */
export interface PlannedSoFar {
  /** The side that the plan starts from, after renames. */
  readonly before: Side
  /** What depends on an object in the database that the plan starts from. */
  dependents(of: ObjectId): readonly { readonly id: ObjectId; readonly object: SchemaObject }[]
  /** It is dropped and made again. */
  madeAgain(id: ObjectId): boolean
}

export interface PlanFacts {
  readonly server: Server
  /** The object is created by this plan: nothing of it can hold rows yet. */
  madeHere(what: ObjectId | Name): boolean
  /** A later step needs what this name stands for; with `text`, only where an expression of it contains the text. */
  usesLater(name: Name, text?: string): boolean
}

export type RiskLevel = 'data-loss' | 'blocking' | 'may-fail'

export interface Risk {
  readonly level: RiskLevel
  /** For example DROPS_COLUMN; see docs/safety.md. */
  readonly code: string
  readonly reason: string
  /** A query with one row of counts, for example `rows` and `values`. */
  readonly measure?: Sql
  /** Rows that `measure` finds stop the run before anything is sent; this says how to go on. */
  readonly stops?: string
  /** What `measure` found; null until risks are measured. */
  readonly measured?: Readonly<Record<string, number>> | null
}

export interface OperationBase {
  readonly type: string
  readonly schemaName?: string
}

export interface OperationSpec<Op> {
  /** For example "Add column 'users.phone' (varchar(20))". */
  describe(op: Op): string
  sql(op: Op, server: Server): Sql | readonly Sql[]
  risks?(op: Op, facts: PlanFacts): readonly Risk[]
  /** Absent: irreversible. */
  inverse?(op: Op): readonly OperationBase[]
  /** Default inside. `commit-after`: what it makes can be used only after a commit. */
  transaction?(op: Op, facts: PlanFacts): 'inside' | 'never' | 'commit-after'
  /** Lock table entries it takes, about; default 1. */
  locks?(op: Op): number
}

type Fields<Obj> = readonly (keyof Obj & string)[]

/** An object that a relation has from others, named as `[schemaName, name]`. */
export interface Tied<Obj> {
  readonly object: Obj
  readonly from: readonly (readonly [string, string])[]
}

/** An object of a further kind, as the model has it. */
export interface Further {
  readonly id: ObjectId
  readonly comment?: string | null
}

/** What it is called. */
interface Named<Obj extends SchemaObject> {
  /** Occupied names: whoever leaves one goes before whoever takes it; references resolve to them. */
  names?(object: Obj): readonly Name[]
  /** Names by which SQL text may mean it and that several objects may share: overloaded routines. */
  mentionedAs?(object: Obj): readonly Name[]
  /** Names that PostgreSQL takes for what it makes along with the object: they are free once it is dropped or an alteration has removed that. */
  implicitNames?(object: Obj): readonly Name[]
  /** Names that an alteration waits for, and names for which others wait until it is done. */
  alterNames?(
    object: Obj,
    current: Obj | undefined,
    side: Side,
  ): {
    readonly takes: readonly Name[]
    readonly leaves: readonly Name[]
    /** The first operation lets go of these, and so do all others of the same names before any of them goes on. */
    readonly between?: readonly Name[]
  }
  /** The name PostgreSQL would choose; an object that bears it is renamed with what it is named after. */
  defaultName?(object: Obj): string | undefined
  /** The object as COMMENT ON addresses it; `object` where it is known. */
  address?(id: ObjectId, object?: Obj): Sql
  /** Parts of other objects that it speaks of: what is said of one that is made again has to be said again. */
  partlyOn?(object: Obj): readonly Name[]
  /** Roles that it names: they have to exist when it is made or changed. */
  roles?(object: Obj): readonly string[]
}

/** What it stands on, and what comes and goes with it. */
interface Standing<Obj extends SchemaObject> {
  /** The parent (table, schema) is implied by the id. Unresolved references are the server's or an extension's. */
  dependsOn?(object: Obj): readonly Reference[]
  /** Made by that object's create, unless the engine had to cut a cycle here. */
  bornWith?(object: Obj): Name | undefined
  /** It is not made by that create all the same: something has to be there before it. */
  madeApart?(object: Obj): boolean
  /** Dropping any of these takes the object along; the engine makes it again where it is still wanted. */
  diesWith?(object: Obj): readonly Name[]
  /** It is a part of its relation's rows that holds values of its types. True: to add it gives the rows that are there a value. */
  fillsRows?(object: Obj): boolean
  /** It is made, and altered, after all of these that are made or altered too; it is made after those that are dropped. */
  madeAfter?(object: Obj): readonly Name[]
  /** Those of a table are made in the order in which they are declared. */
  readonly inOrder?: boolean
  /** It is made and altered after everything else was made and dropped. */
  readonly last?: boolean
  /** What goes for good goes before anything is made. */
  readonly dropsFirst?: boolean
  /** What is wanted of it is had only by making it again where one of these is. */
  remadeWith?(current: Obj, desired: Obj): readonly Name[]
  /** What is made or altered of these changes it: it is made again. */
  spoiledBy?(object: Obj): readonly Name[]
  /** Parts that PostgreSQL does not let change under it: it is made again where one is disturbed. */
  fixes?(object: Obj, side: Side): readonly Name[]
  /** PostgreSQL drops what it needs under it: an alteration need not come before that. */
  readonly letsGo?: boolean
  /** A query over its relation may rest on it without naming it: a primary key, where GROUP BY names its columns. */
  carriesQueries?(object: Obj): boolean
}

/** Relations that are tied to others, partitions and children, and what they have from those. */
interface Tying<Obj extends SchemaObject> {
  /** It ties objects together that change each other while they are tied: it is dropped before anything is made, and made after everything is dropped. */
  readonly ties?: boolean
  /** What relations of the model have from those that they are tied to: objects of their own as long as they are not. */
  declareTied?(model: ModelConfig): readonly Tied<Obj>[]
  /** Whose drop takes it along as long as a third object ties it to that. */
  follows?(object: Obj): readonly { readonly whom: Name; readonly while: ObjectId }[]
  /** Those that hold on to it, though it needs them, as long as a third object ties it to them: it is dropped after them. */
  outlives?(object: Obj): readonly { readonly whom: Name; readonly while: ObjectId }[]
  /** Those tied to its relation get it from there under the same name, however they come to be tied: it is not made for them. */
  readonly passedOn?: boolean
  /** PostgreSQL makes no parts of it: those that it has are made before it and given to it. */
  givenParts?(object: Obj): boolean
  /** In these a part of it may differ from it. */
  readonly freeInParts?: Fields<Obj>
  /** Made on a relation, it takes over what those tied to that have alike, or its name there: what they lose goes before, and what they get by themselves comes after it has gone. */
  readonly takesOver?: boolean
}

/** Rows and values. */
interface Holding<Obj extends SchemaObject> {
  /** Making it reads rows: everything that it stands on has them again by then. */
  readonly readsRows?: boolean
  /** It holds rows of what it reads, unless it is made without. */
  readonly ownRows?: { filled(object: Obj): boolean; unfilled(object: Obj): Obj }
  /** A type that has the values of another one. */
  base?(object: Obj): BaseType
  /** How values of the type move when it is replaced (or, without `desired`, dropped). `moved` knows the same of types that are replaced too. */
  moves?(
    current: Obj,
    desired: Obj | undefined,
    moved: (type: { readonly schemaName?: string; readonly typeName: string }) => ValueMove | undefined,
  ): ValueMove
  /** State that is not compared: what is altered or made again keeps it. */
  readonly keeps?: Fields<Obj>
}

/** Whose it is, where nobody declares it. */
interface Belonging<Obj extends SchemaObject> {
  /** Undeclared ones of a table that is ours are dropped after a question; without it they are strangers. */
  readonly partOfTable?: boolean
  /** An undeclared one that is asked about like an undeclared part of a table of ours. */
  undeclaredPart?(object: Obj, current: Side, desired: Side): boolean
  /** PostgreSQL's words for it after CREATE, by which a hook's text is known to have made one. Default: the kind's name. */
  readonly createdAs?: readonly string[]
  /** Never managed: only listed, and dropped where a hook made them. */
  readonly unmanaged?: boolean
  /** Compared only where the desired side says something about it; never undeclared, never dropped. */
  readonly optional?: boolean
  /** What the model's objects of the kind come to, where several may speak of one. */
  gathered?(given: readonly Obj[], server: Server, address: (id: ObjectId) => Sql): readonly Obj[]
  /** Objects of this kind that PostgreSQL itself makes along with another object. */
  given?(made: ObjectId, side: Side): readonly Obj[]
  /** It is so already, without being an object of its own there. */
  implied?(wanted: Obj, current: Side, desired: Side): boolean
}

export interface ObjectKind<Obj extends SchemaObject, Op extends OperationBase, Row>
  extends Named<Obj>,
    Standing<Obj>,
    Tying<Obj>,
    Holding<Obj>,
    Belonging<Obj> {
  readonly name: string
  identify(object: Obj): ObjectId
  /** `further`: what factories made, with what is said about it. */
  declare(model: ModelConfig, further: readonly Further[]): readonly Obj[]
  readonly catalog: {
    /** `schemas` is a text[] expression. Each row also has `addresses`: every `classid:objid:objsubid` that is this object, comma separated, its own first. A row with `tied_to`, a JSON list of `[schema, relation]`, is something that its relation has from these, with `tied_own` besides as its own, with `part_of`, a JSON `[schema, name]`, as part of that relation there. All values arrive as text. */
    query(server: Server, schemas: Sql): Sql
    /** A cheap condition without which there can be no rows, so that nothing is asked. `spaces`: the oids of the schemas. Default: always asked. */
    occurs?(spaces: Sql): Sql
    /** `row` is the same record for all rows, filled anew: what is needed of it goes into the object. */
    read(row: Row, server: Server, resolve: Resolve): Obj | undefined
  }
  /** Fields that differ. A field undefined in `desired` is left as it is; null asks for PostgreSQL's default. */
  differences(current: Obj, desired: Obj): Fields<Obj>
  /** Fields that PostgreSQL finds out: where the desired side does not know them, its spelling of the object does. */
  readonly derived?: Fields<Obj>
  /** `before`: what is left of the side that the plan starts from, without what it drops; none where a copy is made. No operations: it comes along with another object. */
  create(desired: Obj, side: Side, before?: Side): readonly Op[]
  alter?(current: Obj, desired: Obj, changed: Fields<Obj>, side: Side, plan?: PlannedSoFar): readonly Op[] | 'recreate'
  /** True where altering in place needs the dependents to make way or to be made again. */
  disturbs?(current: Obj, desired: Obj, changed: Fields<Obj>): boolean
  /** undefined: it is renamed along with another object. */
  rename?(current: Obj, desired: Obj): Op | undefined
  /** Carries `was`, the whole object, so that it has an inverse. `target`: what the plan leads to. */
  drop(current: Obj, side: Side, target: Side): Op | readonly Op[]
  /** A rebuild takes the current object out of the way under another name first, so that what depends on it can move over before it is dropped. */
  aside?(current: Obj, desired: Obj, name: string): readonly Op[]
  /** What can be made without these; `alter` completes it. */
  stub?(desired: Obj, without: readonly ObjectId[]): Obj | undefined
  /** Absent: recreate. The operations it returns lead to `desired`, the object itself where nothing else about it changes. */
  survive?(object: Obj, around: Rebuilt, side: Side, desired: Obj, plan: PlannedSoFar): Survival<Op>
  /** The least that expressions of others need of it: what a scratch copy is made of. */
  bare?(object: Obj): Obj
  /** As it is built only to be read back: without what costs time. */
  inScratch?(object: Obj): Obj
  readonly operations: { readonly [T in Op['type']]: OperationSpec<Extract<Op, { type: T }>> }
}

/** A kind with its types forgotten, as the engine handles it. */
// biome-ignore lint/suspicious/noExplicitAny: the registry holds kinds of different types; each is checked where it is defined.
export type AnyKind = ObjectKind<any, any, any>
