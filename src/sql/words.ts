// What a text may speak of, judged by its words alone: for syntax that the grammar does not know yet.

interface Word {
  readonly schemaName?: string
  readonly name: string
}

const skipped = /'(?:[^']|'')*'|\$(\w*)\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?\*\//g
/** The name of what is meant itself: `'s'::regclass`. */
const registered = /'((?:[^']|'')+)'::(?:pg_catalog\.)?reg(?:class|type|proc|procedure)\b/g
const dotted = /(?:"(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*)(?:\s*\.\s*(?:"(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*))*/gu
const part = /"((?:[^"]|"")+)"|[^\s."]+/g

const partsOf = (name: string): readonly string[] =>
  [...name.matchAll(part)].map(([word, quoted]) => quoted?.replaceAll('""', '"') ?? word.toLowerCase())

/** Every word by itself, and with the one that a dot ties it to. */
function wordsOf(text: string): readonly Word[] {
  const names = new Map<string, Word>()
  for (const [name] of text.replace(registered, ' $1 ').replace(skipped, ' ').matchAll(dotted)) {
    const parts = partsOf(name)
    parts.forEach((word, index) => {
      const schemaName = parts[index - 1]
      const found = { name: word, ...(schemaName === undefined ? {} : { schemaName }) }
      names.set(JSON.stringify(found), found)
    })
  }
  return [...names.values()]
}

/** Every word may be a column, a function, a type or a relation. */
export function anythingIn(text: string) {
  const all = wordsOf(text)
  const columns = [...new Set(all.map(({ name }) => name))]
  return { columns, everything: false, arbiters: [], functions: all, types: all, relations: all }
}
