// Indexes of relations that are no entity's table: what factories take, as the model keeps indexes.
import { isSql, type Sql } from '../sql/sql.js'
import { declaredQuery } from './declared-text.js'
import { expressionName } from './expression-name.js'
import type { IndexConfig, IndexKeyConfig, SourceOf } from './model-config.js'
import { indexName, untaken } from './naming.js'

/** One key: a column's name, or an expression over columns. */
export interface FurtherIndexKey {
  readonly column?: string
  readonly expression?: Sql
  readonly order?: 'asc' | 'desc'
  readonly nulls?: 'first' | 'last'
  readonly opclass?: string
  readonly collation?: string
}

export interface FurtherIndex {
  /** Column names, expressions, or keys with their options. */
  readonly columns: readonly (string | Sql | FurtherIndexKey)[]
  /** Default: the one that PostgreSQL would choose. */
  readonly name?: string
  readonly unique?: boolean
  readonly where?: Sql
  /** Access method. Default `btree`. */
  readonly method?: string
  readonly include?: readonly string[]
  readonly comment?: string | null
  readonly renamedFrom?: string
}

/** The indexes of one relation, under the same name where PostgreSQL would number them. */
export function furtherIndexes(
  relation: string,
  indexes: readonly FurtherIndex[],
  source: SourceOf,
): readonly IndexConfig[] {
  const taken = new Set(indexes.flatMap(({ name }) => name ?? []))
  return indexes.map(({ columns, name, unique, where, method, include = [], comment, renamedFrom }) => {
    const keys = columns.map((key) => keyOf(key, `an index key of '${relation}'`))
    const parts = [...keys.map((key) => key.column ?? expressionName(key.expression ?? '')), ...include]
    const own =
      name ??
      untaken(
        (suffix) => indexName(relation, parts, suffix),
        (one) => taken.has(one),
      )
    taken.add(own)
    return {
      name: own,
      keys,
      unique: unique === true,
      method: (method ?? 'btree').toLowerCase(),
      ...(where === undefined ? {} : { where: declaredQuery(where, `where of an index of '${relation}'`) }),
      include: [...include],
      ...(comment === undefined ? {} : { comment }),
      ...(renamedFrom === undefined ? {} : { renamedFrom }),
      source,
    }
  })
}

function keyOf(key: string | Sql | FurtherIndexKey, what: string): IndexKeyConfig {
  if (typeof key === 'string') return { column: key }
  if (isSql(key)) return { expression: declaredQuery(key, what) }
  const { expression, ...rest } = key as FurtherIndexKey
  return { ...rest, ...(expression === undefined ? {} : { expression: declaredQuery(expression, what) }) }
}
