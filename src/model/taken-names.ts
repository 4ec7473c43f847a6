// The names of a model and the spaces in which PostgreSQL keeps them apart: default names give way, given ones that collide are mistakes.
import type { Issues, Place } from './issues.js'
import { clip, maxNameBytes, untaken } from './naming.js'

interface Home {
  readonly schemaName: string
  readonly name: string
  readonly draft: { readonly entity: { readonly name: string }; readonly source: Place['source'] }
}

export class TakenNames {
  readonly #spaces = new Map<string, Map<string, string>>()
  readonly #given = new Set<string>()

  constructor(private readonly issues: Issues) {}

  /** A name that somebody wrote: none that is found will be it. */
  reserve(schemaName: string, name: string): void {
    this.#given.add(`${schemaName}\0${name}`)
  }

  /** Whether the table has a name of its own; where not, a mistake is noted. */
  takeTable(schemaName: string, name: string, what: string, place: Place): boolean {
    if (!this.checkName(name, what, place)) return false
    const tables = this.#space(`tables ${schemaName}`)
    const by = tables.get(name)
    if (by === undefined) tables.set(name, what)
    else
      this.issues.add(
        'DUPLICATE_TABLE',
        place,
        `${what[0]?.toUpperCase()}${what.slice(1)}, '${schemaName}.${name}', is ${by} too.`,
        "Give one of them another name or schema: @Entity({ table: '…' }); for columns that entities share, use a base class.",
      )
    return by === undefined
  }

  /** Tables, indexes, keys and sequences of a schema share one space. */
  takeRelation(schemaName: string, name: string, what: string, place: Place): void {
    this.take(
      `relation ${schemaName}`,
      name,
      what,
      place,
      `another name in the schema '${schemaName}': tables, indexes, keys and sequences share their names`,
    )
  }

  /** Tables and types of a schema share another. */
  takeType(schemaName: string, name: string, what: string, place: Place): void {
    this.take(
      `type ${schemaName}`,
      name,
      what,
      place,
      `another name in the schema '${schemaName}': tables and types share their names`,
    )
  }

  take(space: string, name: string, what: string, place: Place, hint: string): void {
    if (!this.checkName(name, what, place)) return
    const names = this.#space(space)
    const by = names.get(name)
    if (by !== undefined)
      this.issues.add('DUPLICATE_NAME', place, `The name '${name}' of ${what} is taken by ${by}.`, `Choose ${hint}.`)
    else names.set(name, what)
  }

  /** The name of a primary key, unique constraint or index: unique in the schema. */
  relation(
    table: Home,
    given: string | undefined,
    make: (suffix: string) => string,
    source: Place['source'] = table.draft.source,
  ): string {
    const isTaken = (name: string) =>
      this.#given.has(`${table.schemaName}\0${name}`) ||
      this.#space(`relation ${table.schemaName}`).has(name) ||
      this.#space(`constraints of ${table.schemaName}`).has(name)
    const name = given ?? untaken(make, isTaken)
    this.takeRelation(table.schemaName, name, `an index of '${table.name}'`, {
      entity: table.draft.entity.name,
      source,
    })
    return name
  }

  /** The name of a check or foreign key: unique in its table; default names also avoid those of other tables, as PostgreSQL's do. */
  constraint(
    table: Home,
    given: string | undefined,
    make: (suffix: string) => string,
    source: Place['source'] = table.draft.source,
  ): string {
    const own = `constraint ${table.schemaName}\0${table.name}`
    const all = this.#space(`constraints of ${table.schemaName}`)
    const name =
      given ??
      untaken(
        make,
        (one) => this.#given.has(`${table.schemaName}\0${one}`) || all.has(one) || this.#space(own).has(one),
      )
    this.take(
      own,
      name,
      `a constraint of '${table.name}'`,
      { entity: table.draft.entity.name, source },
      'another name: constraints of a table share their names',
    )
    all.set(name, `a constraint of '${table.name}'`)
    return name
  }

  checkName(name: string, what: string, place: Place): boolean {
    if (typeof name !== 'string' || name === '')
      this.issues.add('NAME_EMPTY', place, `The name of ${what} is empty.`, 'Give it a name.')
    else if (name.includes('\0'))
      this.issues.add(
        'NUL_IN_NAME',
        place,
        `The name of ${what} contains a NUL character, which PostgreSQL cannot hold.`,
        'Remove it.',
      )
    else if (Buffer.byteLength(name) > maxNameBytes)
      this.issues.add(
        'NAME_TOO_LONG',
        place,
        `The name '${name}' of ${what} has ${Buffer.byteLength(name)} bytes; PostgreSQL keeps ${maxNameBytes}.`,
        `It would be cut to '${clip(name, maxNameBytes)}': write that, or a shorter one.`,
      )
    else return true
    return false
  }

  #space(key: string): Map<string, string> {
    const known = this.#spaces.get(key) ?? new Map<string, string>()
    this.#spaces.set(key, known)
    return known
  }
}
