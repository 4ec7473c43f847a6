// From a URL to a client.
import { UsageError } from '../errors.js'
import type { DatabaseClient } from './database-client.js'
import { PgClient } from './pg-client.js'
import { PgliteClient } from './pglite-client.js'
import { redact } from './redact.js'
import type { LogOptions } from './statement-log.js'

/** True for what openClient() takes. */
export const isDatabaseUrl = (text: string): boolean => /^(postgres(ql)?:\/\/|pglite:)/.test(text)

/**
 * `postgres://…`, `postgresql://…`, `pglite:<folder>` or `pglite:memory`. Connects when the first statement is sent.
 * @throws USAGE for anything else
 */
export function openClient(url: string, options: LogOptions = {}): DatabaseClient {
  if (/^postgres(ql)?:\/\//.test(url)) return new PgClient(url, options)
  const folder = /^pglite:(?:\/\/)?(.+)$/.exec(url)?.[1]
  if (folder !== undefined) return new PgliteClient({ ...options, dataDir: folder === 'memory' ? undefined : folder })
  throw new UsageError('USAGE', `'${redact(url)}' is not a database URL.`, {
    hint: 'Write postgres://user:password@host:5432/database, pglite:<folder> or pglite:memory.',
  })
}
