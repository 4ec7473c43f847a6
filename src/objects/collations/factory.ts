// The factory of collations.
import { OwnCollation } from '../../model/column-types.js'
import { sourceOf } from '../../model/source-line.js'
import type { Collation } from './kind.js'

export interface CollationOptions {
  /** Who sorts: ICU (default), the C library, or from PostgreSQL 17 on PostgreSQL itself. */
  readonly provider?: 'icu' | 'libc' | 'builtin'
  /** Of ICU a language tag, `de-DE` or `en-u-kn`; of the C library what `lcCollate` and `lcCtype` both are. */
  readonly locale?: string
  readonly lcCollate?: string
  readonly lcCtype?: string
  /** false: texts that differ in their bytes may be equal, which case-insensitive columns need. Default true. */
  readonly deterministic?: boolean
  /** Rules besides those of the ICU locale; PostgreSQL 16 and later. */
  readonly rules?: string
  /** Default: the context's default schema. */
  readonly schema?: string
  readonly comment?: string | null
  readonly renamedFrom?: string
}

/**
 * A collation. It is made with the first column, domain or type that uses it, or by `model.has(…)`.
 * @example
 * const german = collation('german', { locale: 'de-DE' })
 * class Word { @Column(text(), { collation: german }) word!: string }
 * // create collation "public"."german" (provider = icu, locale = 'de-DE')
 */
export function collation(name: string, options: CollationOptions): OwnCollation {
  const source = sourceOf(collation)
  const { schema, comment, renamedFrom, provider = 'icu' } = options
  return new OwnCollation({
    kind: 'collation',
    name,
    ...(schema === undefined ? {} : { schema }),
    source,
    types: [],
    of: [],
    declare: (defaultSchema) => {
      const library = provider === 'libc'
      const object: Collation & { readonly source: typeof source } = {
        schemaName: schema ?? defaultSchema,
        name,
        provider,
        locale: library ? null : (options.locale ?? null),
        lcCollate: library ? (options.lcCollate ?? options.locale ?? null) : null,
        lcCtype: library ? (options.lcCtype ?? options.locale ?? null) : null,
        deterministic: options.deterministic ?? true,
        rules: options.rules ?? null,
        ...(renamedFrom === undefined ? {} : { renamedFrom }),
        source,
      }
      return { kind: 'collation', object, ...(comment === undefined ? {} : { comment }) }
    },
  })
}
