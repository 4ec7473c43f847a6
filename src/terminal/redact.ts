// Secrets taken out of what is shown: passwords in URLs and in connection strings, wherever they stand in a text.

const inUrl = /\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@'"]*):[^\s'"]*@/gi
const inQuery = /([?&\s](?:password|passwd|pwd|sslpassword|token|secret)=)('[^']*'|[^&\s'"]+)/gi

/**
 * The text with the passwords of its URLs replaced by `***`.
 * @example redact('postgres://app:s3cret@db/app')   // postgres://app:***@db/app
 */
export function redact(text: string): string {
  return text.replace(inUrl, '$1:***@').replace(inQuery, '$1***')
}

/** The same for every string inside a plain JSON value. */
export function redactAll(value: unknown): unknown {
  if (typeof value === 'string') return redact(value)
  if (Array.isArray(value)) return value.map(redactAll)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, redactAll(inner)]))
}
