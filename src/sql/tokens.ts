// SQL text as tokens, as far as names can be told from strings and comments. No grammar: the server judges.

export interface Token {
  /** `word`: an unquoted name or keyword, lower-cased. `name`: a quoted name, its quotes removed. */
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'symbol'
  readonly text: string
}

const patterns: readonly (readonly [Token['kind'] | 'skip', RegExp])[] = [
  ['skip', /\s+|--[^\n]*/y],
  ['string', /[eE]'(?:[^'\\]|\\[\s\S]|'')*'|(?:[bBxXnN]|[uU]&)?'(?:[^']|'')*'/y],
  ['string', /\$([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$[\s\S]*?\$\1\$/y],
  ['name', /(?:[uU]&)?"(?:[^"]|"")*"/y],
  ['word', /(?![eE]')[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y],
  ['number', /\d[\d_]*(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+/y],
  // An operator ends where a comment begins; E' is the start of a string that never ends.
  ['symbol', /::|[eE]'|(?:(?!--|\/\*)[-+*/<>=~!@#%^&|`?])+|[\s\S]/y],
]

const known = new Map<string, readonly Token[]>()
const most = 5000

/** Cuts `text` into tokens; comments and white space are left out. Short texts, which models repeat, are cut once. */
export function tokens(text: string): readonly Token[] {
  if (text.length > 500) return cut(text)
  const found = known.get(text) ?? cut(text)
  if (known.size >= most) known.clear()
  known.set(text, found)
  return found
}

function cut(text: string): readonly Token[] {
  const found: Token[] = []
  let at = 0
  while (at < text.length) {
    if (text.startsWith('/*', at)) {
      at = endOfComment(text, at)
      continue
    }
    for (const [kind, pattern] of patterns) {
      pattern.lastIndex = at
      const match = pattern.exec(text)?.[0]
      if (!match) continue
      at += match.length
      if (kind !== 'skip') found.push({ kind, text: cleaned(kind, match) })
      break
    }
  }
  return found
}

function cleaned(kind: Token['kind'], text: string): string {
  if (kind === 'word') return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
  if (kind === 'name') return text.slice(text.indexOf('"') + 1, -1).replaceAll('""', '"')
  return text
}

/** Block comments nest. */
function endOfComment(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; at += 1) {
    if (text.startsWith('/*', at)) {
      depth += 1
      at += 1
    } else if (text.startsWith('*/', at)) {
      depth -= 1
      at += 1
      if (depth === 0) return at + 1
    }
  }
  return text.length
}

/** The columns, of those given, that an expression over `table` mentions, in order of first mention. */
export function mentionedColumns(expression: string, table: string, columns: readonly string[]): readonly string[] {
  const all = tokens(expression)
  const known = new Set(columns)
  const found = new Set<string>()
  all.forEach((token, index) => {
    if ((token.kind !== 'word' && token.kind !== 'name') || !known.has(token.text)) return
    const [before, after] = [all[index - 1]?.text, all[index + 1]]
    const isType = before === '::' || before === 'as' || (token.kind === 'word' && after?.kind === 'string')
    const isCall = after?.text === '(' && after.kind === 'symbol' && token.kind === 'word'
    const ofOther = before === '.' && all[index - 2]?.text !== table
    const qualifies = after?.text === '.' && token.text === table
    if (!isType && !isCall && !ofOther && !qualifies) found.add(token.text)
  })
  return [...found]
}
