// The branded SQL fragment. Only this file makes one, so text that was never quoted or marked raw() cannot reach a server by accident.
import { UsageError } from '../errors.js'

declare const brand: unique symbol

/** A piece of SQL text that is safe to send: written as SQL in the program, or quoted by `id`, `literal`, `qualified`. */
export interface Sql {
  readonly text: string
  readonly [brand]: true
}

/** Known across copies of this package in one process: a file may have been loaded with another one. No JSON can carry it. */
const mark = Symbol.for('lockstep-pg.sql')

class Fragment {
  readonly [mark] = true
  constructor(readonly text: string) {}
  toString(): string {
    return this.text
  }
  toJSON(): string {
    return this.text
  }
}

const make = (text: string): Sql => new Fragment(text) as unknown as Sql

/** True for a fragment made by this module. */
export function isSql(value: unknown): value is Sql {
  return typeof value === 'object' && value !== null && (value as { [mark]?: unknown })[mark] === true
}

/**
 * Tag for SQL. Interpolations must be fragments themselves: a bare string does not compile and is refused at run time.
 * Backslashes are kept as they are written: sql`code ~ '^\d+$'`.
 * @example sql`select ${id('user name')}`   // select "user name"
 */
export function sql(strings: TemplateStringsArray, ...parts: readonly Sql[]): Sql {
  let text = written(strings, 0)
  parts.forEach((part, index) => {
    if (!isSql(part)) {
      throw new UsageError(
        'SQL_PART_NOT_SQL',
        `sql\`…\` takes only SQL parts, but part ${index + 1} is a ${typeof part}.`,
        {
          hint: 'Wrap it: id(name) for a name, literal(value) for a value, raw(text) for text that is SQL already.',
        },
      )
    }
    text += part.text + written(strings, index + 1)
  })
  return make(text)
}

/** As it stands in the file: a backslash is SQL's, not JavaScript's; only \` and \${ lose theirs. */
const written = (strings: TemplateStringsArray, index: number): string =>
  ((strings.raw as readonly string[] | undefined)?.[index] ?? strings[index] ?? '').replace(/\\([`$])/g, '$1')

/** Text that PostgreSQL or the user wrote as SQL. The word to look for in a review. */
export function raw(text: string): Sql {
  return make(text)
}

/** A quoted name: always in double quotes, quotes inside doubled. NUL is refused, as PostgreSQL cannot hold it. */
export function id(name: string): Sql {
  refuseNul(name)
  return make(`"${name.replaceAll('"', '""')}"`)
}

/** A schema-qualified name; without a schema, the bare quoted name. */
export function qualified(schemaName: string | undefined, name: string): Sql {
  return schemaName === undefined ? id(name) : make(`${id(schemaName).text}.${id(name).text}`)
}

/** A quoted string literal, independent of standard_conforming_strings. */
export function literal(value: string): Sql {
  refuseNul(value)
  const doubled = value.replaceAll("'", "''")
  return make(value.includes('\\') ? `E'${doubled.replaceAll('\\', '\\\\')}'` : `'${doubled}'`)
}

/** Fragments with a separator (default `, `) between them. */
export function join(parts: readonly Sql[], separator = ', '): Sql {
  return make(parts.map((part) => part.text).join(separator))
}

function refuseNul(text: string): void {
  if (text.includes('\0')) {
    throw new UsageError('NUL_IN_NAME', 'A name or value contains a NUL character, which PostgreSQL cannot hold.', {
      hint: 'Remove the NUL character.',
    })
  }
}
