// PostgreSQL's own parser, as WebAssembly. The only importer of pg-query-emscripten, loaded when a text has to be understood.
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

interface Raw {
  parse(text: string): {
    parse_tree: { stmts?: { stmt?: Tree; stmt_location?: number; stmt_len?: number }[] }
    error: { message: string; cursorpos: number } | null
  }
}

let loading: Promise<Parser> | undefined

/** Loads the parser once (about 60 ms). */
export function loadParser(): Promise<Parser> {
  loading ??= load()
  return loading
}

async function load(): Promise<Parser> {
  const factory = (await import('pg-query-emscripten')).default as unknown as () => Promise<Raw>
  const raw = await factory()
  return { index: indexOfByte, parse: (text) => parseWith(raw, text) }
}

// Only ASCII: a byte is a character.
const ascii = /^\p{ASCII}*$/u

function indexOfByte(text: string, byteOffset: number): number {
  return ascii.test(text) ? byteOffset : Buffer.from(text, 'utf8').subarray(0, byteOffset).toString('utf8').length
}

function parseWith(raw: Raw, text: string): ParseResult {
  const { parse_tree: tree, error } = raw.parse(text)
  // cursorpos counts bytes from 1; 0 says nothing.
  if (error)
    return { error: error.message, position: error.cursorpos > 0 ? indexOfByte(text, error.cursorpos - 1) : undefined }
  const length = Buffer.byteLength(text, 'utf8')
  return {
    statements: (tree.stmts ?? []).map((item) => {
      const node = item.stmt ?? {}
      const from = item.stmt_location ?? 0
      return {
        node,
        type: Object.keys(node)[0] ?? '',
        start: indexOfByte(text, from),
        end: indexOfByte(text, item.stmt_len ? from + item.stmt_len : length),
      }
    }),
  }
}

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
