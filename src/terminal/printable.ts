// Text from outside (names, comments, SQL, server messages) made harmless: no control character, escape sequence or bidirectional trick reaches a terminal.

const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu
const unsafeInLines = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0
  return named[character] ?? (code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`)
}

/** One line: every control, format and line-separating character is shown as an escape. */
export function printable(text: string): string {
  return text.replace(unsafe, escaped)
}

/** Several lines: line breaks and tabs stay, everything else is escaped. */
export function printableLines(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(unsafeInLines, escaped)
}
