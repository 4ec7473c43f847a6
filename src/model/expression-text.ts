// Whether a text is one SQL expression as far as its brackets, strings and semicolons go, so that nothing of it can leave the place where it is put.
import { tokens } from '../sql/tokens.js'

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']' }

/** What is wrong, as the end of a sentence; undefined where nothing is. No grammar: the server judges the rest. */
export function expressionProblem(text: string): string | undefined {
  if (text.trim() === '') return 'is empty'
  if (text.includes('\0')) return 'contains a NUL character'
  const open: string[] = []
  for (const token of tokens(text)) {
    if (token.kind === 'symbol') {
      const opened = closing[token.text]
      if (opened) open.push(opened)
      else if (token.text === ')' || token.text === ']') {
        if (open.pop() !== token.text) return `closes a bracket '${token.text}' that it did not open`
      } else if (token.text === ';') return "contains ';', which would end the statement it is part of"
      // A quote that begins no string: it is never closed.
      else if (/^e?'$/i.test(token.text) || token.text === '"') return 'contains a quote that is never closed'
      else if (token.text === '$' && /\$([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/.test(text))
        return 'contains a dollar quote that is never closed'
    }
  }
  if (open.length > 0) return `leaves a bracket open: '${open.at(-1)}' is missing`
  // What is put behind the text must stay outside of it.
  if (tokens(`${text} x`).length === tokens(text).length) return 'ends in a comment, which would hide what follows it'
  return undefined
}
