// A .sql migration: its header, its up and down parts, and each part's statements with their places in the file.
import type { Parser } from '../sql/parser.js'
import { classify, type Statement, splitScript } from '../sql/script.js'

/** One statement of a part; line and column of its first character in the file, from 1. */
export interface SqlStatement {
  readonly text: string
  readonly line: number
  readonly column: number
  /** Cannot run inside a transaction. */
  readonly outside: boolean
  /** The parser does not know its syntax: it may be newer than the parser, or wrong. */
  readonly unknown?: { readonly message: string; readonly offset: number }
}

export interface SqlIssue {
  readonly message: string
  readonly hint?: string
  readonly line: number
  readonly column: number
}

export interface SqlPart {
  readonly statements: readonly SqlStatement[]
}

export interface SqlMigration {
  readonly name?: string
  readonly description?: string
  readonly transaction?: boolean
  readonly timeout?: string
  readonly dependsOn?: readonly string[]
  readonly up?: SqlPart
  readonly down?: SqlPart
  readonly issues: readonly SqlIssue[]
}

/** Comments that are no comments: strings, quoted names, dollar quotes and block comments are stepped over. */
const lexemes =
  /[eE]'(?:\\[\s\S]|[^'\\])*'|'[^']*'|"[^"]*"|(\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$)[\s\S]*?\1|\/\*[\s\S]*?\*\/|--[^\n]*/g
const marker = /^--\s*(?:\+?\s*(?:migrate|lockstep|goose)\s*[:\s]\s*)?(up|down)\s*:?\s*((?:[\w-]+\s*[:=]\s*\S+\s*)*)$/i
const header = /^--\s*(name|description|transaction|timeout|depends-?on)\s*:\s*(.*?)\s*$/i

interface Mark {
  readonly direction: 'up' | 'down'
  readonly options: string
  readonly from: number
  readonly to: number
}

/**
 * Reads a file of one or two parts. Without a marker the whole file is the way up.
 * @param only a file that is one part by its name (`001_users.up.sql`)
 */
export function readSqlFile(text: string, parser: Parser, only?: 'up' | 'down'): SqlMigration {
  const comments = [...text.matchAll(lexemes)].filter(([lexeme]) => lexeme.startsWith('--'))
  const marks = comments.flatMap(({ 0: comment, index }): readonly Mark[] => {
    const found = startsLine(text, index) ? marker.exec(comment.trimEnd()) : null
    return found
      ? [
          {
            direction: found[1]?.toLowerCase() as Mark['direction'],
            options: found[2] ?? '',
            from: index,
            to: index + comment.length,
          },
        ]
      : []
  })
  const issues: SqlIssue[] = []
  const issue = (offset: number, message: string, hint?: string) =>
    issues.push({ message, ...(hint ? { hint } : {}), ...placeOf(text, offset) })
  const parts: Partial<Record<'up' | 'down', SqlPart>> = {}
  const add = (direction: 'up' | 'down', from: number, to: number) => {
    if (parts[direction]) return void issue(from, `There is a second part '${direction}'.`, 'Keep one of them.')
    parts[direction] = partOf(text, from, to, parser, issue)
  }
  if (marks.length === 0) add(only ?? 'up', 0, text.length)
  else {
    const before = text
      .slice(0, marks[0]?.from)
      .replace(lexemes, (lexeme) => (/^(--|\/\*)/.test(lexeme) ? ' ' : lexeme))
    if (before.trim() !== '')
      issue(before.length - before.trimStart().length, 'There is SQL before the first part.', 'Move it below `-- up`.')
    for (const [index, mark] of marks.entries()) add(mark.direction, mark.to, marks[index + 1]?.from ?? text.length)
  }
  return {
    ...headers(
      comments.map(([comment]) => comment),
      marks,
      issue,
      text,
    ),
    ...parts,
    issues,
  }
}

const startsLine = (text: string, index: number): boolean =>
  /(^|\n)[^\S\n]*$/.test(text.slice(Math.max(0, index - 200), index))

function partOf(
  text: string,
  from: number,
  to: number,
  parser: Parser,
  issue: (offset: number, message: string, hint?: string) => void,
): SqlPart {
  const statements: SqlStatement[] = []
  for (const statement of splitScript(text.slice(from, to), parser)) {
    const offset = from + statement.start
    if (statement.psql) {
      issue(offset, `'${firstWords(statement.text)}' is a command of psql, not SQL.`, 'Write what it does as SQL.')
      continue
    }
    const found = classify(statement)
    if (found === 'transaction')
      issue(
        offset,
        `'${firstWords(statement.text)}' begins or ends a transaction: that is Lockstep's business.`,
        'Remove it. For a migration without a transaction write `-- transaction: false` at its top.',
      )
    statements.push({
      text: statement.text,
      ...placeOf(text, offset),
      outside:
        found === 'outside' ||
        (found === 'server' && !/^\s*(create|alter|drop)\s+(role|user|group)\b/i.test(statement.text)),
      ...unknownIn(statement, parser),
    })
  }
  return { statements }
}

function unknownIn(statement: Statement, parser: Parser): Pick<SqlStatement, 'unknown'> {
  if (statement.type !== undefined) return {}
  const parsed = parser.parse(statement.text)
  return parsed.error === undefined ? {} : { unknown: { message: parsed.error, offset: parsed.position ?? 0 } }
}

function headers(
  comments: readonly string[],
  marks: readonly Mark[],
  issue: (offset: number, message: string, hint?: string) => void,
  text: string,
): Omit<SqlMigration, 'issues' | 'up' | 'down'> {
  const given: Record<string, string> = {}
  for (const comment of comments) {
    const found = header.exec(comment.trimEnd())
    if (found) given[(found[1] ?? '').toLowerCase().replace('dependson', 'depends-on')] ??= found[2] ?? ''
  }
  for (const { options } of marks)
    for (const [, key = '', value = ''] of options.matchAll(/([\w-]+)\s*[:=]\s*(\S+)/g))
      given[key.toLowerCase()] ??= value
  const { transaction } = given
  if (transaction !== undefined && !/^(true|false)$/i.test(transaction))
    issue(
      Math.max(0, text.indexOf('transaction')),
      `'transaction' is '${transaction}'.`,
      'Write `-- transaction: false`, or leave it out.',
    )
  return {
    ...(given.name ? { name: given.name } : {}),
    ...(given.description ? { description: given.description } : {}),
    ...(transaction === undefined ? {} : { transaction: !/^false$/i.test(transaction) }),
    ...(given.timeout ? { timeout: given.timeout } : {}),
    ...(given['depends-on'] ? { dependsOn: given['depends-on'].split(/[\s,]+/).filter(Boolean) } : {}),
  }
}

const firstWords = (text: string): string => text.replace(/\s+/g, ' ').slice(0, 60)

/** Line and column, from 1, of an offset. */
export function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset)
  const line = before.split('\n').length
  return { line, column: offset - before.lastIndexOf('\n') }
}

/** The place of a position inside a statement, in the file. */
export function placeWithin(
  statement: SqlStatement,
  offset: number,
): { readonly line: number; readonly column: number } {
  const inner = placeOf(statement.text, offset)
  return {
    line: statement.line + inner.line - 1,
    column: inner.line === 1 ? statement.column + inner.column - 1 : inner.column,
  }
}
