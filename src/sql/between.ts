// BETWEEN as PostgreSQL prints it, two comparisons, written as it was: at the head of a longer list they would be read as part of that.

const token = /E'(?:[^'\\]|''|\\.)*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|[()]/gs

/** For each opening bracket the place of its closing one, for each opening quote that of the last. */
function enclosed(text: string): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>()
  const open: number[] = []
  for (const { 0: found, index } of text.matchAll(token)) {
    const start = found === ')' ? open.pop() : index
    if (found === '(') open.push(index)
    else if (start !== undefined) pairs.set(start, found === ')' ? index : index + found.length - 1)
  }
  return pairs
}

interface Comparison {
  readonly what: string
  readonly with: string
}

/** `what operator with`, between the brackets that open at `start`. */
function comparison(
  text: string,
  pairs: ReadonlyMap<number, number>,
  start: number,
  operator: string,
): Comparison | undefined {
  const end = pairs.get(start) ?? start
  const sign = ` ${operator}`
  for (let at = start + 1; at < end; at++) {
    at = pairs.get(at) ?? at
    if (!text.startsWith(sign, at)) continue
    // A CASE begins on a line of its own.
    const [, other] = /^\s+(?!ANY\b|ALL\b)(.*)$/s.exec(text.slice(at + sign.length, end)) ?? []
    return other === undefined ? undefined : { what: text.slice(start + 1, at), with: other }
  }
  return undefined
}

const forms = [
  { word: ' AND ', operators: ['>=', '<='], form: 'BETWEEN' },
  { word: ' OR ', operators: ['<', '>'], form: 'NOT BETWEEN' },
] as const

/**
 * The text with BETWEEN where it stands at the head of a list of its own kind: PostgreSQL keeps `a between 1 and 9 and b` as a list in a
 * list, prints `(((a >= 1) AND (a <= 9)) AND b)`, and reads that as one list of three.
 */
export function withBetween(text: string): string {
  if (!text.includes(')) AND ') && !text.includes(')) OR ')) return text
  const pairs = enclosed(text)
  let [written, done] = ['', 0]
  for (const start of [...pairs.keys()].sort((a, b) => a - b)) {
    if (start < done || !text.startsWith('((', start) || (start > 0 && text[start - 1] !== '(')) continue
    const end = pairs.get(start)!
    const middle = pairs.get(start + 1)! + 1
    for (const { word, operators, form } of forms) {
      const second = middle + word.length
      if (!text.startsWith(word, end + 1) || !text.startsWith(word, middle) || pairs.get(second) !== end - 1) continue
      const [low, high] = [
        comparison(text, pairs, start + 1, operators[0]),
        comparison(text, pairs, second, operators[1]),
      ]
      if (!low || !high || low.what !== high.what) continue
      const [what, from, to] = [low.what, low.with, high.with].map(withBetween)
      written += `${text.slice(done, start)}((${what}) ${form} (${from}) AND (${to}))`
      done = end + 1
    }
  }
  return written + text.slice(done)
}
