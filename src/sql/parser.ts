// PostgreSQL's own parser, as WebAssembly. The only importer of pg-query-emscripten, loaded when a text has to be understood.
import { tokens } from './tokens.js'

export type Tree = { readonly [key: string]: TreeValue }
export type TreeValue = string | number | boolean | null | Tree | readonly TreeValue[]

export interface ParsedStatement {
  /** `{ SelectStmt: {…} }`: the node's type is its only key. */
  readonly node: Tree
  readonly type: string
  /** Where the statement stands in the text (JavaScript string indexes). */
  readonly start: number
  readonly end: number
}

export type ParseResult =
  | { readonly statements: readonly ParsedStatement[]; readonly error?: undefined }
  | { readonly error: string; readonly position: number | undefined }

export interface Parser {
  parse(text: string): ParseResult
  /** The string index of a byte offset, which is what locations in trees are. */
  index(text: string, byteOffset: number): number
}

/** The module's raw side. Its own parse() puts texts on the WebAssembly stack and never takes them off: after 64 KB of them memory is corrupt. */
interface Raw {
  allocate(bytes: Uint8Array, kind: number): number
  _free(pointer: number): void
  raw_parse(pointer: number): {
    readonly parse_tree: string
    readonly error: { readonly message: string; readonly cursorpos: number }
  }
}

interface ParseTree {
  readonly stmts?: readonly { readonly stmt?: Tree; readonly stmt_location?: number; readonly stmt_len?: number }[]
}

const onHeap = 0
/** Deeper texts overflow the parser's stack (measured: 200 sub-selects, 500 calls); they are left to the server. */
const deepest = 200

let loading: Promise<Parser> | undefined

/** Loads the parser once (about 60 ms). */
export function loadParser(): Promise<Parser> {
  loading ??= load()
  return loading
}

/** Begins to load it while there is something else to wait for. */
export function preloadParser(): void {
  loadParser().catch(() => undefined)
}

async function load(): Promise<Parser> {
  const make = (await import('pg-query-emscripten')).default as unknown as () => Promise<Raw>
  let raw: Raw | undefined = await make()
  return {
    index: indexOfByte,
    parse(text) {
      if (text.includes('\0')) return { error: 'the text contains a NUL character', position: text.indexOf('\0') }
      if (!raw || nesting(text) > deepest)
        return { error: 'the text is nested too deeply for the parser', position: undefined }
      try {
        return parseWith(raw, text)
      } catch {
        // Its memory cannot be trusted any more: a new one is made, and until then the server judges.
        raw = undefined
        void make().then((fresh) => {
          raw = fresh
        })
        return { error: 'the parser gave up on the text', position: undefined }
      }
    },
  }
}

const openers = new Set(['(', '['])
const closers = new Set([')', ']'])
const nestingWords = new Set(['select', 'case', 'not', 'join', 'union', 'intersect', 'except'])

/** How deep a tree the text may become, by brackets, operators and the words that nest; never too small. */
function nesting(text: string): number {
  if (text.length < deepest) return 0
  let most = 0
  let here = 0
  const outer: number[] = []
  for (const token of tokens(text)) {
    if (token.kind === 'symbol') {
      if (openers.has(token.text)) outer.push(++here)
      else if (closers.has(token.text)) here = (outer.pop() ?? 1) - 1
      else if (token.text === ',' || token.text === ';') here = outer.at(-1) ?? 0
      else if (token.text !== '.') here++
    } else if (token.kind === 'word' && nestingWords.has(token.text)) here++
    if (here > most) most = here
  }
  return most
}

// Only ASCII: a byte is a character.
const ascii = /^\p{ASCII}*$/u

function indexOfByte(text: string, byteOffset: number): number {
  return ascii.test(text) ? byteOffset : Buffer.from(text, 'utf8').subarray(0, byteOffset).toString('utf8').length
}

function parseWith(raw: Raw, text: string): ParseResult {
  const bytes = Buffer.from(`${text}\0`, 'utf8')
  const pointer = raw.allocate(bytes, onHeap)
  try {
    const { parse_tree: json, error } = raw.raw_parse(pointer)
    // cursorpos counts bytes from 1; 0 says nothing.
    if (error.message !== '')
      return {
        error: error.message,
        position: error.cursorpos > 0 ? indexOfByte(text, error.cursorpos - 1) : undefined,
      }
    return { statements: statementsOf(JSON.parse(json) as ParseTree, text, bytes.length - 1) }
  } finally {
    raw._free(pointer)
  }
}

const statementsOf = (tree: ParseTree, text: string, length: number): readonly ParsedStatement[] =>
  (tree.stmts ?? []).map((item) => {
    const node = item.stmt ?? {}
    const from = item.stmt_location ?? 0
    return {
      node,
      type: Object.keys(node)[0] ?? '',
      start: indexOfByte(text, from),
      end: indexOfByte(text, item.stmt_len ? from + item.stmt_len : length),
    }
  })

const isTree = (value: TreeValue | undefined): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Every node of a tree with its type, outermost first. */
export function* nodes(value: TreeValue | undefined): Generator<{ readonly type: string; readonly node: Tree }> {
  if (Array.isArray(value)) {
    for (const item of value) yield* nodes(item as TreeValue)
  } else if (isTree(value)) {
    for (const [type, node] of Object.entries(value)) {
      if (isTree(node)) yield { type, node }
      yield* nodes(node as TreeValue)
    }
  }
}

/** The strings of a list of String nodes: the parts of a name. */
export function strings(value: TreeValue | undefined): readonly string[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((item) => {
    const text = isTree(item as TreeValue) ? ((item as Tree).String as Tree | undefined)?.sval : undefined
    return typeof text === 'string' ? [text] : []
  })
}

/** `f(…) x(a, b)`, as PostgreSQL prints each function whose rows are read: its name, and how many names its columns are given. */
export function functionRead({ functions, alias, ordinality }: Tree) {
  const [name] = JSON.stringify(functions).match(/(?<="funcname":)\[[^\]]*\]/) ?? []
  const given = (alias as Tree | undefined)?.colnames
  if (name === undefined || !Array.isArray(given)) return undefined
  return { names: strings(JSON.parse(name)), placed: given.length - (ordinality ? 1 : 0) }
}
