// Takes secrets out of SQL text and of URLs before anybody reads them in a log.

const hidden = '***'
/** Also inside another literal, where quotes are doubled; hiding too much is better than too little. */
const quoted = String.raw`''[^']+''|(?:[eE]|[uU]&)?'(?:[^']|'')*'|\$(\w*)\$[\s\S]*?\$\1\$`

/** `ALTER ROLE … PASSWORD '…'`, `OPTIONS (password '…')`. */
const passwordLiteral = new RegExp(String.raw`\b(password)(\s+)(?:${quoted})`, 'gi')
/** `CREATE SUBSCRIPTION … CONNECTION '…'`. */
const connectionLiteral = new RegExp(String.raw`\b(connection)(\s+)(?:${quoted})`, 'gi')
/** `password=…` of a connection string or of a URL's query; a value may be in quotes, which SQL doubles. */
const passwordPair = /\b((?:ssl)?password\s*=\s*)(?:''(?:[^'\\]|\\.)*''|'(?:[^'\\]|\\.)*'|[^\s'"&;)]+)/gi
const urlPassword = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@'"]*:)[^\s/'"]*@/gi

/**
 * The same text with every password replaced by `***`.
 * @example redact("alter role app password 'x'")   // alter role app password '***'
 */
export function redact(text: string): string {
  return text
    .replace(connectionLiteral, `$1$2'${hidden}'`)
    .replace(passwordLiteral, `$1$2'${hidden}'`)
    .replace(urlPassword, `$1${hidden}@`)
    .replace(passwordPair, `$1${hidden}`)
}
