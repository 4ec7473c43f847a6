// Where one statement ends and the next begins, as psql sees it: strings, dollar quotes, nested comments, parentheses, BEGIN ATOMIC bodies. No grammar,
// so that newer syntax than the parser's passes too.

export interface Piece {
  /** Without the semicolon and what surrounds it. */
  readonly text: string
  /** Offset of `text` in the whole, and its line, from 1. */
  readonly start: number
  readonly line: number
  /** A line that starts with a backslash: a command of psql. */
  readonly psql?: true
}

const closers: Readonly<Record<string, RegExp>> = { "'": /'/g, '"': /"/g }
const word = /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y
const dollar = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y

/** The statements of a text, and psql's commands between them. */
export function pieces(text: string): readonly Piece[] {
  return new Splitter(text).run()
}

class Splitter {
  readonly #found: Piece[] = []
  #at = 0
  #start = -1
  #parentheses = 0
  #words: string[] = []
  #atomic = 0
  #counted = { offset: 0, line: 1 }

  constructor(readonly text: string) {}

  run(): readonly Piece[] {
    while (this.#at < this.text.length) this.#step()
    this.#end(this.text.length)
    return this.#found
  }

  #step(): void {
    const { text } = this
    const character = text[this.#at] as string
    const next = text[this.#at + 1]
    if (/\s/.test(character)) this.#at++
    else if (character === '-' && next === '-') this.#to(text.indexOf('\n', this.#at))
    else if (character === '/' && next === '*') this.#comment()
    else if (character === ';' && this.#parentheses <= 0 && this.#atomic <= 0) {
      this.#end(this.#at)
      this.#at++
    } else if (character === '\\' && this.#start < 0) this.#command()
    else this.#token(character)
  }

  #token(character: string): void {
    if (this.#start < 0) this.#start = this.#at
    if (character === "'" || character === '"') {
      this.#quoted(character, false)
      return
    }
    if (character === '(') this.#parentheses++
    if (character === ')') this.#parentheses--
    const opening = character === '$' ? this.#match(dollar) : undefined
    if (opening) {
      const close = this.text.indexOf(opening, this.#at + opening.length)
      this.#to(close < 0 ? -1 : close + opening.length)
      return
    }
    const name = this.#match(word)
    if (name === undefined) {
      this.#at += /[0-9]/.test(character)
        ? (/[0-9][\w$]*/.exec(this.text.slice(this.#at, this.#at + 100))?.[0].length ?? 1)
        : 1
      return
    }
    this.#at += name.length
    if (/^e$/i.test(name) && this.text[this.#at] === "'") this.#quoted("'", true)
    else this.#keyword(name.toLowerCase())
  }

  /** As psql counts them: only in CREATE FUNCTION or PROCEDURE, where a body may be BEGIN ATOMIC … END. */
  #keyword(name: string): void {
    if (this.#words.length < 4) this.#words.push(name)
    const [first, second, third, fourth] = this.#words
    const routine = (one: string | undefined) => one === 'function' || one === 'procedure'
    if (first !== 'create' || !(routine(second) || (second === 'or' && third === 'replace' && routine(fourth)))) return
    if (name === 'begin') this.#atomic++
    else if (name === 'case' && this.#atomic > 0) this.#atomic++
    else if (name === 'end' && this.#atomic > 0) this.#atomic--
  }

  #quoted(quote: string, escapes: boolean): void {
    const closer = escapes ? /(?:\\[\s\S]|[^'\\]|'')*'/y : (closers[quote] as RegExp)
    closer.lastIndex = this.#at + 1
    const found = closer.exec(this.text)
    this.#to(found ? found.index + found[0].length : -1)
  }

  #comment(): void {
    let depth = 0
    const marks = /\/\*|\*\//g
    marks.lastIndex = this.#at
    for (let found = marks.exec(this.text); found; found = marks.exec(this.text)) {
      depth += found[0] === '/*' ? 1 : -1
      if (depth > 0) continue
      this.#to(marks.lastIndex)
      return
    }
    this.#to(-1)
  }

  /** A psql command takes its line; the data of a COPY goes to its closing `\.`. */
  #command(): void {
    const end = this.text.indexOf('\n', this.#at)
    const stop = end < 0 ? this.text.length : end
    this.#found.push({
      text: this.text.slice(this.#at, stop).trim(),
      start: this.#at,
      line: this.#lineAt(this.#at),
      psql: true,
    })
    this.#at = stop
  }

  #end(at: number): void {
    if (this.#start >= 0) {
      const piece = this.text.slice(this.#start, at).trimEnd()
      this.#found.push({ text: piece, start: this.#start, line: this.#lineAt(this.#start) })
      if (/^copy\s[\s\S]*\sfrom\s+stdin\b/i.test(piece)) this.#copyData()
    }
    this.#start = -1
    this.#parentheses = 0
    this.#atomic = 0
    this.#words = []
  }

  /** Leaves the position at the line break before what follows the data. */
  #copyData(): void {
    const close = /\n\\\.[^\S\n]*(?=\n|$)/g
    close.lastIndex = this.#at
    const found = close.exec(this.text)
    this.#at = found ? close.lastIndex - 1 : this.text.length - 1
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    return pattern.exec(this.text)?.[0]
  }

  #to(position: number): void {
    this.#at = position < 0 ? this.text.length : position
  }

  #lineAt(offset: number): number {
    for (let at = this.#counted.offset; at < offset; at++) if (this.text.charCodeAt(at) === 10) this.#counted.line++
    this.#counted.offset = offset
    return this.#counted.line
  }
}
