// A schema that is asked for and that nobody knows is misspelt: without a word, everything would look in step, or empty.
import type { SchemaState } from '../engine/state.js'
import { UsageError } from '../errors.js'
import type { SchemaOptions } from './options.js'

/** @throws UsageError where `options.schemas` names one that is neither in the state that was read nor among those `desired` */
export function refuseUnknownSchemas(options: SchemaOptions, read: SchemaState, desired: readonly string[] = []): void {
  if (options.schemas === undefined || options.schemas === 'all') return
  const known = new Set(['public', ...desired])
  for (const { id, kind, object } of read.entries.values()) {
    if (id.schemaName !== undefined) known.add(id.schemaName)
    else for (const name of kind.names?.(object) ?? []) if (name.space === 'schema') known.add(name.name)
  }
  const missing = options.schemas.filter((name) => !known.has(name))
  if (missing.length === 0) return
  throw new UsageError(
    'USAGE',
    `There is no schema ${missing.map((name) => `'${name}'`).join(', ')}, neither in the database nor on the desired side.`,
    { hint: `Check the option schemas (--schemas). Known here: ${[...known].sort().join(', ')}.` },
  )
}
