// The factory of domains: a column type of the model's own.

import type { CollationReference } from '../../model/column-types.js'
import { ColumnType } from '../../model/column-types.js'
import type { Given } from '../../model/draft.js'
import { checkConstraintName } from '../../model/naming.js'
import { sourceOf } from '../../model/source-line.js'
import { isSql, type Sql } from '../../sql/sql.js'
import { defaultExpression } from '../default-literal.js'
import { collationNameOf, ownCollation, typeNameOf } from '../type-references.js'
import type { Domain, DomainCheck } from './domain.js'

export interface DomainCheckOptions {
  /** A condition on VALUE. */
  readonly expression: Sql
  /** It is not looked at whether values that are there fit. Default false. */
  readonly notValid?: boolean
  readonly comment?: string | null
}

export interface DomainOptions<T = unknown> {
  /** Default: the context's default schema. */
  readonly schema?: string
  /** A value of the base type, or SQL. Default: none. */
  readonly default?: Given<T> | Sql
  /** Default false: NULL is a value of the domain. */
  readonly notNull?: boolean
  /** A condition on VALUE, named `<domain>_check`; or several by their names. */
  readonly check?: Sql | Readonly<Record<string, Sql | DomainCheckOptions>>
  readonly collation?: CollationReference
  readonly comment?: string | null
  /** The name it had; may stay for ever. */
  readonly renamedFrom?: string
}

/** T as the type says it, not as a default would have it. */
type Fixed<T> = [T][T extends unknown ? 0 : never]

function checksOf(name: string, check: DomainOptions['check']): readonly DomainCheck[] {
  const named = check === undefined ? {} : isSql(check) ? { [checkConstraintName(name, undefined)]: check } : check
  return Object.entries(named)
    .map(([checkName, said]): DomainCheck => {
      const options = isSql(said) ? { expression: said } : said
      return {
        name: checkName,
        expression: options.expression.text.trim(),
        notValid: options.notValid ?? false,
        comment: options.comment ?? null,
      }
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/**
 * A domain: a type with a default, NOT NULL and checks of its own. It is made with the first column that uses it, or by `model.has(…)`.
 * @example
 * const email = domain('email', text(), { check: sql`value ~ '@'` })
 * class User { @Column(email) email!: string }
 * // create domain "public"."email" as text constraint "email_check" check (value ~ '@')
 */
export function domain<T>(name: string, type: ColumnType<T>, options: DomainOptions<Fixed<T>> = {}): ColumnType<T> {
  const source = sourceOf(domain)
  const { schema, comment, renamedFrom } = options
  return new ColumnType<T>(name, {
    own: {
      kind: 'domain',
      name,
      ...(schema === undefined ? {} : { schema }),
      source,
      types: [name],
      of: [type, ownCollation(options.collation)],
      declare: (defaultSchema) => {
        const base = typeNameOf(type, defaultSchema)
        const value = options.default
        const object: Domain & { readonly source: typeof source } = {
          schemaName: schema ?? defaultSchema,
          name,
          type: base,
          collation: collationNameOf(options.collation, defaultSchema),
          default:
            value === undefined || value === null
              ? null
              : { expression: isSql(value) ? value.text.trim() : defaultExpression(value, base) },
          notNull: options.notNull ?? false,
          checks: checksOf(name, options.check),
          ...(renamedFrom === undefined ? {} : { renamedFrom }),
          source,
        }
        return { kind: 'domain', object, ...(comment === undefined ? {} : { comment }) }
      },
    },
  })
}
