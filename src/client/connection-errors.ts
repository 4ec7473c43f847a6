// Failures of a connection in words: why it could not be made, how it was lost, and what to do about it.
import { IntrospectionError } from '../errors.js'

interface Fields {
  readonly code?: string
  readonly message?: string
  readonly severity?: string
  readonly errors?: readonly Fields[]
}

interface Words {
  readonly what: string
  readonly hint: string
}

const certificate: Words = {
  what: "the server's certificate is not trusted",
  hint: 'Pass the authority with ssl: { ca }, or for a test server ssl: { rejectUnauthorized: false }.',
}
const unknownHost: Words = {
  what: 'the host name is unknown',
  hint: 'Check the host in the URL, and the network of this machine.',
}
const timeout: Words = {
  what: 'no connection was made in time',
  hint: 'Check host, port and firewall; a pool whose connections are all busy ends like this too (option max).',
}
const credentials: Words = {
  what: 'the user or the password is wrong, or pg_hba.conf does not let them in',
  hint: 'Check user and password in the URL (special characters are percent-encoded there), PGUSER and PGPASSWORD.',
}

const byCode: Readonly<Record<string, Words>> = {
  ECONNREFUSED: {
    what: 'nothing listens there (connection refused)',
    hint: 'Start the server, or check host and port.',
  },
  ENOENT: { what: 'there is no such socket', hint: 'Start the server, or check the socket directory in `host`.' },
  ENOTFOUND: unknownHost,
  EAI_AGAIN: unknownHost,
  ETIMEDOUT: timeout,
  EHOSTUNREACH: { what: 'the host cannot be reached', hint: 'Check the host and the network of this machine.' },
  ENETUNREACH: { what: 'the network cannot be reached', hint: 'Check the network of this machine.' },
  ECONNRESET: {
    what: 'the other side closed the connection',
    hint: 'Check that a PostgreSQL server listens on that port, and whether it wants ssl.',
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: certificate,
  SELF_SIGNED_CERT_IN_CHAIN: certificate,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: certificate,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: certificate,
  CERT_HAS_EXPIRED: { what: "the server's certificate has expired", hint: 'Renew the certificate.' },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    what: "the server's certificate is for another host name",
    hint: 'Connect with the name in the certificate, or pass ssl: { servername }.',
  },
  '28P01': credentials,
  '28000': credentials,
  '3D000': {
    what: 'the database does not exist',
    hint: 'Create it (createdb), or check the database name in the URL.',
  },
  '42501': { what: 'the role may not connect to the database', hint: 'GRANT CONNECT ON DATABASE … TO the role.' },
  '53300': { what: 'the server has no connection left', hint: 'Close other connections, or raise max_connections.' },
  '57P03': { what: 'the server is starting up or shutting down', hint: 'Wait a moment and run again.' },
}

const byMessage: readonly (readonly [RegExp, Words])[] = [
  [
    /does not support SSL/i,
    {
      what: 'the server does not speak ssl',
      hint: 'Remove ssl, or sslmode from the URL, or turn ssl on at the server.',
    },
  ],
  [
    /password must be a (?:non-empty )?string|no password/i,
    {
      what: 'the server asks for a password and none was given',
      hint: 'Put the password into the URL or into PGPASSWORD.',
    },
  ],
  [/timeout/i, timeout],
  [/terminated unexpectedly|ended unexpectedly/i, byCode.ECONNRESET!],
]

const fieldsOf = (error: unknown): Fields => {
  const fields = (error ?? {}) as Fields
  return fields.errors?.[0] && !fields.message ? fields.errors[0] : fields
}

/** Why no connection could be made, with a hint. `where` is the client's description, without secrets. */
export function connectionFailed(cause: unknown, where: string): IntrospectionError {
  const { code, message = String(cause) } = fieldsOf(cause)
  const words = byCode[code ?? ''] ?? byMessage.find(([pattern]) => pattern.test(message))?.[1]
  const text = words ? `${words.what}. (${message})` : message
  return new IntrospectionError('CONNECTION_FAILED', `Cannot connect to ${where}: ${text}`, {
    cause,
    hint: words?.hint ?? 'Check the URL, and that the server runs and lets this machine in.',
    ...(code === undefined ? {} : { details: { reason: code } }),
  })
}

const fatalStates = new Set(['57P01', '57P02', '57P03', '57P05', '25P03', '25P04'])
const brokenSockets = new Set([
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENETDOWN',
  'ENETRESET',
  'ENETUNREACH',
  'EHOSTUNREACH',
])
const brokenMessages =
  /^Connection terminated|^Client has encountered a connection error|^Client was closed|^Query read timeout/

/** True where the error means that the connection is gone, not that a statement failed. */
export function meansLost(error: unknown): boolean {
  const { code = '', severity = '', message = '' } = fieldsOf(error)
  if (severity === 'FATAL' || severity === 'PANIC') return true
  return (
    fatalStates.has(code) || /^08[0-9A-Z]{3}$/.test(code) || brokenSockets.has(code) || brokenMessages.test(message)
  )
}

export function connectionLost(cause: unknown, where: string): IntrospectionError {
  const { code, message = String(cause) } = fieldsOf(cause)
  return new IntrospectionError('CONNECTION_LOST', `The connection to ${where} was lost: ${message}`, {
    cause,
    hint: 'What was not committed was rolled back by the server. See why it ended the session, then run again.',
    ...(code === undefined ? {} : { details: { reason: code } }),
  })
}
