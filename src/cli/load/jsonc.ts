// JSON with comments and trailing commas, as tsconfig files are written.

const token = /"(?:[^"\\]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\/|,(?=(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*[\]}])/g

/** The value of a JSON text that may hold comments, trailing commas and a byte order mark. */
export function parseJsonc(text: string): unknown {
  return JSON.parse(text.replace(/^\uFEFF/, '').replace(token, (found) => (found.startsWith('"') ? found : '')))
}
